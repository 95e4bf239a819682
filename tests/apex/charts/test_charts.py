"""Charts by rules: the kind, the axes, and a specification that holds together."""

from typing import Any, cast

import pytest
from pydantic import JsonValue

from apex.charts import chart_of, without_chart
from core.values import Cell, Result, ResultColumn
from tests.apex.cases import ORDERS, cut, plan

MONTHS: list[list[Cell]] = [[f"2025-{month:02}-01", 10 * month] for month in range(1, 8)]
REGIONS: list[list[Cell]] = [["north", 5], ["south", 7.5], ["east", 1]]
BY_REGION = "region:text total:decimal"
CHANNELS = {"x", "y", "color", "theta"}
MARKS = {"bar", "line", "arc", "point"}
TYPES = {"temporal", "ordinal", "quantitative", "nominal"}


def drawn(rows: list[list[Cell]], columns: str, question: str = "", **others: Any) -> dict[str, Any] | None:
    named = [each.split(":") for each in columns.split()]
    result = Result(columns=[ResultColumn(name=name, type=kind) for name, kind in named], rows=rows)
    chart = chart_of(result, row_count=others.pop("row_count", len(rows)), question=question, **others)
    if chart is not None:
        check(chart)
    return cast("dict[str, Any] | None", chart)


def check(chart: dict[str, JsonValue]) -> None:
    """What Vega-Lite's schema asks of a single view with inline rows."""
    spec = cast("dict[str, Any]", chart)
    assert spec["$schema"] == "https://vega.github.io/schema/vega-lite/v6.json"
    assert spec["mark"]["type"] in MARKS
    rows = spec["data"]["values"]
    for channel, definition in spec["encoding"].items():
        assert channel in CHANNELS
        assert definition["type"] in TYPES
        if "field" in definition:
            assert definition["field"].replace("\\", "") in rows[0]
        else:
            assert definition["aggregate"] == "count"


def kind(chart: dict[str, Any] | None) -> str:
    return chart["mark"]["type"] if chart else "table"


@pytest.mark.parametrize(
    ("rows", "columns", "question", "expected"),
    [
        (REGIONS, BY_REGION, "", "bar"),
        (MONTHS, "month:date revenue:decimal", "", "line"),
        (MONTHS[:3], "month:date revenue:decimal", "", "bar"),
        (MONTHS, "month:text revenue:decimal", "", "line"),
        ([[2000 + n, n] for n in range(9)], "year:integer films:integer", "", "line"),
        ([[n, n * n] for n in range(9)], "weight:float height:float", "", "point"),
        ([[f"n{n}", n] for n in range(90)], BY_REGION, "", "table"),
        ([["Ada"], ["Grace"]], "name:text", "", "table"),
        ([["Ada", 1]], "name:text orders:integer", "", "table"),
        ([["Ada", 1], ["Grace", 2]], "name:text customer_id:integer", "", "table"),
        ([], BY_REGION, "", "table"),
        (REGIONS, BY_REGION, "pie chart of the total by region", "arc"),
        (REGIONS, BY_REGION, "what is the proportion of each region?", "arc"),
        (REGIONS, BY_REGION, "bar chart of the proportion of each region", "bar"),
        (REGIONS, BY_REGION, "show a line of total by region", "line"),
        (MONTHS, "month:date revenue:decimal", "bar chart of revenue by month", "bar"),
        (REGIONS, BY_REGION, "what is the headline by region", "bar"),
        ([["a", -1], ["b", 2]], BY_REGION, "pie of total by region", "table"),
        ([["a", None], ["b", None]], BY_REGION, "bar chart", "table"),
    ],
)
def test_the_kind(rows: list[list[Cell]], columns: str, question: str, expected: str) -> None:
    assert kind(drawn(rows, columns, question)) == expected


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("draw a pie chart of orders by region", "orders by region"),
        ("How many orders per month, as a line chart?", "How many orders per month, ?"),
        ("Show me a bar graph showing revenue by product line", "revenue by product line"),
        ("revenue by product line", "revenue by product line"),
        ("how many bars are there in each city", "how many bars are there in each city"),
    ],
)
def test_a_request_for_a_chart_can_be_taken_out_of_a_question(question: str, rest: str) -> None:
    assert without_chart(question) == rest


@pytest.mark.parametrize("question", ["revenue by product line", "how many bars per city", "sales of apple pie"])
def test_things_that_are_called_like_charts_ask_for_none(question: str) -> None:
    assert kind(drawn(REGIONS, BY_REGION, question)) == "bar"
    assert drawn(REGIONS, BY_REGION, question, row_count=500) is None


def test_a_third_column_is_told_apart_by_colour() -> None:
    rows: list[list[Cell]] = [["2025-01-01", "a", 1], ["2025-01-01", "b", 2], ["2025-02-01", "a", 3]]
    chart = drawn(rows, "month:date region:text total:integer")
    assert chart
    assert {name: each["field"] for name, each in chart["encoding"].items()} == {
        "x": "month", "y": "total", "color": "region",
    }  # fmt: skip


def test_what_is_not_all_there_is_not_drawn_unless_asked_for() -> None:
    assert drawn(REGIONS, BY_REGION, row_count=500) is None
    assert kind(drawn(REGIONS, BY_REGION, "draw a bar chart", row_count=500)) == "bar"


def test_lists_are_not_drawn_where_the_plan_calculates_nothing() -> None:
    rows: list[list[Cell]] = [["Lamp", 19.9], ["Desk", 250]]
    prices = plan("products", "products.title", "products.price")
    assert drawn(rows, "title:text price:decimal", plan=prices) is None
    assert kind(drawn(rows, "title:text price:decimal", "plot the prices", plan=prices)) == "bar"
    counted = plan("orders", cut("orders.ordered_at", "month"), ORDERS)
    assert kind(drawn(MONTHS, "month:date orders:integer", plan=counted)) == "line"


def test_awkward_names_are_escaped_and_long_ones_lie_down() -> None:
    chart = drawn([["a very long name indeed", 1], ["b", 2]], "a.b[0]:text total:decimal")
    assert chart
    assert chart["encoding"]["y"]["field"] == "a\\.b\\[0\\]"
    assert chart["encoding"]["x"]["field"] == "total"


def test_numbers_with_many_digits_are_drawn_as_near_as_can_be() -> None:
    chart = drawn([["a", "12345678901234567890"], ["b", 2]], BY_REGION)
    assert chart
    assert chart["data"]["values"][0]["total"] == 1.2345678901234567e19


def test_two_columns_of_one_name_are_not_drawn() -> None:
    assert drawn([["a", 1], ["b", 2]], "n:text n:decimal") is None


def test_a_chart_that_is_too_large_is_left_out() -> None:
    rows: list[list[Cell]] = [["x" * 500 + str(n), n] for n in range(40)]
    assert drawn(rows, BY_REGION) is None


def test_a_key_beside_the_name_of_its_rows_is_not_drawn() -> None:
    rows: list[list[Cell]] = [[10, "Lakeside", 1284], [5, "Market Hall", 908]]
    chart = drawn(rows, "site_id:integer site:text sessions:integer")
    assert chart
    assert {each["field"] for each in chart["encoding"].values()} == {"site", "sessions"}
