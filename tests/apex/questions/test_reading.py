import pytest

from apex.names import Names
from apex.questions.reading import read, words_in
from core.catalog import Catalog


def _marks(text: str, catalog: Catalog | None = None) -> list[tuple[str, str]]:
    return [(piece.mark, piece.folded) for piece in read(text, Names(catalog) if catalog else None).pieces]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("orders.", [("orders",)]),
        ("sales.orders", [("sales", "orders")]),
        ('sales."Order Items"', [("sales", "Order Items")]),
        ("`a b`.[c d]", [("a b", "c d")]),
        ("'order items'", [("order items",)]),
        ("what's the customer's name", [("what",), ("the",), ("customer",), ("name",)]),
        ("“Gift Cards”", [("Gift Cards",)]),
        ("don't", [("don",)]),
        ("3.5", [("3", "5")]),
        ("a-b", [("a",), ("b",)]),
        ("größe кот 表", [("größe",), ("кот",), ("表",)]),
        ("", []),
        ('"""', []),
    ],
)
def test_words(text: str, parts: list[tuple[str, ...]]) -> None:
    assert [word.parts for word in words_in(text)] == parts


def test_places_lead_back_into_the_text() -> None:
    text = "what's in “Gift Cards” and order's?"
    assert [text[word.start : word.end] for word in words_in(text)] == ["what", "in", "“Gift Cards”", "and", "order"]


def test_the_longest_phrase_wins() -> None:
    assert ("primary key", "primary key") in _marks("the primary key of x")
    assert ("row count", "row count") in _marks("row count of x")


def test_unknown_words_side_by_side_are_one_name() -> None:
    assert _marks("columns of gift voucher") == [("column", "columns"), ("glue", "of"), ("unknown", "gift voucher")]


def test_names_of_several_words_beat_single_words_of_the_vocabulary(catalog: Catalog) -> None:
    assert ("name", "order items") in _marks("columns of order items", catalog)
    assert ("name", "gift cards") in _marks("preview gift cards", catalog)


@pytest.mark.parametrize(
    ("word", "mark"),
    [("colums", "column"), ("tabels", "table"), ("shcemas", "schema"), ("relatonships", "relationship")],
)
def test_typing_errors_in_the_vocabulary_are_forgiven(word: str, mark: str) -> None:
    assert _marks(word)[0][0] == mark


@pytest.mark.parametrize("word", ["cable", "stable", "sale", "district", "conducted", "colon", "defaulted", "tabled"])
def test_other_words_are_not_corrected(word: str) -> None:
    assert _marks(word)[0][0] == "unknown"


def test_a_word_of_the_catalog_is_never_corrected() -> None:
    from core.catalog import Table

    catalog = Catalog("sqlite", (Table("main", "tabel_x", ()),), ("main",))
    assert _marks("tabel", catalog)[0][0] == "unknown"


@pytest.mark.parametrize(
    ("text", "number"), [("5 rows", 5), ("three rows", 3), ("rows", None), ("1 of 2", None), ("9" * 30, None)]
)
def test_numbers(text: str, number: int | None) -> None:
    assert read(text).number == number


def test_where_a_name_stands() -> None:
    linked = {piece.folded: piece.linked for piece in read("how many rows failed in orders").pieces}
    assert linked["orders"]
    assert not linked["failed"]
