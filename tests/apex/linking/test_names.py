import pytest

from apex.linking.names import NameIndex, shortens
from apex.linking.values import ValueIndex
from core.catalog import Column, ForeignKey, Table, TableName

STUDENTS = Table(
    "main",
    "Students",
    tuple(
        Column(name, "TEXT")
        for name in ("StuID", "fname", "date_of_birth", "Number_of_pets", "city_name", "Directed_by")
    ),
)
INDEX = NameIndex((STUDENTS,), {"main.Students": ["pupils"]})


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("first name", "fname"),
        ("birth date", "date_of_birth"),
        ("number of pets", "Number_of_pets"),
        ("student id", "StuID"),
        ("id", "StuID"),
        ("directed", "Directed_by"),
    ],
)
def test_columns_are_found_by_what_people_say(words: str, column: str) -> None:
    assert INDEX.find(tuple(words.split()))[0].column == column


def test_a_synonym_names_a_table() -> None:
    assert [(link.kind, link.table) for link in INDEX.find(("pupils",))] == [("table", "main.Students")]


def test_rows_are_called_by_their_key() -> None:
    members = Table("main", "members", (Column("user_id", "INTEGER"), Column("city", "TEXT")))
    assert [(link.kind, link.table) for link in NameIndex((members,)).find(("users",))][:1] == [
        ("table", "main.members")
    ]


def test_an_exact_name_is_surer_than_a_part() -> None:
    assert INDEX.find(("city", "name"))[0].score > INDEX.find(("city",))[0].score


def test_a_count_is_no_number_of_a_card() -> None:
    cards = NameIndex((Table("main", "cards", (Column("card_number", "TEXT"),)),))
    assert [link.kind for link in cards.find(("number", "of", "cards"))] == []


@pytest.mark.parametrize(
    ("terse", "words", "fits"),
    [("fname", ("first", "name"), True), ("lat", ("latitude",), True), ("lname", ("first", "name"), False)],
)
def test_shortened_words(terse: str, words: tuple[str, ...], fits: bool) -> None:
    assert shortens(terse, words) is fits


VALUES = ValueIndex([("main.t", "sex", "F"), ("main.t", "country", "United States"), ("main.t", "kind", "cat")])


@pytest.mark.parametrize(("words", "value"), [("cats", "cat"), ("female", "F"), ("usa", "United States")])
def test_values_are_found_by_other_words(words: str, value: str) -> None:
    assert [link.value for link in VALUES.find(tuple(words.split()))] == [value]


VALID = Table(
    "main",
    "cards",
    (
        Column("card_code", "TEXT", False),
        Column("card_type_code", "TEXT"),
        Column("bank_code", "TEXT"),
        Column("date_valid_from", "DATE"),
        Column("date_valid_to", "DATE"),
    ),
    primary_key=("card_code",),
    foreign_keys=(ForeignKey(("bank_code",), TableName("main", "banks"), ("code",)),),
)


@pytest.mark.parametrize(
    ("words", "column"),
    [("valid", "date_valid_from"), ("valid to dates", "date_valid_to"), ("card type", "card_type_code")],
)
def test_names_that_differ_in_their_last_word(words: str, column: str) -> None:
    assert NameIndex((VALID,)).find(tuple(words.split()))[0].column == column


def test_a_code_of_something_else_is_not_what_it_stands_for() -> None:
    scores = {link.column: link.score for word in ("bank", "type") for link in NameIndex((VALID,)).find((word,))}
    assert scores["bank_code"] < scores["card_type_code"]


def test_rows_are_called_by_what_their_name_begins_with() -> None:
    columns = (Column("book_club_id", "INTEGER"), Column("book_title", "TEXT"))
    index = NameIndex((Table("main", "book_clubs", columns), Table("main", "book_has_author", columns[:1])))
    assert [link.table for link in index.find(("books",)) if link.kind == "table"][:1] == ["main.book_clubs"]


def test_what_stands_between_the_words_of_a_name_is_no_part_of_it() -> None:
    artists = Table("main", "artists", (Column("name", "TEXT"), Column("Year_Join", "INTEGER")))
    shows = Table("main", "shows", (Column("Year", "INTEGER"),))
    assert NameIndex((artists, shows)).find(("year", "they", "joined"))[0].column == "Year_Join"
