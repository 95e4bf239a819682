"""Metrics with SQL of their own are told by their name, unit and format."""

from apex.wording import words_of_metric
from core.values import Result, ResultColumn
from tests.apex.facts import metric

UPTIME = metric("uptime", {"sql_template": "SELECT 1 AS value"}, unit="%", format="0.00 %").model_copy(
    update={"name": "Uptime"}
)
COLUMNS = [ResultColumn(name="gateway", type="text"), ResultColumn(name="value", type="decimal")]


def test_values_are_written_as_the_definition_says() -> None:
    found = Result(columns=COLUMNS, rows=[["North", "0.70972222"], ["South", 1]])
    assert words_of_metric(UPTIME, found, row_count=2) == "Uptime: North, 70.97 %; South, 100.00 %."


def test_many_rows_and_other_columns_are_left_to_others() -> None:
    assert words_of_metric(UPTIME, Result(columns=COLUMNS, rows=[["North", 1]]), row_count=200) is None
    assert words_of_metric(UPTIME, Result(columns=COLUMNS[:1], rows=[["North"]]), row_count=1) is None
