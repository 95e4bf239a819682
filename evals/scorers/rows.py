"""Whether the rows of the answer are those of a statement that is known to be right."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice, permutations

from sqlglot import parse_one

from core.values import Cell, Row
from evals.trial import Trial

MOST_ORDERS = 5_040
"""So many orders of the columns are tried, which is all of seven columns."""

DIGITS = 9


async def rows(trial: Trial) -> bool | None:
    """Compare rows: columns in any order, rows in order only where the statement orders them."""
    if trial.case.sql is None:
        return None
    answer = await trial.answer()
    if answer.status != "answered":
        return False
    expected = await trial.expected(trial.case.sql)
    ordered = parse_one(trial.case.sql, read=answer.dialect).args.get("order") is not None
    return equal(expected.rows, answer.rows, ordered=ordered)


def equal(expected: Sequence[Row], given: Sequence[Row], *, ordered: bool) -> bool:
    """Whether two results hold the same, whatever the order of their columns."""
    left, right = [_plain(row) for row in expected], [_plain(row) for row in given]
    if not left or not right or len(left) != len(right) or len(left[0]) != len(right[0]):
        return len(left) == len(right) == 0
    orders = islice(permutations(range(len(left[0]))), MOST_ORDERS)
    return any(_same(left, _rearranged(right, order), ordered=ordered) for order in orders)


def _same(left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]], *, ordered: bool) -> bool:
    return list(left) == list(right) if ordered else Counter(left) == Counter(right)


def _rearranged(given: Sequence[tuple[str, ...]], order: Sequence[int]) -> list[tuple[str, ...]]:
    return [tuple(row[place] for place in order) for row in given]


def _plain(row: Row) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in row)


def _text(cell: Cell) -> str:
    """A number is its value, however it is written: a decimal that a double cannot hold comes as text."""
    if isinstance(cell, bool) or cell is None:
        return str(cell)
    try:
        return f"{float(str(cell)):.{DIGITS}g}"
    except ValueError:
        return str(cell)
