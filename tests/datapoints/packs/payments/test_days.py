"""The calendar of the example company, without a database."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from datapoints.packs.payments.days import TRANSACTIONS, days, first_day


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 21), date(2025, 5, 21)),
        (date(2026, 8, 31), date(2025, 2, 28)),
        (date(2025, 8, 29), date(2024, 2, 29)),
        (date(2026, 6, 30), date(2024, 12, 30)),
    ],
)
def test_eighteen_months_before(today: date, first: date) -> None:
    assert first_day(today) == first


@pytest.mark.parametrize("today", [date(2026, 3, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_every_day_up_to_yesterday_once(today: date) -> None:
    plan = days(today)
    assert [day.date for day in plan] == [first_day(today) + timedelta(n) for n in range(len(plan))]
    assert plan[-1].date == today - timedelta(1)
    assert TRANSACTIONS - len(plan) <= sum(day.transactions for day in plan) <= TRANSACTIONS


def test_customers_and_merchants_only_grow_and_end_at_their_bound() -> None:
    plan = days(date(2026, 3, 1))
    assert all(a.customers <= b.customers and a.merchants <= b.merchants for a, b in pairwise(plan))
    assert (plan[-1].customers, plan[-1].merchants) == (20_000, 420)


def test_without_the_outage_yesterday_is_an_ordinary_day() -> None:
    for offset in range(0, 400, 3):
        plan = days(date(2026, 1, 1) + timedelta(offset))
        yesterday, before, week_ago = plan[-1].transactions, plan[-2].transactions, plan[-8].transactions
        assert yesterday == pytest.approx((before + week_ago) / 2, abs=2)
        assert abs(before / week_ago - 1) < 0.038
