"""What people say around a question, which asks nothing."""

import pytest

from apex.language.courtesies import asked


def kept(question: str) -> str:
    return " ".join(token.text for token in asked(question))


@pytest.mark.parametrize(
    "opening",
    [
        "Hi team,",
        "Could you please tell me",
        "I was wondering",
        "I'd like to know",
        "Good morning! I am interested in",
        "Would you mind telling me",
        "That's helpful, thanks. Can you help me find out",
        "Next question,",
        "Sorry, I meant",
    ],
)
def test_what_leads_to_a_question_asks_nothing(opening: str) -> None:
    assert kept(f"{opening} how many shops are there?") == "how many shops are there ?"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Can you show the names of shops?", "show the names of shops ?"),
        ("I want to know the names of shops.", "know the names of shops ."),
        ("Would you kindly list the shops, please?", "kindly list the shops"),
        ("See which shops are open", "which shops are open"),
        ("See all shops", "See all shops"),
        ("Thank you!", "Thank you !"),
    ],
)
def test_what_asks_is_left(said: str, left: str) -> None:
    assert kept(said) == left
