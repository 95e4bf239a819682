"""Words above a table say what the table does not."""

import pytest

from cli.words import beside_a_table
from core.values import Answer, ResultColumn, Row

NAMES = [ResultColumn(name="table", type="text"), ResultColumn(name="row_count", type="integer")]
ROWS: list[Row] = [["orders", 1200], ["big_fees", 3]]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("There are 2 tables: orders and big_fees.", "There are 2 tables."),
        (
            "There are 2 tables: orders and big_fees. One more may not be read.",
            "There are 2 tables. One more may not be read.",
        ),
        ("2 rows. The columns are table, row count.", "2 rows."),
        ("2 rows. Table, row count. First: orders, 1,200. Last: big_fees, 3.", "2 rows."),
        ("2 rows. First: refunds, 7.", "2 rows. First: refunds, 7."),
        ("One row.", "One row."),
    ],
)
def test_what_the_table_shows_is_not_said_again(words: str, kept: str) -> None:
    assert beside_a_table(Answer(status="answered", answer=words, columns=NAMES, rows=ROWS), ROWS) == kept


def test_assumptions_have_lines_of_their_own() -> None:
    answer = Answer(status="answered", answer="2 rows. Assumed: Days are UTC.", assumptions=["Days are UTC."])
    assert beside_a_table(answer, ROWS) == "2 rows."
