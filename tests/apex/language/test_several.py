"""Several questions in one text are told apart, and one that only looks so stays whole."""

import pytest

from apex.language.several import joined_in, questions_in

ONE = (
    "How many loans are active?",
    "What do these cost? Show the price.",
    "Which pet is the youngest, and how much does it weigh?",
    "What is the oldest loan? And its amount?",
    "Which stations have ten bikes and are not in San Jose?",
)


def test_sentences_that_each_ask_are_several() -> None:
    text = "How many loans are active? What was revenue yesterday?\nWhich gateway is best?"
    assert questions_in(text) == ["How many loans are active?", "What was revenue yesterday?", "Which gateway is best?"]


def test_questions_that_are_joined_are_several() -> None:
    text = "How many loans are there, and what was the revenue yesterday?"
    assert joined_in(text) == ["How many loans are there?", "What was the revenue yesterday?"]


@pytest.mark.parametrize("text", ONE)
def test_other_texts_stay_whole(text: str) -> None:
    assert questions_in(text) == [text]
    assert joined_in(text) == [text]


def test_a_broken_line_is_one_question() -> None:
    text = "How many rows\nare in customers?"
    assert questions_in(text) == [text]
