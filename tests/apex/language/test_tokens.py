import pytest

from apex.language.tokens import tokenize
from apex.language.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two dozen", [24]),
        ("more than 1.5k dollars", [1500]),
        ("3 million", [3_000_000]),
        ("a dozen eggs", [12]),
        ("1,250.5", [1250.5]),
        ("twenty one", [21]),
        ("20% of them", [20]),
        ("4-cylinder", [4]),
        ("no numbers", []),
    ],
)
def test_numbers(text: str, numbers: list[float]) -> None:
    assert [token.number for token in tokenize(text) if token.number is not None] == numbers


def test_quoted_texts_are_one_token() -> None:
    quoted = [token.text for token in tokenize("the 'King Book' and \"US museum\"") if token.kind == "quoted"]
    assert quoted == ["King Book", "US museum"]


def test_a_possessive_is_a_word_of_its_own() -> None:
    assert [token.folded for token in tokenize("O'Brien's students' names")] == [
        "o'brien",
        "'s",
        "students",
        "'s",
        "names",
    ]


def test_tokens_know_their_place() -> None:
    text = "How many students?"
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))


def test_phrases_have_one_meaning() -> None:
    words = vocabulary()
    assert words.marks["at", "least"].value == ">="
    assert words.marks["or", "more"].name == "behind"
    assert words.adjectives["youngest",].more == 2
    assert ("sex",) in words.synonyms[("gender",)]
