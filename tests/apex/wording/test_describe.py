"""Plans as one line."""

import pytest

from apex.wording import describe
from core.values import Plan
from core.values.plans import Output
from tests.apex.cases import CASES, PAID, TOTAL, down, plan, time


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            plan(
                "orders", "customers.country", TOTAL, where=PAID, order=[down(TOTAL)], limit=10,
                time=time("orders.ordered_at", "2025-01-01", "2025-02-01", "last month"),
            ),
            "sum of orders.total by customers.country where status = 'paid', last month, highest first, top 10",
        ),
        (CASES["having_none"], "name of customers where there are no orders"),
        (CASES["rows_distinct"], "different status of orders"),
        (CASES["zeros_far"], "number of products by label (also where there are none), by label"),
        (CASES["set_both"], "country of customers where id < 3, and also (country of customers where id > 1)"),
        (CASES["top_name"], "customers.name of orders, by number of orders descending, top 1"),
        (plan("orders", Output(value=TOTAL.model_copy(update={"metric": "net_revenue"}))), "net revenue"),
    ],
)  # fmt: skip
def test_a_plan_reads_as_a_line(asked: Plan, line: str) -> None:
    assert describe(asked) == line


def test_every_plan_has_one_line_of_its_own() -> None:
    lines = [describe(each) for each in CASES.values()]
    assert all("\n" not in line for line in lines)
    assert len(set(lines)) == len(lines)
