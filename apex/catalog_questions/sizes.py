"""How big tables are: the engine's estimates, said to be estimates, or exact counts where it has none."""

from apex.catalog_questions import count_all_rows, count_rows
from apex.catalog_questions.form import NUMBER, CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.selection import selected_tables
from apex.catalog_questions.subjects import find_table
from apex.catalog_questions.wording import listed, sheet, spoken
from apex.questions.reading import Reading
from core.catalog import Catalog, Table
from core.values import Compiled, Result

NAMED = 5
_SUPERLATIVES = (
    "largest",
    "biggest",
    "smallest",
    "bigger",
    "larger",
    "heaviest",
    "most",
    "fewest",
    "longest",
    "highest",
)
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def tell(question: CatalogQuestion) -> Compiled | None:
    """The size of the table that is named, or all tables by size."""
    if question.reading.names or ("its" in question.reading.marks and "table" not in question.reading.marks):
        return _of_one(question)
    tables = selected_tables(question, views=False)
    if isinstance(tables, Compiled) or tables is None:
        return tables
    if not tables or any(table.row_estimate is None for table in tables):
        return count_all_rows.tell(question)
    return _ranked(question, tables)


def _of_one(question: CatalogQuestion) -> Compiled | None:
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    table = subject.table
    if table.row_estimate is None:
        return count_rows.tell(question)
    return told(
        f"{_sized(table, question.catalog)}, as the database estimates.",
        _sizes([table]),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="the engine's statistics",
    )


def _ranked(question: CatalogQuestion, tables: list[Table]) -> Compiled:
    smallest = "smallest" in question.reading.marks
    by_bytes = all(table.bytes is not None for table in tables) and not question.reading.holds(
        "row", "rows", "records", "entries", "row count"
    )
    ranked = sorted(
        tables, key=lambda table: (table.bytes if by_bytes else table.row_estimate) or 0, reverse=not smallest
    )
    number = question.reading.number
    ranked = ranked[:number] if number else ranked
    named = listed([_sized(table, question.catalog) for table in ranked[:NAMED]])
    return told(
        f"The {'smallest' if smallest else 'largest'} tables, as the database estimates: {named}.",
        _sizes(ranked),
        tables=ranked[:NAMED],
        follow_ups=["How many rows does each table have?", *about(ranked[0], question.catalog)[:1]],
        reason="the engine's statistics",
    )


def _sizes(tables: list[Table]) -> Result:
    return sheet(
        ("schema", "table", "estimated_rows", "bytes"),
        ([table.schema, table.name, table.row_estimate, table.bytes] for table in tables),
        numbers=["estimated_rows", "bytes"],
    )


def _sized(table: Table, catalog: Catalog) -> str:
    size = f" and {_human(table.bytes)}" if table.bytes is not None else ""
    return f"{spoken(table, catalog)} has about {table.row_estimate or 0:,} rows{size}"


def _human(size: float) -> str:
    unit = 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:,.0f} {_UNITS[unit]}" if unit == 0 else f"{size:,.1f} {_UNITS[unit]}"


def _speaks_of_tables(reading: Reading) -> bool:
    """`The smallest city` asks for rows: superlatives need tables to choose from, and other sizes a name."""
    if reading.names:
        return not reading.holds(*_SUPERLATIVES)
    return bool(reading.marks & {"table", "database", "schema", "its"}) or reading.holds("table")


FORM = Form(
    name="sizes",
    needs=(marks("size", "smallest"),),
    allows=marks(
        "table",
        "database",
        "row",
        "row count",
        "how many",
        "all",
        "have",
        "schema",
        "its",
        "first",
        "per",
        "size",
        NUMBER,
    ),
    names=(0, 1),
    shape=_speaks_of_tables,
    tell=tell,
)
