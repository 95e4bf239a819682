"""The tables of a database, of one schema, or about something: `which tables are there?`"""

from collections.abc import Sequence

from apex.catalog_questions.form import NUMBER, CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, impossible, told
from apex.catalog_questions.selection import described, selected_tables
from apex.catalog_questions.wording import counted, listed_as, sheet, spoken
from apex.questions.reading import Reading
from core.catalog import Table
from core.values import Compiled, Result


def tell(question: CatalogQuestion) -> Compiled | None:
    """Every table with its kind, columns, estimated rows and comment."""
    tables = selected_tables(question)
    if isinstance(tables, Compiled) or tables is None:
        return tables
    if not tables:
        return impossible(f"This database has no tables{described(question)} that this login may read.", reason="empty")
    catalog = question.catalog
    views = sum(1 for table in tables if "view" in table.kind)
    split = f" ({counted(len(tables) - views, 'table')}, {counted(views, 'view')})" if views else ""
    noun = "table or view" if views else "table"
    total = counted(len(tables), noun) if len(tables) == 1 or not views else f"{len(tables):,} tables and views"
    names = listed_as(tables, lambda table: spoken(table, catalog), most=20)
    return told(
        f"There {'is' if len(tables) == 1 else 'are'} {total}{described(question)}{split}: {names}.",
        tables_sheet(tables),
        follow_ups=about(tables[0], catalog),
        reason="the tables are in the stored catalog",
    )


def tables_sheet(tables: Sequence[Table]) -> Result:
    """What the catalog knows of each table."""
    return sheet(
        ("schema", "table", "kind", "columns", "estimated_rows", "comment"),
        (
            [table.schema, table.name, table.kind, len(table.columns), table.row_estimate, table.comment]
            for table in tables
        ),
        numbers=["columns", "estimated_rows"],
    )


def _names_tables(reading: Reading) -> bool:
    """`All cities in the database` asks for cities, not for tables."""
    return not reading.names or "table" in reading.marks


FORM = Form(
    name="list_tables",
    needs=(marks("table", "database"),),
    allows=marks(
        "schema", "database", "all", "have", "topic", "like", "describe", "table", "view", "row", "where", "its",
        "meaning",
        "sample", NUMBER,
    ),
    names=(0, 1),
    shape=_names_tables,
    tell=tell,
)  # fmt: skip
