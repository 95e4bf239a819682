"""The rhythm of the example company: how busy each of its days is, in whole numbers, so that every machine agrees."""

import calendar
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

MONTHS = 18
TRANSACTIONS = 300_000
CUSTOMERS = (8_000, 20_000)
MERCHANTS = (260, 420)

# Yesterday is compared with the day before and with the same weekday a week before. Over these last days growth and
# month stand still and little is left to chance, so that both comparisons show the outage and nothing else.
CALM_DAYS = 9

# Who could still pay yesterday paid a little more (per mille): the gateway that failed carries the small payments.
BAD_DAY_BASKET = 1020

# Per mille, Monday to Sunday. Neighbours differ by less than 3.5 %, for the same reason.
WEEKDAY = (955, 980, 1010, 1040, 1050, 1015, 980)
YEAR = {1: 950, 2: 960, 8: 970, 11: 1050, 12: 1120}


@dataclass(frozen=True, slots=True)
class Day:
    """One day: transactions begun, their size (per mille of the usual), customers and merchants known by its end."""

    date: date
    transactions: int
    basket: int
    customers: int
    merchants: int


def days(today: date) -> tuple[Day, ...]:
    """The eighteen months up to yesterday, oldest first; the loss of the bad day is not taken off here."""
    first = first_day(today)
    length = (today - first).days
    levels = [_level(min(age, length - CALM_DAYS), length=length) for age in range(length)]
    weights = [level * _shape(first + timedelta(age), today=today) for age, level in enumerate(levels)]
    weights[-1] = (weights[-2] + weights[-8]) // 2
    total = sum(weights)
    return tuple(
        Day(
            date=first + timedelta(age),
            transactions=weight * TRANSACTIONS // total,
            basket=_basket(first + timedelta(age), today=today),
            customers=customers,
            merchants=merchants,
        )
        for age, (weight, customers, merchants) in enumerate(
            zip(weights, _grown(levels, CUSTOMERS), _grown(levels, MERCHANTS), strict=True)
        )
    )


def first_day(today: date) -> date:
    """The same day of the month eighteen months earlier, or that month's last day where it is shorter."""
    year, month = divmod(today.year * 12 + today.month - 1 - MONTHS, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _level(age: int, *, length: int) -> int:
    """Growth from 1 to 2.5 times, a little faster every month; scaled by 2 x length squared."""
    return 2 * length * length + 2 * length * age + age * age


def _shape(day: date, *, today: date) -> int:
    """Weekday, month and chance together, each per mille."""
    calm_from = today - timedelta(CALM_DAYS)
    settled = min(day, calm_from)
    month = YEAR.get(settled.month, 1000) * _payday(settled.day)
    return WEEKDAY[day.weekday()] * month * (1000 + _chance("transactions", day, spread=30 if day < calm_from else 0))


def _basket(day: date, *, today: date) -> int:
    """The mean of what is paid against the usual, per mille."""
    if day == today - timedelta(1):
        return BAD_DAY_BASKET
    return 1000 + _chance("basket", day, spread=20 if day < today - timedelta(CALM_DAYS) else 4)


def _payday(day_of_month: int) -> int:
    """Wages come at the end of the month and are spent soon (per mille)."""
    if day_of_month >= 26 or day_of_month <= 2:
        return 1090
    if day_of_month in (3, 4, 24, 25):
        return 1040
    return 950 if 10 <= day_of_month <= 18 else 1000


def _chance(what: str, day: date, *, spread: int) -> int:
    """A number from -spread to +spread that only the day decides."""
    digest = hashlib.blake2b(f"{what} {day.isoformat()}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % (2 * spread + 1) - spread


def _grown(levels: list[int], bounds: tuple[int, int]) -> Iterator[int]:
    """A stock that ends every day larger, in step with the business, and the last one at its upper bound."""
    start, end = bounds
    total = sum(levels)
    return (start + (end - start) * so_far // total for so_far in accumulate(levels))
