"""Conditions on related rows: sailors who make trips with boats, which lie in harbors."""

from pathlib import Path

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, Scalar, TableProfile
from tests.apex.reading.conftest import blocks_of

PAIRS = blocks_of(Path(__file__).with_name("relations.txt"))


def _key(column: str, table: str) -> ForeignKey:
    return ForeignKey((column,), TableName("main", table), ("id",))


def _number(name: str) -> Column:
    return Column(name, "INTEGER", False)


def _text(name: str) -> Column:
    return Column(name, "TEXT")


HARBORS = Table(
    "main",
    "harbors",
    (_number("id"), _text("name"), _text("region"), _number("depth")),
    primary_key=("id",),
)
SAILORS = Table(
    "main",
    "sailors",
    (_number("id"), _text("first_name"), _text("last_name"), _text("town"), _number("age"), _text("phone")),
    primary_key=("id",),
)
BOATS = Table(
    "main",
    "boats",
    (_number("id"), _text("name"), _number("length"), _number("width"), _text("color"), _number("harbor_id")),
    primary_key=("id",),
    foreign_keys=(_key("harbor_id", "harbors"),),
)
TRIPS = Table(
    "main",
    "trips",
    (_number("id"), _number("sailor_id"), _number("boat_id"), _number("days"), _text("weather")),
    primary_key=("id",),
    foreign_keys=(_key("sailor_id", "sailors"), _key("boat_id", "boats")),
)
RENTALS = Table(
    "main",
    "rentals",
    (_number("id"), _number("boat_id"), _number("price")),
    primary_key=("id",),
    foreign_keys=(_key("boat_id", "boats"),),
)
CATALOG = Catalog("sqlite", (HARBORS, SAILORS, BOATS, TRIPS, RENTALS), ("main",))


def _listed(name: str, *values: Scalar, nulls: float = 0.0) -> ColumnProfile:
    top = tuple((value, 5) for value in values)
    return ColumnProfile(name, nulls=nulls, distinct=len(values), top=top, complete=True)


PROFILE = Profile(
    {
        HARBORS.full_name: TableProfile(HARBORS.full_name, 9, (_listed("region", "North", "South"),)),
        SAILORS.full_name: TableProfile(SAILORS.full_name, 90, (_listed("town", "Lund", "Oban", "Brest", nulls=0.1),)),
        BOATS.full_name: TableProfile(BOATS.full_name, 40, (_listed("color", "red", "blue", "white", nulls=0.1),)),
        TRIPS.full_name: TableProfile(TRIPS.full_name, 400, (_listed("weather", "storm", "calm", "rain"),)),
    }
)


@pytest.fixture
def marina() -> Library:
    return library_of(CATALOG, PROFILE)


@pytest.mark.parametrize(("question", "sql"), PAIRS)
def test_a_condition_on_related_rows_is_read(question: str, sql: str, marina: Library) -> None:
    reading = read(question, marina)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql.strip()
