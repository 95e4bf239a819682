"""How many columns a table, or every table, has."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.subjects import find_table
from apex.catalog_questions.wording import counted, sheet, spoken
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """A number for one table, a list for all."""
    whole = question.reading.marks & {"database", "all", "per"} and not question.reading.names
    if whole:
        return _of_all(question)
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    table = subject.table
    return told(
        f"{spoken(table, question.catalog)} has {counted(len(table.columns), 'column')}.",
        sheet(("column_count",), [[len(table.columns)]], numbers=["column_count"]),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="the columns are in the stored catalog",
    )


def _of_all(question: CatalogQuestion) -> Compiled:
    catalog = question.catalog
    total = sum(len(table.columns) for table in catalog.tables)
    rows = [[spoken(table, catalog), len(table.columns)] for table in catalog.tables]
    rows.sort(key=lambda row: (-int(row[1]), str(row[0])))
    return told(
        f"The {counted(len(catalog.tables), 'table')} of this database have {counted(total, 'column')} in all.",
        sheet(("table", "column_count"), rows, numbers=["column_count"]),
        reason="the columns are in the stored catalog",
        follow_ups=["Which tables are there?"],
    )


FORM = Form(
    name="count_columns",
    needs=(marks("how many"), marks("column")),
    allows=marks("table", "view", "have", "all", "per", "its", "database", "schema", "row"),
    names=(0, 1),
    tell=tell,
)
