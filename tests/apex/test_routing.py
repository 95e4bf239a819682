import pytest

from apex.routing import mention, route
from core.values import LikelyDatabase

NAMES = ["sales", "warehouse", "hr_1"]


def likely(*scores: float) -> list[LikelyDatabase]:
    return [
        LikelyDatabase(name=name, score=score, default=name == "sales")
        for name, score in zip(NAMES, scores, strict=True)
    ]


@pytest.mark.parametrize(
    ("question", "name", "rest"),
    [
        ("In warehouse, how many orders are there?", "warehouse", "How many orders are there?"),
        ("warehouse: how many orders?", "warehouse", "How many orders?"),
        ("how many orders in the warehouse database?", "warehouse", "How many orders?"),
        ("how many people are in database hr-1?", "hr_1", "How many people are?"),
        ('using "HR 1", how many people work there?', "hr_1", "How many people work there?"),
        ("How many orders, in sales?", "sales", "How many orders?"),
    ],
)
def test_an_address_is_heard_and_taken_off(question: str, name: str, rest: str) -> None:
    assert mention(question, NAMES) == (name, rest)


@pytest.mark.parametrize("question", ["total sales by month", "what is in the warehouse", "In warehouse,", "sales"])
def test_a_name_alone_is_no_address(question: str) -> None:
    assert mention(question, NAMES) is None


def test_a_mention_comes_first() -> None:
    routed = route("in hr_1, who works most?", likely(0.9, 0, 0), last="sales", follows=True)
    assert (routed.database, routed.certainty, routed.question) == ("hr_1", 1.0, "Who works most?")


def test_a_follow_up_stays_where_it_was() -> None:
    assert route("and by country?", likely(0.9, 0.1, 0), last="warehouse", follows=True).database == "warehouse"


def test_the_likeliest_is_taken() -> None:
    routed = route("stock per shelf", likely(0.2, 0.6, 0.1), last="sales")
    assert (routed.database, routed.tied) == ("warehouse", ())
    assert 0.7 < routed.certainty < 0.9


def test_a_tie_asks_unless_the_conversation_decides() -> None:
    routed = route("how many orders", likely(0.1, 0.5, 0.5))
    assert set(routed.tied) == {"warehouse", "hr_1"}
    assert route("how many orders", likely(0.1, 0.5, 0.5), last="hr_1").database == "hr_1"


def test_the_default_is_last() -> None:
    assert route("hm", likely(0, 0, 0)).database == "sales"
    assert route("hm", likely(0, 0, 0), last="hr_1").database == "hr_1"
