"""Results of plans in words: every number is a cell, or the difference of two cells."""

import re

import pytest

from apex.wording import words_of_plan
from core.values import Cell, Plan, Result, ResultColumn
from core.values.plans import Arithmetic, Compared, Literally, Output
from datapoints.kinds.column import ColumnDataPoint
from tests.apex.cases import CASES, ORDERS, TOTAL, agg, col, cut, down, has, per, plan, time
from tests.apex.facts import simple

Q1 = time("orders.ordered_at", "2025-01-01", "2025-04-01", "Q1 2025")
BEFORE = Compared(time=time("orders.ordered_at", "2024-10-01", "2025-01-01"), words="Q4 2024")


def result(*rows: list[Cell], types: str, truncated: bool = False) -> Result:
    columns = [ResultColumn(name=f"c{place}", type=kind) for place, kind in enumerate(types.split())]
    return Result(columns=columns, rows=[*rows], truncated=truncated)


def told(asked: Plan, *rows: list[Cell], types: str, truncated: bool = False, count: int | None = None) -> str:
    found = result(*rows, types=types, truncated=truncated)
    words = words_of_plan(asked, found, row_count=len(rows) if count is None else count)
    assert words is not None
    return words


@pytest.mark.parametrize(
    ("asked", "rows", "types", "words"),
    [
        (plan("orders", ORDERS), [[1234]], "integer", "Number of orders: 1,234."),
        (plan("orders", TOTAL, time=Q1), [[468.9]], "decimal", "Sum of orders.total (Q1 2025): 468.90."),
        (
            plan("orders", ORDERS, where=has("orders.status", "=", "paid")),
            [[0]],
            "integer",
            "Number of orders where status = 'paid': 0.",
        ),
        (plan("orders", TOTAL), [[None]], "decimal", "Sum of orders.total: no value."),
        (
            plan("orders", per(TOTAL, ORDERS, "average_order")),
            [[116.271428]],
            "float",
            "Average order: 116.27. Numbers are rounded.",
        ),
        (plan("orders", per(ORDERS, ORDERS, "share")), [[0.57142]], "float", "Share: 0.5714. Numbers are rounded."),
        (
            plan("orders", TOTAL, ORDERS, time=Q1),
            [[468.9, 4]],
            "decimal integer",
            "Sum of orders.total: 468.90; number of orders: 4 (Q1 2025).",
        ),
        (
            plan("orders", "orders.status", ORDERS),
            [["paid", 4], ["open", 2]],
            "text integer",
            "Status, number of orders: paid, 4; open, 2. Together 6.",
        ),
        (
            plan("orders", "customers.country", ORDERS),
            [["UK", 3], [None, 1]],
            "text integer",
            "Customers.country, number of orders: UK, 3; (none), 1.",
        ),
        (
            plan("orders", cut("orders.ordered_at", "quarter"), ORDERS),
            [["2025-01-01", 4], ["2025-04-01", 1]],
            "date integer",
            "Quarter of ordered at, number of orders: Q1 2025, 4; Q2 2025, 1. Together 5.",
        ),
        (
            plan("orders", cut("orders.ordered_at", "weekday"), ORDERS, limit=2),
            [[1, 4], [7, 1]],
            "integer integer",
            "Weekday of ordered at, number of orders: Monday, 4; Sunday, 1.",
        ),
        (
            plan("customers", "customers.name", where=has("customers.country", "=", "US")),
            [["Grace"], ["Margaret"]],
            "text",
            "Name of customers where country = 'US': Grace; Margaret.",
        ),
    ],
)
def test_rows_are_told(asked: Plan, rows: list[list[Cell]], types: str, words: str) -> None:
    assert told(asked, *rows, types=types) == words


def test_periods_are_compared_in_numbers_and_percent() -> None:
    asked = plan("orders", TOTAL, time=Q1, compared=BEFORE)
    assert told(asked, [300, 240], types="decimal decimal") == (
        "Sum of orders.total: 300, against 240 in Q4 2024 (+60, +25 %) (Q1 2025)."
    )
    assert "(+60)" in told(asked, [60, 0], types="decimal decimal")
    assert "(no change)" in told(asked, [60, 60], types="decimal decimal")
    assert "against no value in Q4 2024" in told(asked, [60, None], types="decimal decimal")


def test_nothing_says_what_was_asked_for() -> None:
    asked = plan("orders", "orders.id", where=has("orders.status", "=", "lost"), time=Q1)
    assert told(asked, types="integer") == (
        "No rows match status = 'lost' in the period Q1 2025. orders may hold other rows, which this leaves out."
    )
    assert told(plan("orders", "orders.id"), types="integer") == "No rows of orders were found."


def test_of_many_rows_the_first_and_last_are_told() -> None:
    asked = plan("orders", "customers.name", ORDERS, order=[down(ORDERS)])
    rows: list[list[Cell]] = [[f"n{number}", 100 - number] for number in range(30)]
    assert told(asked, *rows, types="text integer").endswith(": 30 rows; first n0, 100; last n29, 71.")
    cut_off = told(asked, *rows, types="text integer", truncated=True)
    assert cut_off.endswith(": the first 30 rows; there are more; first n0, 100.")
    preview = told(asked, *rows[:20], types="text integer", count=5000)
    assert preview.endswith(": 5,000 rows; first n0, 100.")


def test_units_come_from_definitions_and_from_names() -> None:
    total = ColumnDataPoint(id="total", name="Total", table="orders", column="total", unit="EUR")
    found = result([468.9], types="decimal")
    assert words_of_plan(plan("orders", TOTAL), found, row_count=1, datapoints=[total]) == (
        "Sum of orders.total: 468.90 EUR."
    )
    revenue = simple("revenue", "sum", "orders", "total").model_copy(update={"unit": "CHF"})
    asked = plan("orders", Output(value=TOTAL.model_copy(update={"metric": "revenue"}), name="revenue"))
    assert words_of_plan(asked, found, row_count=1, datapoints=[revenue]) == "Revenue: 468.90 CHF."
    weight = plan("parcels", agg("avg", "parcels.weight_kg"))
    assert words_of_plan(weight, found, row_count=1) == "Average of parcels.weight kg: 468.90 kg."


def test_a_single_choice_says_by_what_it_was_chosen_and_numbers_of_groups_are_names() -> None:
    asked = plan("orders", "orders.customer", group=[col("orders.customer")], order=[down(ORDERS)], limit=1)
    assert told(asked, [102462], types="integer") == "Customer (orders, by number of orders descending): 102462."


def test_a_part_of_a_whole_is_told_in_percent_with_its_condition() -> None:
    paid = ORDERS.model_copy(update={"where": has("orders.status", "=", "paid")})
    share = Arithmetic(operator="*", left=Literally(value=100), right=Arithmetic(operator="/", left=paid, right=ORDERS))
    asked = plan("orders", Output(value=share, name="orders_percent"))
    assert told(asked, [57.1428], types="float") == (
        "Share of orders where status = 'paid': 57.14 %. Numbers are rounded."
    )


def test_a_result_of_other_columns_is_not_told_as_the_plan_s() -> None:
    assert words_of_plan(plan("orders", ORDERS), result([1, 2], types="integer integer"), row_count=1) is None


@pytest.mark.parametrize("name", [name for name, each in CASES.items() if not each.compared])
def test_every_number_is_a_cell(name: str) -> None:
    asked = CASES[name]
    cells: list[Cell] = [7919 + place for place, _ in enumerate(asked.outputs)]
    words = told(asked, cells, types=" ".join("integer" for _ in cells))
    # A part of the whole is told in percent.
    percent = [100 * int(str(cell)) for cell in cells]
    known = re.sub(r"[^\d]+", " ", f"{asked.model_dump_json()} {cells} {percent}").split()
    parts = {part for number in known for part in (number, number.lstrip("0"))}
    spoken = re.findall(r"\d+", words.replace(",", ""))
    assert [number for number in spoken if number not in parts and number.lstrip("0") not in parts] == []


def test_columns_are_told_by_name() -> None:
    asked = plan("customers", "customers.name", col("customers.name", "customers.referred_by"))
    assert told(asked, ["Grace", "Ada"], types="text text") == (
        "One row of customers: name Grace, name (by referred by) Ada."
    )
