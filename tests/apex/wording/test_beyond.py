"""A period without rows says what it lies before, or that it is still to come."""

from datetime import UTC, datetime

import pytest

from apex.wording import words_of_emptiness
from core.catalog import TableName
from core.profile import ColumnProfile, Profile, TableProfile
from core.values import Cell, Result, ResultColumn
from tests.apex.cases import TOTAL, plan, time
from tests.apex.market import SCHEMA

NAME = TableName(SCHEMA, "orders")
COLUMN = ColumnProfile("ordered_at", minimum="2024-05-01T10:00:00")
KNOWN = Profile({NAME: TableProfile(NAME, 10, (COLUMN,))})
NOW = datetime(2025, 3, 1, tzinfo=UTC)
BEGINS = "As far as it was measured, orders begins on 2024-05-01."


@pytest.mark.parametrize(
    ("cell", "start", "end", "profile", "words"),
    [
        (None, "2023-01-01", "2024-01-01", KNOWN, BEGINS),
        (0, "2023-01-01", "2024-05-01", KNOWN, BEGINS),
        (3, "2023-01-01", "2024-01-01", KNOWN, ""),
        (None, "2024-06-01", "2024-07-01", KNOWN, ""),
        (None, "2023-01-01", "2024-01-01", Profile(), ""),
        (0, "2025-03-02", "2025-03-03", KNOWN, "This time has not begun yet."),
    ],
)
def test_nothing_is_explained(cell: Cell, start: str, end: str, profile: Profile, words: str) -> None:
    asked = plan("orders", TOTAL, time=time("orders.ordered_at", start, end))
    result = Result(columns=[ResultColumn(name="total", type="decimal")], rows=[[cell]])
    assert words_of_emptiness(asked, result, profile, NOW) == words
