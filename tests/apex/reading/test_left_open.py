"""What is not sure though every word is known: whom rows refer to, other units, moments, and verbs of `who`."""

from datetime import UTC, datetime

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile

DRIVERS = Table(
    "main",
    "drivers",
    (
        Column("driver_id", "INTEGER", False),
        Column("full_name", "TEXT", False),
        Column("city", "TEXT", False),
        Column("licence", "TEXT"),
        Column("driver_class", "TEXT", False),
        Column("joined_on", "DATE", False),
        Column("load_g", "INTEGER", False),
        Column("certified", "BOOLEAN", False),
        Column("referred_by", "INTEGER"),
    ),
    primary_key=("driver_id",),
    foreign_keys=(ForeignKey(("referred_by",), TableName("main", "drivers"), ("driver_id",)),),
)
TRIPS = Table(
    "main",
    "trips",
    (
        Column("trip_id", "INTEGER", False),
        Column("driver_id", "INTEGER", False),
        Column("title", "TEXT", False),
        Column("amt_paid", "NUMERIC", False),
        Column("stars", "INTEGER", False),
        Column("rating", "INTEGER", False),
        Column("total", "NUMERIC", False),
        Column("status", "TEXT", False),
        Column("sold_at", "TIMESTAMP", False),
        Column("cancelled_on", "DATE"),
    ),
    primary_key=("trip_id",),
    foreign_keys=(ForeignKey(("driver_id",), TableName("main", "drivers"), ("driver_id",)),),
)
STATES = ColumnProfile("status", distinct=3, top=(("open", 20), ("paid", 20), ("cancelled", 10)), complete=True)
PROFILE = Profile(
    {
        DRIVERS.full_name: TableProfile(DRIVERS.full_name, 30, (ColumnProfile("licence", nulls=0.3, distinct=20),)),
        TRIPS.full_name: TableProfile(TRIPS.full_name, 50, (STATES,)),
    }
)


@pytest.fixture
def taxis() -> Library:
    return library_of(Catalog("sqlite", (DRIVERS, TRIPS), ("main",)), PROFILE)


NOW = datetime(2026, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("List each driver with the name of the referrer", "referred_by is named, and not used"),
        ("Drivers with and without a licence", "not understood: with, and, without"),
        ("Which driver has the most 5 star trips?", "not understood: star"),
        ("Show the load of drivers in kg", "kept in g, and asked for in kg"),
        ("Which drivers have a load above 2 kg?", "kept in g, and compared in kg"),
        ("Which driver has the best rating?", "the average may be meant"),
        ("Which driver has the best stars?", "the average may be meant"),
        ("What share of trips was paid late?", "not understood: late"),
        ("How long do drivers load?", "not understood: long"),
        ("How many trips were cancelled per month?", "cancelled_on tells when that was, too"),
        ("What share of trips was cancelled last month?", "cancelled_on tells when that was, too"),
    ],
)
def test_what_is_open_is_not_sure(question: str, why: str, taxis: Library) -> None:
    reading = read(question, taxis, now=NOW)
    assert reading.status != "sure"
    assert why in reading.reason


@pytest.mark.parametrize(
    "question", ["Show the load of drivers in grams", "How many cancelled trips were sold last month?"]
)
def test_what_is_said_in_full_is_not_open(question: str, taxis: Library) -> None:
    reading = read(question, taxis, now=NOW)
    assert reading.settled and not reading.unexplained
    assert "kept in" not in reading.reason and "tells when" not in reading.reason


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("What is the total of open trips?", "SELECT SUM(total) AS total_total FROM trips WHERE status = 'open'"),
        (
            "How many certified drivers are there?",
            "SELECT COUNT(*) AS drivers_count FROM drivers WHERE certified = TRUE",
        ),
        ("What is the total of each trip?", "SELECT total FROM trips"),
        ("Show the total of trip 5", "SELECT total FROM trips WHERE trip_id = 5"),
        (
            "Trips sold in the past 2 weeks",
            "SELECT title FROM trips WHERE sold_at >= '2026-03-04' AND sold_at < '2026-03-19'",
        ),
    ],
)
def test_totals_flags_and_verbs_are_read_as_people_mean_them(question: str, sql: str, taxis: Library) -> None:
    settled = read(question, taxis, now=NOW).settled
    assert settled and settled.compilation.sql == sql


def test_what_is_said_per_group_is_no_part_of_a_name(taxis: Library) -> None:
    settled = read("What is the oldest driver per class?", taxis, now=NOW).settled
    assert settled and "MIN(driver_class)" not in settled.compilation.sql


def test_one_of_two_names_may_not_be_meant() -> None:
    names = (Column("first_name", "TEXT", False), Column("last_name", "TEXT", False))
    guests = Table("main", "guests", (Column("guest_id", "INTEGER", False), *names), primary_key=("guest_id",))
    known = library_of(Catalog("sqlite", (guests,), ("main",)), Profile())
    reading = read("How many guests are called Silva?", known)
    assert reading.status != "sure" and "first_name may not be the name" in reading.reason


def test_what_somebody_paid_is_not_who_did(taxis: Library) -> None:
    settled = read("Who paid the most for a trip?", taxis, now=NOW).settled
    assert settled and "SELECT amt_paid" not in settled.compilation.sql
