"""Questions about one table: how conditions, superlatives, comparisons and values are said."""

from pathlib import Path

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, Scalar, TableProfile
from tests.apex.reading.conftest import blocks_of

PAIRS = blocks_of(Path(__file__).with_name("one_table.txt"))

PEOPLE = Table(
    "main",
    "people",
    (
        Column("id", "INTEGER", False),
        Column("fname", "TEXT"),
        Column("LName", "TEXT"),
        Column("birth_date", "DATE"),
        Column("salary", "INTEGER"),
    ),
    primary_key=("id",),
)
PAYMENTS = Table(
    "main",
    "payments",
    (
        Column("id", "INTEGER", False),
        Column("payment_date", "DATE"),
        Column("amount", "REAL"),
        Column("person_id", "INTEGER"),
    ),
    primary_key=("id",),
    foreign_keys=(ForeignKey(("person_id",), TableName("main", "people"), ("id",)),),
)
BRANDS = Table(
    "main",
    "brands",
    (
        Column("id", "INTEGER", False),
        Column("title", "TEXT"),
        Column("founded", "INTEGER"),
        Column("number_of_followers", "INTEGER"),
        Column("active_yn", "TEXT"),
        Column("country", "TEXT"),
        Column("first_country", "TEXT"),
    ),
    primary_key=("id",),
)
ADDRESSES = Table(
    "main", "addresses", (Column("id", "INTEGER", False), Column("line_1", "TEXT"), Column("line_2", "TEXT"))
)
HARVESTS = Table(
    "main", "harvests", (Column("day", "DATE"), Column("year", "INTEGER"), Column("harvests", "INTEGER", False))
)
CATALOG = Catalog("sqlite", (PEOPLE, PAYMENTS, BRANDS, ADDRESSES, HARVESTS), ("main",))


def _listed(name: str, *values: Scalar) -> ColumnProfile:
    return ColumnProfile(name, distinct=len(values), top=tuple((value, 5) for value in values), complete=True)


PROFILE = Profile(
    {
        PEOPLE.full_name: TableProfile(PEOPLE.full_name, 50, (_listed("LName", "Smith", "Jones"),)),
        BRANDS.full_name: TableProfile(
            BRANDS.full_name,
            30,
            (_listed("active_yn", "Y", "N"), _listed("country", "France", "Japan"), _listed("founded", 1950, 1980)),
        ),
    }
)


@pytest.fixture
def market() -> Library:
    return library_of(CATALOG, PROFILE)


@pytest.mark.parametrize(("question", "sql"), PAIRS)
def test_a_question_about_one_table_is_read_as_a_statement(question: str, sql: str, market: Library) -> None:
    reading = read(question, market)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql.strip()
