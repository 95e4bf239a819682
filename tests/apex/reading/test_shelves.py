"""Books that lie in rooms: a table that relates them holds where and when, and refers by a number to a text."""

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import Profile


def _number(name: str) -> Column:
    return Column(name, "INTEGER", False)


def _text(name: str) -> Column:
    return Column(name, "TEXT", False)


def _key(column: str, table: str) -> ForeignKey:
    return ForeignKey((column,), TableName("main", table), ("id",))


CATALOG = Catalog(
    "sqlite",
    (
        Table("main", "books", (_number("id"), _text("title"), _number("publisher_id")), primary_key=("id",),
              foreign_keys=(_key("publisher_id", "publishers"),)),
        Table("main", "publishers", (_text("id"), _text("name")), primary_key=("id",)),
        Table("main", "rooms", (_number("id"), _text("name")), primary_key=("id",)),
        Table("main", "shelves", (_number("book_id"), _number("room_id"), Column("until_date", "DATE", False),
              Column("placed_date", "DATE", False), _text("side")), primary_key=("book_id", "room_id"),
              foreign_keys=(_key("book_id", "books"), _key("room_id", "rooms"))),
    ),
    ("main",),
)  # fmt: skip


@pytest.fixture
def archive() -> Library:
    return library_of(CATALOG, Profile())


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        (
            "What are the sides of the shelves with at least 2 books?",
            "SELECT side FROM shelves GROUP BY side HAVING COUNT(*) >= 2",
        ),
        (
            "What are the ids and names of publishers with at least 3 books?",
            "SELECT publishers.id, publishers.name FROM books JOIN publishers ON books.publisher_id = publishers.id "
            "GROUP BY publishers.id, publishers.name HAVING COUNT(*) >= 3",
        ),
    ],
)
def test_relations_are_counted_and_keys_are_their_own(question: str, sql: str, archive: Library) -> None:
    reading = read(question, archive)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql


def test_what_begins_tells_more_than_what_ends(archive: Library) -> None:
    shelves = archive.model.entity("main.shelves")
    assert shelves
    assert shelves.times == ("placed_date", "until_date")
