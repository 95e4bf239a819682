"""Phrases of time as half-open ranges, told by a day on which they are asked: Sunday 2026-03-01."""

from datetime import datetime

import pytest

from apex.language.moments import ImpossibleError, Moments
from apex.language.moments_earlier import earlier_at
from apex.language.moments_periods import Period, told, unit_from
from apex.language.tokens import tokenize
from core.values.calendar import Calendar

NOW = datetime.fromisoformat("2026-03-01T12:00:00+00:00")

PHRASES = {
    "today": "2026-03-01",
    "yesterday": "2026-02-28",
    "the day before yesterday": "2026-02-27",
    "3 days ago": "2026-02-26",
    "last week": "2026-02-16 to 2026-02-22",
    "last month": "2026-02-01 to 2026-02-28",
    "previous quarter": "2025-10-01 to 2025-12-31",
    "this year": "2026-01-01 to 2026-12-31",
    "this month so far": "2026-03-01",
    "year to date": "2026-01-01 to 2026-03-01",
    "YTD": "2026-01-01 to 2026-03-01",
    "past 8 weeks": "2026-01-04 to 2026-03-01",
    "last 7 days": "2026-02-22 to 2026-02-28",
    "the last seven days": "2026-02-22 to 2026-02-28",
    "last 24 hours": "2026-02-28 12:00 to 2026-03-01 12:00",
    "past week": "2026-02-22 to 2026-03-01",
    "in March 2025": "2025-03-01 to 2025-03-31",
    "2025-03": "2025-03-01 to 2025-03-31",
    "in March": "2026-03-01 to 2026-03-31",
    "in April": "2025-04-01 to 2025-04-30",
    "in March last year": "2025-03-01 to 2025-03-31",
    "Q3 2025": "2025-07-01 to 2025-09-30",
    "2025 Q3": "2025-07-01 to 2025-09-30",
    "the third quarter of 2025": "2025-07-01 to 2025-09-30",
    "H1 2025": "2025-01-01 to 2025-06-30",
    "second half of 2025": "2025-07-01 to 2025-12-31",
    "in 2024": "2024-01-01 to 2024-12-31",
    "FY2025": "2025-01-01 to 2025-12-31",
    "2024-02-29": "2024-02-29",
    "March 5th, 2025": "2025-03-05",
    "5 March 2025": "2025-03-05",
    "13/02/2026": "2026-02-13",
    "on Monday": "2026-02-23",
    "last Friday": "2026-02-27",
    "week of 2025-03-05": "2025-03-03 to 2025-03-09",
    "since January": "from 2026-01-01 on",
    "from May 2025 on": "from 2025-05-01 on",
    "before 2015": "before 2015-01-01",
    "after 2024": "from 2025-01-01 on",
    "until March 2025": "before 2025-04-01",
    "between 2024-01-01 and 2024-03-31": "2024-01-01 to 2024-03-31",
    "between January and March 2025": "2025-01-01 to 2025-03-31",
    "from November to January 2026": "2025-11-01 to 2026-01-31",
}

IMPOSSIBLE = ("on 2025-02-30", "February 30", "last 0 days", "from June 2025 to January 2025", "last 99999 years")
NONE = ("until the end", "may", "march on", "2/3/2025", "the second", "last flurb", "5")

EARLIER = {
    "the day before": "2026-02-27",
    "the previous month": "2026-01-28",
    "a week earlier": "2026-02-21",
    "same weekday a week before": "2026-02-21",
    "same day last year": "2025-02-28",
    "the previous period": "2026-02-27",
    "year over year": "2025-02-28",
    "2 days before": "2026-02-26",
    "the day after": "2026-03-01",
}


def moments(text: str) -> Moments:
    return Moments(tokenize(text), NOW, Calendar())


@pytest.mark.parametrize(("text", "expected"), PHRASES.items())
def test_a_phrase_is_a_range(text: str, expected: str) -> None:
    found = moments(text).read(0)
    assert found and told(found.period) == expected
    assert found.end == len(tokenize(text))


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_times_that_do_not_exist_are_told(text: str) -> None:
    with pytest.raises(ImpossibleError):
        moments(text).read(0)


@pytest.mark.parametrize("text", NONE)
def test_what_may_mean_something_else_is_no_time(text: str) -> None:
    assert moments(text).read(0) is None


@pytest.mark.parametrize(("text", "expected"), EARLIER.items())
def test_a_period_is_told_by_another(text: str, expected: str) -> None:
    yesterday = unit_from(datetime.fromisoformat("2026-02-28"), "day")
    found = earlier_at(moments(text), 0)
    assert found and found.end == len(tokenize(text))
    period = found.of(yesterday)
    assert period and told(period) == expected


def test_whole_months_stay_whole() -> None:
    february = unit_from(datetime.fromisoformat("2026-02-01"), "month")
    found = earlier_at(moments("the previous month"), 0)
    assert found and told(found.of(february) or Period(None, None)) == "2026-01-01 to 2026-01-31"
