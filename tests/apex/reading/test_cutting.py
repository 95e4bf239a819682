"""Where a question is cut."""

import pytest

from apex.language.tokens import tokenize
from apex.linking.names import NameIndex
from apex.linking.values import ValueIndex
from apex.reading.cutting import cut
from apex.reading.things import known_of
from core.catalog import Column, Table
from tests.apex.market import market


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many customers live in Springfield?", {"Springfield"}),
        ("How many customers are there? Springfield only.", set[str]()),
        ("Where is Mr. Simpson?", {"Mr", "Simpson"}),
    ],
)
def test_the_first_word_of_a_sentence_is_no_name_for_its_capital(question: str, names: set[str]) -> None:
    (sentence, *_) = cut(tokenize(question), known_of(NameIndex(market("duckdb").tables), ValueIndex(())))
    found = {piece.text for piece in sentence.pieces if piece.value == "name"}
    assert found == names


@pytest.mark.parametrize(("question", "signs"), [("Show the star rating.", "C"), ('Show the "star" rating.', "VC")])
def test_a_value_that_its_column_is_called_like_is_no_value(question: str, signs: str) -> None:
    hotels = Table("main", "hotels", (Column("star_rating_label", "TEXT"),))
    values = ValueIndex((("main.hotels", "star_rating_label", "star"),))
    (sentence, *_) = cut(tokenize(question), known_of(NameIndex((hotels,)), values))
    assert "".join(piece.sign for piece in sentence.pieces if piece.links) == signs
