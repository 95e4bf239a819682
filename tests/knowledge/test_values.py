from collections.abc import Sequence

import pytest

from core.catalog import TableName
from core.profile import ColumnValues
from knowledge.values import find_values, fold, keep_values, phrases_of

KEY = "db"


class InMemory:
    """The store of values as a list."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, str, str]] = []

    async def save(
        self, key: str, table: TableName, column: str, values: Sequence[tuple[str, str]], *, complete: bool
    ) -> bool:
        self.rows += [(key, table.schema, table.name, column, folded, value) for folded, value in values]
        return True

    async def look_up(
        self, keys: Sequence[str], *, exact: Sequence[str], starts: Sequence[str]
    ) -> Sequence[tuple[str, str, str, str, str, str]]:
        return [row for row in self.rows if row[0] in keys and (row[4] in exact or row[4].startswith(tuple(starts)))]


@pytest.fixture
async def store() -> InMemory:
    kept = InMemory()
    held = {
        "name": ("Boeing", "Airbus", "De Havilland Canada"),
        "city": ("São Paulo", "New York", "Berlin"),
        "part": ("Screws", "Washers", "x" * 300),
    }
    for column, values in held.items():
        await keep_values(kept, KEY, ColumnValues(TableName("public", "manufacturers"), column, values))
    return kept


@pytest.mark.parametrize(
    ("question", "column", "value"),
    [
        ("How many planes does Boeing make?", "name", "Boeing"),
        ("planes by boeing", "name", "Boeing"),
        ("which suppliers are in Sao Paulo", "city", "São Paulo"),
        ("offices in new york", "city", "New York"),
        ("how many screw were sold", "part", "Screws"),
        ("parts made by De Havilland", "name", "De Havilland Canada"),
        ("How many planes are from Boeimg?", "name", "Boeing"),
    ],
)
async def test_a_value_is_found_as_people_say_it(store: InMemory, question: str, column: str, value: str) -> None:
    found = (await find_values(store, question, [KEY]))[KEY]
    assert [(each.table, each.column, each.value) for each in found] == [("public.manufacturers", column, value)]


@pytest.mark.parametrize("question", ["", "how many are there", "?" * 500, "\ud800", "Berliner Luft is what?"])
async def test_what_names_no_value_finds_none(store: InMemory, question: str) -> None:
    assert not await find_values(store, question, [KEY])


async def test_another_database_has_values_of_its_own(store: InMemory) -> None:
    assert not await find_values(store, "Boeing", ["other"])


async def test_a_longer_phrase_hides_what_stands_in_it(store: InMemory) -> None:
    await keep_values(store, KEY, ColumnValues(TableName("public", "words"), "word", ("York", "New")))
    found = (await find_values(store, "offices in New York", [KEY]))[KEY]
    assert [each.value for each in found] == ["New York"]


async def test_a_value_that_stands_everywhere_says_nothing(store: InMemory) -> None:
    for number in range(120):
        await keep_values(store, KEY, ColumnValues(TableName("public", f"t{number}"), "a", ("Acme",)))
    assert not await find_values(store, "orders of Acme", [KEY])


def test_folding() -> None:
    assert fold("  São-Paulo   Cities ") == "sao paulo city"


def test_many_words_make_few_phrases() -> None:
    assert len(list(phrases_of("word " * 10_000))) < 400
