"""A bank: signs that compare, years that tell an age, who brought whom, what was paid, and averages over time."""

from datetime import UTC, datetime

import pytest

from apex.reading.engine import Reading, read
from apex.reading.library import Library, library_of
from apex.reading.outcomes import compiled_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLIENTS = TableName("public", "clients")
CLIENT = Table(
    "public",
    "clients",
    (
        Column("id", "int", False),
        Column("name", "text", False),
        Column("birth_year", "int"),
        Column("left_on", "date"),
        Column("balance_cents", "int"),
        Column("referred_by", "int"),
        Column("mentor_id", "int"),
    ),
    primary_key=("id",),
    foreign_keys=(ForeignKey(("referred_by",), CLIENTS, ("id",)), ForeignKey(("mentor_id",), CLIENTS, ("id",))),
)
BILL = Table(
    "public",
    "bills",
    (
        Column("id", "int", False),
        Column("client_id", "int", False),
        Column("fee", "numeric(8,2)", False),
        Column("kind", "text", False),
        Column("issued_at", "timestamp", False),
        Column("paid_at", "timestamp"),
    ),
    primary_key=("id",),
    foreign_keys=(ForeignKey(("client_id",), CLIENTS, ("id",)),),
)
TILL = Table(
    "public", "till_days", (Column("day", "date", False), Column("visits", "int", False)), primary_key=("day",)
)
CATALOG = Catalog("postgres", (CLIENT, BILL, TILL), ("public",))
PROFILE = Profile(
    {
        CLIENTS: TableProfile(CLIENTS, 90, (ColumnProfile("name", distinct=90),)),
        BILL.full_name: TableProfile(BILL.full_name, 900, (ColumnProfile("paid_at", nulls=0.2, distinct=500),)),
    }
)


@pytest.fixture(scope="module")
def bank() -> Library:
    return library_of(CATALOG, PROFILE)


def asked(question: str, bank: Library) -> Reading:
    return read(question, bank, now=NOW)


def sql_of(question: str, bank: Library) -> str:
    settled = asked(question, bank).settled
    return settled.compilation.sql if settled else ""


@pytest.mark.parametrize(
    ("sign", "read_as"),
    [(">", ">"), ("<", "<"), (">=", ">="), ("=>", ">="), ("≤", "<="), ("!=", "<>"), ("<>", "<>"), ("=", "=")],
)
def test_signs_compare(sign: str, read_as: str, bank: Library) -> None:
    assert sql_of(f"How many bills where fee {sign} 100?", bank).endswith(f"WHERE fee {read_as} 100")
    assert sql_of(f"How many bills have fee{sign}100?", bank).endswith(f"WHERE fee {read_as} 100")


def test_signs_that_contradict_each_other_are_told(bank: Library) -> None:
    assert asked("How many bills where fee > 100 and fee < 50?", bank).status == "impossible"


def test_an_age_is_told_by_the_year_of_birth(bank: Library) -> None:
    assert sql_of("How many clients are older than 30?", bank).endswith("WHERE birth_year < 1996")
    assert sql_of("How many clients are older than 1980?", bank).endswith("WHERE birth_year < 1980")
    assert asked("How many clients are older than 200?", bank).status != "sure"


def test_what_was_paid_has_a_moment_when(bank: Library) -> None:
    assert sql_of("How many paid bills are there?", bank).endswith("FROM bills WHERE NOT paid_at IS NULL")


def test_another_row_of_the_same_table_is_called_by_its_name(bank: Library) -> None:
    sql = sql_of("Who referred the most clients?", bank)
    assert sql.startswith("SELECT clients_referred_by.name FROM clients JOIN clients AS clients_referred_by")
    assert "GROUP BY clients_referred_by.name, clients.referred_by ORDER BY COUNT(*) DESC" in sql


def test_its_key_is_shown_where_keys_are_asked_for(bank: Library) -> None:
    sql = sql_of("How many clients does each mentor have?", bank)
    assert sql.startswith("SELECT clients_mentor.name, COUNT(*)")
    assert sql_of("What is the mentor id of the client with name 'Ada'?", bank).startswith("SELECT mentor_id FROM")


@pytest.mark.parametrize("question", ["average bills per day last month", "average number of bills per day last month"])
def test_an_average_per_day_is_one_number(question: str, bank: Library) -> None:
    sql = sql_of(question, bank)
    assert "COUNT(*)" in sql and "COUNT(DISTINCT CAST(issued_at AS DATE))" in sql
    assert "GROUP BY" not in sql and "'2026-02-01'" in sql


def test_where_each_row_is_a_day_their_average_is_one_number(bank: Library) -> None:
    sql = sql_of("average visits per day last month", bank)
    assert sql.startswith("SELECT AVG(visits)") and "GROUP BY" not in sql


@pytest.mark.parametrize("question", ["Which clients left?", "How many clients left?", "number of clients who left"])
def test_a_deed_behind_its_rows_says_which_are_meant(question: str, bank: Library) -> None:
    assert sql_of(question, bank).endswith("FROM clients WHERE NOT left_on IS NULL")


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("What is the average balance of clients in euros?", "kept in cents"),
        ("How many clients are there now?", "left_on may tell"),
        ("who", "nothing is named"),
        ("Who is the most referred client?", "neither large nor small"),
    ],
)
def test_what_is_left_open_is_not_sure(question: str, why: str, bank: Library) -> None:
    found = asked(question, bank)
    assert found.status != "sure" and why in found.reason


def test_a_follow_up_about_another_table_is_not_sure(bank: Library) -> None:
    before = asked("How many clients left?", bank).plan
    after = read("show the fees", bank, previous=before, follows=True, now=NOW)
    assert after.status != "sure" and "bills may not be meant" in after.reason


def test_what_cannot_be_joined_is_told_before_words_that_are_left(bank: Library) -> None:
    found = compiled_of(asked("average visits by client", bank))
    assert "There is no known relation between public.till_days and public.clients." in found.words
