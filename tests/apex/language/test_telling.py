"""How the numbers of an answer are to be told is read, and is no part of what is asked."""

import pytest

from apex.language.telling import telling


@pytest.mark.parametrize(
    ("question", "asked", "decimals", "share"),
    [
        ("the average price, rounded to 2 decimals?", "the average price ?", 2, ""),
        ("the share of A. Give it as a percentage rounded to one decimal place.", "the share of A .", 1, "percent"),
        ("Return the ratio (as a decimal) and the name.", "Return the ratio and the name .", None, "decimal"),
        ("the average height to the nearest integer per team", "the average height per team", 0, ""),
        ("the fee as a percentage of the price", "the fee as a percentage of the price", None, ""),
        ("ordered by rating in percent from big to small", "ordered by rating in percent from big to small", None, ""),
        ("people called 'rounded to 2 decimals'", "people called rounded to 2 decimals", None, ""),
        ("How many sales are there?", "How many sales are there ?", None, ""),
    ],
)
def test_how_numbers_are_told(question: str, asked: str, decimals: int | None, share: str) -> None:
    tokens, said = telling(question)
    assert " ".join(token.text for token in tokens) == asked
    assert (said.decimals, said.share) == (decimals, share)
