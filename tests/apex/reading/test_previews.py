"""What close readings show, in words, and when they leave nothing to ask."""

import pytest

from apex.reading.previews import SURE, Look, previewed
from core.values import Clarification, Compiled, Result, ResultColumn, Row

ROWS: list[Row] = [["Germany", 1200], ["France", 80], ["Italy", 60], ["Spain", 9]]


def result(rows: list[Row], *, truncated: bool = False, cut_cells: int = 0) -> Result:
    columns = [ResultColumn(name="country", type="text"), ResultColumn(name="orders", type="integer")]
    return Result(columns=columns[: len(rows[0]) if rows else 2], rows=rows, truncated=truncated, cut_cells=cut_cells)


def ambiguous(confidence: float = 0.6) -> Compiled:
    readings = [Compiled(status="ready", source="plan", sql=sql, confidence=confidence) for sql in ("a", "b")]
    asked = Clarification(question="Which?", options=["by A", "by B"])
    return Compiled(status="ambiguous", source="plan", clarification=asked, readings=readings)


def both(one: Look, other: Look, *, confidence: float = 0.6):
    return previewed(ambiguous(confidence), [one, other])


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


def test_the_same_rows_in_any_order_are_answered_by_the_likelier_reading() -> None:
    found = both(Look(result=result(ROWS)), Look(result=result(ROWS[::-1])))
    assert found.same
    assert found.agreed
    assert (found.agreed.sql, found.agreed.status, found.agreed.confidence) == ("a", "ready", SURE)
    assert found.agreed.assumptions == ["by A is meant; by B gives the same rows."]


def test_readings_that_together_are_not_likely_are_asked_about() -> None:
    found = both(Look(result=result(ROWS)), Look(result=result(ROWS)), confidence=0.45)
    assert found.same
    assert found.agreed is None


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
