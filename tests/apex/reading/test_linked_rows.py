"""Tables that link rows of one table with others of it: friends, likes, current and former addresses."""

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile


def _column(name: str, kind: str = "INTEGER") -> Column:
    return Column(name, kind, False)


def _key(column: str, table: str) -> ForeignKey:
    return ForeignKey((column,), TableName("main", table), ("id",))


CATALOG = Catalog(
    "sqlite",
    (
        Table(
            "main",
            "people",
            (
                _column("id"),
                _column("name", "TEXT"),
                _column("age"),
                _column("current_address_id"),
                _column("former_address_id"),
            ),
            primary_key=("id",),
            foreign_keys=(_key("current_address_id", "addresses"), _key("former_address_id", "addresses")),
        ),
        Table("main", "addresses", (_column("id"), _column("city", "TEXT")), primary_key=("id",)),
        Table(
            "main",
            "friends",
            (_column("person_id"), _column("friend_id")),
            foreign_keys=(_key("person_id", "people"), _key("friend_id", "people")),
        ),
        Table(
            "main",
            "likes",
            (_column("person_id"), _column("liked_id")),
            foreign_keys=(_key("person_id", "people"), _key("liked_id", "people")),
        ),
        Table(
            "main",
            "pets",
            (_column("id"), _column("pet_age"), _column("person_id")),
            primary_key=("id",),
            foreign_keys=(_key("person_id", "people"),),
        ),
        Table(
            "main",
            "votes",
            (_column("person_id"), _column("mayor_vote"), _column("clerk_vote"), _column("year")),
            foreign_keys=(_key("person_id", "people"), _key("mayor_vote", "people"), _key("clerk_vote", "people")),
        ),
    ),
    ("main",),
)


@pytest.fixture
def village() -> Library:
    return library_of(CATALOG, Profile())


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("How many friends does each person have?", "friends.person_id"),
        ("Which people have at least 3 friends?", "friends.person_id"),
        ("Who are the people with the most likes?", "likes.person_id"),
        ("What are the names of people who have no friends?", "friends.person_id"),
        ("What are the names of people who are liked?", "likes.liked_id"),
        ("What is the city of the address with the most people?", "people.current_address_id"),
        ("Which people have mayor votes?", "votes.mayor_vote"),
        ("What is the former address city of each person?", "people.former_address_id"),
    ],
)
def test_a_way_is_taken_between_two_that_lead_there(question: str, way: str, village: Library) -> None:
    reading = read(question, village)
    assert reading.settled, reading.reason
    assert reading.settled.plan.model_dump_json().count(f"main.{way}")


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        (
            "Which people liked at least twice?",
            "SELECT people.name FROM likes JOIN people ON likes.person_id = people.id "
            "GROUP BY people.name, people.id HAVING COUNT(*) >= 2",
        ),
        (
            "What are the names of the people who liked the most?",
            "SELECT people.name FROM likes JOIN people ON likes.person_id = people.id "
            "GROUP BY people.name, people.id ORDER BY COUNT(*) DESC, people.id DESC LIMIT 1",
        ),
        (
            "Find the names of the 3 people who have the most friends.",
            "SELECT people.name FROM friends JOIN people ON friends.person_id = people.id "
            "GROUP BY people.name, people.id ORDER BY COUNT(*) DESC, people.id DESC LIMIT 3",
        ),
        (
            "What are the names of people who have pets that are older than 3?",
            "SELECT name FROM people WHERE id IN (SELECT person_id FROM pets WHERE pet_age > 3)",
        ),
        (
            "What are the ages of people who have mayor votes in the year 2014?",
            "SELECT age FROM people WHERE id IN (SELECT mayor_vote FROM votes WHERE year = 2014)",
        ),
        (
            "What are the cities of addresses that are former addresses of people older than 30?",
            "SELECT city FROM addresses WHERE id IN (SELECT former_address_id FROM people WHERE age > 30)",
        ),
        (
            "What are the names of the people who have clerk votes in both 2014 and 2015?",
            "SELECT name FROM people WHERE id IN (SELECT clerk_vote FROM votes WHERE year = 2014) "
            "AND id IN (SELECT clerk_vote FROM votes WHERE year = 2015)",
        ),
    ],
)
def test_related_rows_are_counted(question: str, sql: str, village: Library) -> None:
    reading = read(question, village)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql


def test_a_linking_table_leads_there_before_rows_of_one_place() -> None:
    towns = Table("main", "towns", (_column("id"), _column("name", "TEXT")), primary_key=("id",))
    living = (_column("id"), _column("name", "TEXT"), _column("town_id"))
    clubs = Table("main", "clubs", living, primary_key=("id",), foreign_keys=(_key("town_id", "towns"),))
    fans = Table("main", "fans", living, primary_key=("id",), foreign_keys=(_key("town_id", "towns"),))
    keys = (_key("fan_id", "fans"), _key("club_id", "clubs"))
    cards = Table("main", "cards", (_column("fan_id"), _column("club_id")), foreign_keys=keys)
    reading = read(
        "Which fans have no club?", library_of(Catalog("sqlite", (towns, clubs, fans, cards), ("main",)), Profile())
    )
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == (
        "SELECT fans.name FROM fans WHERE NOT EXISTS(SELECT 1 FROM cards WHERE cards.fan_id = fans.id)"
    )


PORTS = Table("main", "ports", (_column("id"), _column("country", "TEXT")), primary_key=("id",))
FERRIES = Table(
    "main",
    "ferries",
    (_column("id"), _column("origin_id"), _column("destination_id"), _column("stops")),
    primary_key=("id",),
    foreign_keys=(_key("origin_id", "ports"), _key("destination_id", "ports")),
)
TRAINS = Table(
    "main", "trains", (_column("id"), _column("source", "TEXT"), _column("target", "TEXT")), primary_key=("id",)
)


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        (
            "How many ferries go from Norway to Denmark?",
            "SELECT COUNT(*) AS ferries_count FROM ferries JOIN ports ON ferries.origin_id = ports.id "
            "JOIN ports AS ports_destination ON ferries.destination_id = ports_destination.id "
            "WHERE ports.country = 'Norway' AND ports_destination.country = 'Denmark'",
        ),
        (
            "How many trains go from Oslo to Bergen?",
            "SELECT COUNT(*) AS trains_count FROM trains WHERE source = 'Oslo' AND target = 'Bergen'",
        ),
    ],
)
def test_from_and_to_say_where_something_begins_and_ends(question: str, sql: str) -> None:
    countries = ColumnProfile("country", top=(("Norway", 4), ("Denmark", 3)), distinct=2, complete=True)
    listed = (("Oslo", 4), ("Bergen", 3))
    towns = tuple(ColumnProfile(name, top=listed, distinct=2, complete=True) for name in ("source", "target"))
    measured = {
        PORTS.full_name: TableProfile(PORTS.full_name, 7, (countries,)),
        TRAINS.full_name: TableProfile(TRAINS.full_name, 7, towns),
    }
    reading = read(question, library_of(Catalog("sqlite", (PORTS, FERRIES, TRAINS), ("main",)), Profile(measured)))
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql
