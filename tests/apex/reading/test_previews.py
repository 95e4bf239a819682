"""What close readings show, in words."""

import pytest

from apex.reading.previews import Look, previewed
from core.values import Clarification, Compiled, Previewed, Result, ResultColumn, Row

ROWS: list[Row] = [["Germany", 1200], ["France", 80], ["Italy", 60], ["Spain", 9]]


def result(rows: list[Row], *, truncated: bool = False, cut_cells: int = 0) -> Result:
    columns = [ResultColumn(name="country", type="text"), ResultColumn(name="orders", type="integer")]
    return Result(columns=columns[: len(rows[0]) if rows else 2], rows=rows, truncated=truncated, cut_cells=cut_cells)


def ambiguous() -> Compiled:
    readings = [Compiled(status="ready", source="plan", sql=sql) for sql in ("a", "b")]
    asked = Clarification(question="Which?", options=["by A", "by B"])
    return Compiled(status="ambiguous", source="plan", clarification=asked, readings=readings)


def both(one: Look, other: Look) -> Previewed:
    return previewed(ambiguous(), [one, other])


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (result(ROWS), "Germany 1,200, France 80, Italy 60, ... (4 rows)"),
        (result(ROWS[:2]), "Germany 1,200, France 80 (2 rows)"),
        (result(ROWS[:1]), "Germany 1,200"),
        (result([]), "no rows"),
        (result([[None]]), "(none)"),
        (result(ROWS, truncated=True), "Germany 1,200, France 80, Italy 60, ... (more than 4 rows)"),
    ],
)
def test_rows_are_told_in_one_line(shown: Result, words: str) -> None:
    found = both(Look(sql="SELECT 1", result=shown), Look(reason="it is too slow"))
    assert [(each.option, each.words, each.row_count) for each in found.previews] == [("by A", words, len(shown.rows))]
    assert len(found.previews[0].rows) <= 3
    assert found.because.endswith("by B: it is too slow")


def test_the_same_rows_in_any_order_are_the_same() -> None:
    assert both(Look(result=result(ROWS)), Look(result=result(ROWS[::-1]))).same


@pytest.mark.parametrize(
    "other",
    [
        Look(result=result(ROWS[:3])),
        Look(result=result([[row[0]] for row in ROWS])),
        Look(result=result(ROWS), hidden=True),
        Look(result=result(ROWS, truncated=True)),
        Look(result=result(ROWS, cut_cells=1)),
        Look(reason="it is too slow"),
    ],
)
def test_what_differs_or_is_not_seen_whole_is_not_the_same(other: Look) -> None:
    assert not both(Look(result=result(ROWS)), other).same


@pytest.mark.parametrize("rows", [[], [[None]], [[0]]])
def test_nothing_proves_nothing(rows: list[Row]) -> None:
    assert not both(Look(result=result(rows)), Look(result=result(rows))).same
