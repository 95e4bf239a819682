"""The statements that measure a table: few, set-based, and the same for every engine but for how it samples."""

from collections.abc import Sequence
from math import isqrt

from core.catalog import Table
from sql.names import qualified, quote

CHARACTERS = 300
"""Of a value that leaves the database."""
QUANTILES = (5, 25, 50, 75, 95)

_TEXT = {"mysql": "CAST({} AS CHAR)", "clickhouse": "toString({})", "sqlite": "CAST({} AS TEXT)"}
_RANDOM = {"mysql": "RAND(7)", "clickhouse": "randCanonical()"}
_BEGINNING = {"clickhouse": "substringUTF8({}, 1, {})"}


def text(expression: str, dialect: str) -> str:
    """The expression as text."""
    return _TEXT.get(dialect, "CAST({} AS VARCHAR)").format(expression)


def whole(table: Table, dialect: str) -> str:
    """What stands after FROM to read all of a table."""
    return qualified(table.full_name, dialect)


def sample(table: Table, columns: Sequence[str], dialect: str, *, rows: int, wanted: int) -> str:
    """What stands after FROM to read about `wanted` of a table's `rows`, spread over all of it."""
    choice = _choice(table, dialect, min(1.0, wanted / rows))
    # Chance may yield some more; a limit of just as many would leave out the end of the table.
    return _derived(table, columns, choice, dialect, wanted=wanted + wanted // 5)


def _derived(table: Table, columns: Sequence[str], choice: str, dialect: str, *, wanted: int) -> str:
    names = ", ".join(quote(column, dialect) for column in columns) or "1 AS one"
    return f"(SELECT {names} FROM {qualified(table.full_name, dialect)}{choice} LIMIT {wanted}) AS sampled"


def _choice(table: Table, dialect: str, share: float) -> str:
    stored = table.kind in ("table", "materialized view")
    every = _prime(int(1 / share))
    if dialect == "postgres" and stored:
        # Blocks of a large table, where single rows would mean to read all of it; the seed makes it repeatable.
        method = "SYSTEM" if share < 0.02 else "BERNOULLI"
        return f" TABLESAMPLE {method} ({min(100.0, share * 100):.6f}) REPEATABLE (7)"
    if dialect == "sqlite":
        # The row number costs nothing, but views and tables without one have none.
        return f" WHERE rowid % {every} = 0" if stored else ""
    counted = _counting_key(table)
    if counted and dialect in ("mysql", "duckdb"):
        return f" WHERE {quote(counted, dialect)} % {every} = 0"
    return f" WHERE {_RANDOM.get(dialect, 'random()')} < {share:.8f}"


def _prime(most: int) -> int:
    """The largest prime up to a number, so that what repeats in step with the keys is sampled evenly."""
    return next((n for n in range(most, 1, -1) if all(n % factor for factor in range(2, isqrt(n) + 1))), 1)


def _counting_key(table: Table) -> str | None:
    """The column that alone is the key and counts the rows, such as `id INTEGER`."""
    column = table.column(table.primary_key[0]) if len(table.primary_key) == 1 else None
    return column.name if column and "int" in column.type.lower() else None


def aggregates(expressions: Sequence[str], source: str) -> str:
    """One row of aggregates."""
    return f"SELECT {', '.join(expressions)} FROM {source}"


def frequencies(columns: Sequence[tuple[int, str, str]], dialect: str, *, most: int, sampled: bool) -> str:
    """For each column (number, expression, source): its most frequent values.

    Columns: number, value as text, its count, how many different values there are, and (of a sample) how many of them
    occur once, and how many rows have one.
    """
    single = "SUM(CASE WHEN a_count = 1 THEN 1 ELSE 0 END) OVER ()" if sampled else "0"
    present = "SUM(a_count) OVER ()" if sampled else "0"
    # The aliases are long because ClickHouse would take a column of the same name for the alias.
    shown = _BEGINNING.get(dialect, "SUBSTR({}, 1, {})").format(text("a_value", dialect), CHARACTERS)
    return " UNION ALL ".join(
        f"SELECT {number} AS a_column, {shown} AS a_text, a_count, a_different, a_single, a_present FROM ("
        f"SELECT a_value, a_count, COUNT(*) OVER () AS a_different, {single} AS a_single, {present} AS a_present"
        " FROM ("
        f"SELECT {expression} AS a_value, COUNT(*) AS a_count FROM {source}"
        f" WHERE {expression} IS NOT NULL GROUP BY {expression}"
        f") AS grouped_{number} ORDER BY a_count DESC, a_value LIMIT {most}) AS frequent_{number}"
        for number, expression, source in columns
    )


def different(expression: str, table: Table, dialect: str, *, most: int, longest: int) -> str:
    """The different values of a column, one per row, without the long ones."""
    value = text(expression, dialect)
    length = f"CHAR_LENGTH({value})" if dialect in ("mysql", "clickhouse") else f"LENGTH({value})"
    source = whole(table, dialect)
    return f"SELECT DISTINCT {value} AS a_value FROM {source} WHERE {length} BETWEEN 1 AND {longest} LIMIT {most}"


def quantiles(columns: Sequence[tuple[int, str, str, int]]) -> str:
    """For each column (number, expression, source, how many values) the values at its quantiles."""
    return " UNION ALL ".join(
        f"SELECT {number} AS a_column, a_rank, a_value * 1e0 AS a_number FROM ("
        f"SELECT {expression} AS a_value, ROW_NUMBER() OVER (ORDER BY {expression}) AS a_rank"
        f" FROM {source} WHERE {expression} IS NOT NULL) AS ranked_{number}"
        f" WHERE a_rank IN ({', '.join(str(rank_at(each, total)) for each in QUANTILES)})"
        for number, expression, source, total in columns
    )


def rank_at(quantile: int, total: int) -> int:
    """The place, from 1, of a quantile among so many sorted values."""
    return 1 + quantile * (total - 1) // 100
