"""What a question defines itself stands where it speaks of it."""

import pytest

from apex.language.definitions import defined
from apex.language.tokens import tokenize


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("the average daily spread, i.e. high minus low, per symbol", "the average high minus low per symbol"),
        ("the total cost (units times price) by maker", "the total units times price by maker"),
        ("the change in price (close minus open)", "the close minus open"),
        ("the number of users (active ones)", "the number of users ( active ones )"),
        ("Which sales are late? The city is Oslo.", "Which sales are late ? The city is Oslo ."),
    ],
)
def test_names_are_exchanged_for_what_they_mean(question: str, meant: str) -> None:
    assert " ".join(token.text for token in defined(tokenize(question))) == meant
