"""How many tables, views or schemas there are."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import told
from apex.catalog_questions.selection import described, selected_tables
from apex.catalog_questions.wording import counted, sheet
from apex.questions.reading import Reading
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """One number, views told apart."""
    if "schema" in question.reading.marks and not question.reading.marks & {"table", "view"}:
        return _one(len({table.schema for table in question.catalog.tables}), "schema", "")
    tables = selected_tables(question)
    if isinstance(tables, Compiled) or tables is None:
        return tables
    views = sum(1 for table in tables if "view" in table.kind)
    if "table" not in question.reading.marks:
        return _one(views, "view", described(question))
    return _one(
        len(tables) - views, "table", described(question), more=f" (and {counted(views, 'view')})" if views else ""
    )


def _one(number: int, noun: str, where: str, *, more: str = "") -> Compiled:
    verb = "is" if number == 1 else "are"
    return told(
        f"There {verb} {counted(number, noun)}{where or ' in this database'}{more}.",
        sheet((f"{noun}_count",), [[number]], numbers=[f"{noun}_count"]),
        follow_ups=["Which tables are there?", "How many rows does each table have?"],
        reason="counted in the stored catalog",
    )


def _counts_tables(reading: Reading) -> bool:
    """`How many orders are in the table` counts orders."""
    names = [place for place, piece in enumerate(reading.pieces) if piece.is_name]
    return not names or names[0] > reading.place("table", "view", "schema")


FORM = Form(
    name="count_tables",
    needs=(marks("how many"), marks("table", "view", "schema")),
    allows=marks("schema", "database", "all", "have", "topic", "like"),
    names=(0, 1),
    shape=_counts_tables,
    tell=tell,
)
