"""What close readings of a question would show, in words, and whether that differs."""

from collections.abc import Sequence
from dataclasses import dataclass

from apex.wording.quantities import quantity
from core.values import Compiled, Preview, Previewed, Result, Row

SHOWN_ROWS, SHOWN_CELLS = 3, 3


@dataclass(frozen=True)
class Look:
    """What came of running one reading: its rows, or `reason` says why there are none. `hidden`: some are masked."""

    sql: str = ""
    result: Result | None = None
    hidden: bool = False
    reason: str = ""


def previewed(compiled: Compiled, looks: Sequence[Look]) -> Previewed:
    """The page of the preview: what each option of an ambiguous question shows."""
    options = compiled.clarification.options if compiled.clarification else []
    looked = list(zip(options, looks, strict=True))
    same = _same(looks)
    return Previewed(
        previews=[_preview(option, each.sql, each.result) for option, each in looked if each.result],
        same=same,
        reason="; ".join(["both show the same"] * same + [f"{option}: {_told(each)}" for option, each in looked]),
    )


def _same(looks: Sequence[Look]) -> bool:
    """Whether all show the same rows, in any order. What is cut or masked may differ, and nothing proves nothing."""
    results = [each.result for each in looks if each.result and not each.hidden]
    if len(looks) < 2 or len(results) < len(looks) or any(each.truncated or each.cut_cells for each in results):
        return False
    one, *others = ([len(each.columns), *sorted(map(str, each.rows))] for each in results)
    return any(cell for row in results[0].rows for cell in row) and all(each == one for each in others)


def _preview(option: str, sql: str, result: Result) -> Preview:
    return Preview(
        option=option,
        words=_words(result),
        sql=sql,
        columns=result.columns,
        rows=result.rows[:SHOWN_ROWS],
        row_count=len(result.rows),
        truncated=result.truncated,
    )


def _told(look: Look) -> str:
    """For the trace, which holds no cells."""
    return _count(look.result) if look.result else look.reason


def _words(result: Result) -> str:
    """`Germany 120, France 80, Italy 60, ... (12 rows)`; of wide rows only the first cells."""
    shown = ", ".join(_row(result, row) for row in result.rows[:SHOWN_ROWS])
    if len(result.rows) < 2:
        return shown or _count(result)
    more = ", ..." if len(result.rows) > SHOWN_ROWS else ""
    return f"{shown}{more} ({_count(result)})"


def _count(result: Result) -> str:
    count = len(result.rows)
    if count < 2:
        return "1 row" if count else "no rows"
    return f"{'more than ' if result.truncated else ''}{count:,} rows"


def _row(result: Result, row: Row) -> str:
    cells = zip(result.columns[:SHOWN_CELLS], row, strict=False)
    return " ".join(quantity(cell, column).words for column, cell in cells)
