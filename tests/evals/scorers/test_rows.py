"""When two results hold the same."""

import pytest

from core.values import Row
from evals.scorers.rows import equal


@pytest.mark.parametrize(
    ("expected", "given", "ordered", "same"),
    [
        ([[1, "a"]], [["a", 1]], False, True),
        ([[1], [2]], [[2], [1]], False, True),
        ([[1], [2]], [[2], [1]], True, False),
        ([[1], [1]], [[1]], False, False),
        ([[1]], [[1, 2]], False, False),
        ([], [], False, True),
        ([], [[1]], False, False),
        ([["12.50"]], [[12.5]], False, True),
        ([[0.1 + 0.2]], [[0.3]], False, True),
        ([[None]], [["None"]], False, True),
        ([[1, 2], [2, 1]], [[1, 2], [1, 2]], False, False),
    ],
)
def test_rows_are_compared_whatever_the_order_of_columns(
    expected: list[Row], given: list[Row], *, ordered: bool, same: bool
) -> None:
    assert equal(expected, given, ordered=ordered) is same
