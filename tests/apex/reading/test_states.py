"""What rows are and what they lack: states that verbs name, moments that tell what was done, columns left empty."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile, Relation, TableProfile
from tests.apex.reading.conftest import blocks_of

PAIRS = blocks_of(Path(__file__).with_name("states.txt"))

SENDER = Table(
    "public",
    "sender",
    (
        Column("sender_id", "bigint", False),
        Column("full_name", "text", False),
        Column("email", "text"),
        Column("phone", "text"),
        Column("country", "char(2)", False),
        Column("signed_up_at", "timestamp", False),
        Column("blocked_at", "timestamp"),
        Column("accepts_returns", "boolean", False),
    ),
    primary_key=("sender_id",),
)
PARCEL = Table(
    "public",
    "parcel",
    (
        Column("parcel_id", "bigint", False),
        Column("sender_id", "bigint", False),
        Column("status", "text", False),
        Column("weight", "numeric(8,2)", False),
        Column("completed_at", "timestamp"),
        Column("shipped_at", "timestamp"),
        Column("delay_code", "text"),
    ),
    primary_key=("parcel_id",),
)
TICKET = Table(
    "public",
    "ticket",
    (Column("ticket_id", "bigint", False), Column("sender_id", "bigint"), Column("topic", "text", False)),
    primary_key=("ticket_id",),
)
CATALOG = Catalog("postgres", (SENDER, PARCEL, TICKET), ("public",))


def _listed(name: str, *values: str, nulls: float = 0.0) -> ColumnProfile:
    top = tuple((value, 5) for value in values)
    return ColumnProfile(name, nulls=nulls, distinct=len(values), top=top, complete=True)


def _measured(table: Table, *columns: ColumnProfile) -> TableProfile:
    return TableProfile(table.full_name, 50, (ColumnProfile(table.columns[0].name, distinct=50), *columns))


PROFILE = Profile(
    {
        SENDER.full_name: _measured(
            SENDER, _listed("country", "DE", "FR"), _listed("email", nulls=0.2), _listed("phone", nulls=0.2)
        ),
        PARCEL.full_name: _measured(
            PARCEL, _listed("status", "completed", "failed", "lost"), _listed("delay_code", "snow", "strike", nulls=0.9)
        ),
        TICKET.full_name: _measured(TICKET, _listed("topic", "parcel", "refund")),
    },
    tuple(
        Relation(table.full_name, ("sender_id",), SENDER.full_name, ("sender_id",), confidence=0.9, declared=False)
        for table in (PARCEL, TICKET)
    ),
)


@pytest.fixture
def post() -> Library:
    return library_of(CATALOG, PROFILE)


@pytest.mark.parametrize(("question", "sql"), PAIRS)
def test_what_rows_are_is_read_as_a_condition(question: str, sql: str, post: Library) -> None:
    reading = read(question, post)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql.strip()


def test_two_states_at_once_contradict_each_other(post: Library) -> None:
    reading = read("How many parcels are both completed and failed?", post)
    assert reading.status == "impossible"
    assert "status = 'completed' and status = 'failed'" in reading.reason


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("How many parcels were cancelled?", "cancelled"),
        ("How many senders were accepted?", "accepted"),
        ("How many accepted senders are there?", "accepted"),
        ("How many senders complained last month?", "complained"),
        ("How many senders are logged in?", "logged"),
        ("How many senders were written off?", "written"),
        ("How many senders use Windows?", "Windows"),
        ("Which sender has the best parcels?", "best"),
        ("How many senders sent parcels after being warned?", "warned"),
        ("Show the senders who report to Ann", "report"),
    ],
)
def test_a_state_that_nobody_knows_is_not_left_out(question: str, state: str, post: Library) -> None:
    reading = read(question, post, now=datetime(2026, 3, 18, 10, 30, tzinfo=UTC))
    assert reading.status != "sure"
    assert state in reading.unexplained


def test_nobody_is_of_two_countries(post: Library) -> None:
    assert read("How many senders travel from FR to DE?", post).status != "sure"


def test_who_did_something_is_no_moment(post: Library) -> None:
    reading = read("Who shipped parcel 5?", post)
    assert reading.settled and "shipped_at" not in reading.settled.compilation.sql


def test_what_only_exists_is_counted(post: Library) -> None:
    reading = read("How many parcels were sent?", post)
    assert not reading.unexplained


def test_a_slip_of_the_pen_is_mended_and_told(post: Library) -> None:
    meant, slipped = (
        read(question, post) for question in ("How many parcels are there?", "How many parcls are there?")
    )
    assert slipped.settled and meant.settled
    assert slipped.settled.compilation.sql == meant.settled.compilation.sql
    assert slipped.assumptions == ('"parcls" is read as parcel',)
    assert slipped.confidence < meant.confidence


@pytest.mark.parametrize("question", ["How many barcels are there?", "What is the average height of parcels?"])
def test_what_may_be_another_word_is_no_slip(question: str, post: Library) -> None:
    assert read(question, post).status != "sure"


def test_what_is_denied_and_not_understood_is_not_counted(post: Library) -> None:
    reading = read("How many senders never logged in?", post)
    assert reading.status != "sure"
    assert "logged" in reading.unexplained
