"""Whether two statements give the same rows: columns in any order, row order only where it was asked for."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product

from core.errors import DataChatError
from core.ports import Connector
from core.values import Cell, Limits

ROWS = 20_000
_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)
_TRIED = 2_000
"""Arrangements of equal columns that are tried."""


async def same_rows(connector: Connector, asked: str, known: str) -> bool | None:
    """Whether `asked` gives what the `known` statement gives; None where the latter does not run."""
    limits = Limits(rows=ROWS, seconds=10)
    try:
        wanted = (await connector.run(known, limits=limits)).rows
    except DataChatError:
        return None
    try:
        found = (await connector.run(asked, limits=limits)).rows
    except DataChatError:
        return False
    return equal(found, wanted, ordered=bool(_ORDERED.search(known)))


def equal(found: Sequence[Sequence[Cell]], wanted: Sequence[Sequence[Cell]], *, ordered: bool) -> bool:
    """Whether rows are the same for some order of the columns."""
    if len(found) != len(wanted) or (wanted and len(found[0]) != len(wanted[0])):
        return False
    if not wanted:
        return True
    left, right = ([tuple(map(_plain, row)) for row in rows] for rows in (found, wanted))
    width = range(len(right[0]))
    alike = [[at for at in width if _bag(left, at) == _bag(right, place)] for place in width]
    for tried, order in enumerate(product(*alike)):
        if tried > _TRIED:
            return False
        if len(set(order)) == len(order) and _matches([tuple(row[at] for at in order) for row in left], right, ordered):
            return True
    return False


def _matches(left: list[tuple[str, ...]], right: list[tuple[str, ...]], ordered: bool) -> bool:
    return left == right if ordered else Counter(left) == Counter(right)


def _bag(rows: Sequence[tuple[str, ...]], at: int) -> Counter[str]:
    return Counter(row[at] for row in rows)


def _plain(cell: Cell) -> str:
    """A cell so that 1, 1.0 and true are the same."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.9g}"
    return str(cell)
