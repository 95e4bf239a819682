"""Puts a result into words. Every number in them is a cell or a count of rows, written with thousands separators."""

import re
from collections.abc import Sequence

from core.values import Cell, Result, ResultColumn

NO_MODEL = (
    "This question needs a model to write the SQL, and none is configured: set DATACHAT_MODEL (for example "
    "openai:gpt-4o) and OPENAI_API_KEY, or OPENAI_BASE_URL for any OpenAI-compatible server. Without one, questions "
    "about the catalog (such as row counts), about metrics, and those of which every word is understood are answered."
)

LISTED_ROWS = 10
WIDEST = 4
"""Rows with more columns are not put into words."""
LONGEST_CELL = 60
LONGEST_FILTER = 200

_NUMERIC = frozenset({"integer", "decimal", "float"})
_NUMBER = re.compile(r"(-?)(\d+)(\.\d+)?\Z")
_LABELS = frozenset({"id", "year", "code", "zip", "postcode", "phone", "key", "uuid", "isbn", "ean", "iban"})
"""Numbers in columns called so are names, not quantities, so they are not grouped."""


def words_of_result(result: Result, *, row_count: int, sql: str = "", dialect: str = "") -> str:
    """One or two sentences about a result; `row_count` counts the whole, of which `result` may be a preview."""
    if row_count == 0:
        return words_of_nothing(sql, dialect)
    if row_count == 1 and len(result.columns) == 1:
        return _single(result.columns[0], result.rows[0][0])
    if row_count == 1:
        return f"One row: {_row(result.columns, result.rows[0])}."
    return f"{_rows_found(row_count, truncated=result.truncated)}{_some_rows(result, row_count)}"


def with_assumptions(words: str, assumptions: Sequence[str]) -> str:
    """The words, with what was assumed said behind them."""
    return " ".join([words, *(f"Assumed: {each}" for each in assumptions)])


def with_limits(words: str, *, filtered: Sequence[str], masked: Sequence[str]) -> str:
    """The words, with what a policy kept out of sight: of which tables and columns, never how much or what."""
    told = [words]
    if filtered:
        told.append(f"A policy limits which rows of {_joined(_last(filtered, 1))} you see.")
    if masked:
        told.append(f"A policy masks {_joined(_last(masked, 2))} for you, in conditions too.")
    return " ".join(told)


def _last(names: Sequence[str], parts: int) -> list[str]:
    """The names without their schemas."""
    return [".".join(name.split(".")[-parts:]) for name in names]


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def follow_ups_about(tables: Sequence[str]) -> list[str]:
    """Next questions about the tables that an answer rests on, all answerable without a model."""
    if not tables:
        return []
    first, *others = tables
    second = f"How are {first} and {others[0]} related?" if others else f"How many rows does {first} have?"
    return [f"What are the columns of {first}?", second, f"Show me 5 rows of {first}"]


def words_of_nothing(sql: str, dialect: str) -> str:
    """An empty result, and which conditions made it empty: no match is not the same as no data."""
    conditions = conditions_of(sql, dialect)
    if not conditions:
        return "There are no rows."
    shown = " and ".join(conditions)
    cut = f"{shown[:LONGEST_FILTER]}…" if len(shown) > LONGEST_FILTER else shown
    return f"No rows match the condition {cut}. The tables may hold other rows, which this condition leaves out."


def conditions_of(sql: str, dialect: str) -> list[str]:
    """The WHERE and HAVING conditions of a statement, in its own words."""
    from sqlglot import exp, parse_one

    tree = parse_one(sql, dialect=dialect or None) if sql else exp.Select()
    return [node.this.sql(dialect=dialect or None) for node in tree.find_all(exp.Where, exp.Having)]


def spoken_cell(column: ResultColumn, cell: Cell) -> str:
    """A cell as people read it: grouped thousands, `(none)` for NULL, long text cut."""
    if cell is None:
        return "(none)"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    number = _NUMBER.match(str(cell)) if column.type in _NUMERIC or isinstance(cell, (int, float)) else None
    if number and not _is_label(column.name):
        sign, whole, fraction = number.groups()
        return f"{sign}{int(whole):,}{fraction or ''}"
    text = str(cell)
    return f"{text[:LONGEST_CELL]}…" if len(text) > LONGEST_CELL else text


def spoken_name(name: str) -> str:
    """A column's name as words: `row_count` is read `row count`."""
    return " ".join(name.replace("_", " ").split()) or "value"


def _single(column: ResultColumn, cell: Cell) -> str:
    if cell is None:
        return "The result is empty (NULL): no rows matched, or all values are missing."
    name = spoken_name(column.name)
    return f"{name[:1].upper()}{name[1:]}: {spoken_cell(column, cell)}."


def _rows_found(row_count: int, *, truncated: bool) -> str:
    return f"The first {row_count:,} rows; there are more. " if truncated else f"{row_count:,} rows. "


def _some_rows(result: Result, row_count: int) -> str:
    columns, rows = result.columns, result.rows
    if len(columns) > WIDEST or not rows:
        return f"The columns are {_names(columns)}."
    if row_count <= LISTED_ROWS and len(rows) == row_count:
        return f"{_heading(columns)}{'; '.join(_pair(columns, row) for row in rows)}."
    last = f" Last: {_pair(columns, rows[-1])}." if len(rows) == row_count and not result.truncated else ""
    return f"{_heading(columns)}First: {_pair(columns, rows[0])}.{last}"


def _heading(columns: Sequence[ResultColumn]) -> str:
    names = _names(columns)
    return f"{names[:1].upper()}{names[1:]}. " if len(columns) > 1 else f"{names[:1].upper()}{names[1:]}: "


def _names(columns: Sequence[ResultColumn]) -> str:
    return ", ".join(spoken_name(column.name) for column in columns)


def _pair(columns: Sequence[ResultColumn], row: Sequence[Cell]) -> str:
    return ", ".join(spoken_cell(column, cell) for column, cell in zip(columns, row, strict=True))


def _row(columns: Sequence[ResultColumn], row: Sequence[Cell]) -> str:
    pairs = list(zip(columns, row, strict=True))
    told = [f"{spoken_name(column.name)} {spoken_cell(column, cell)}" for column, cell in pairs[: 2 * WIDEST]]
    return ", ".join(told) + (f" and {len(pairs) - len(told)} more columns" if len(pairs) > len(told) else "")


def _is_label(name: str) -> bool:
    return not _LABELS.isdisjoint(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()))
