"""The few statements that answer catalog questions, in every dialect."""

from collections.abc import Sequence

from core.catalog import Column, Table
from sql.names import qualified, quote

COUNTED_TABLES = 100
"""How many tables one statement counts."""


def count_rows(table: Table, dialect: str) -> str:
    """The exact number of rows."""
    return f"SELECT COUNT(*) AS row_count FROM {qualified(table.full_name, dialect)}"


def count_each(tables: Sequence[Table], dialect: str) -> str:
    """The exact number of rows of each table, largest first."""
    counts = [
        f"SELECT {text(str(table.full_name), dialect)} AS table_name, COUNT(*) AS row_count "
        f"FROM {qualified(table.full_name, dialect)}"
        for table in tables
    ]
    every = " UNION ALL ".join(counts)
    return f"SELECT table_name, row_count FROM ({every}) AS counted ORDER BY row_count DESC, table_name"


def empty_among(tables: Sequence[Table], dialect: str) -> str:
    """The tables without a row; of each table one row at most is read."""
    looks = [
        f"SELECT {text(str(table.full_name), dialect)} AS table_name, COUNT(*) AS row_count "
        f"FROM (SELECT 1 AS one FROM {qualified(table.full_name, dialect)} LIMIT 1) AS seen"
        for table in tables
    ]
    every = " UNION ALL ".join(looks)
    return f"SELECT table_name FROM ({every}) AS looked WHERE row_count = 0 ORDER BY table_name"


def sample_rows(table: Table, dialect: str, *, limit: int | None) -> str:
    """Some rows, in the order in which the database hands them out."""
    rows = f"SELECT * FROM {qualified(table.full_name, dialect)}"
    return rows if limit is None else f"{rows} LIMIT {limit}"


def distinct_values(table: Table, column: Column, dialect: str) -> str:
    """Every value of a column once, in order."""
    name = quote(column.name, dialect)
    return f"SELECT DISTINCT {name} FROM {qualified(table.full_name, dialect)} ORDER BY {name}"


def text(value: str, dialect: str) -> str:
    """A string literal."""
    from sqlglot import exp

    return exp.Literal.string(value).sql(dialect=dialect)
