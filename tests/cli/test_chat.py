"""A whole sitting through a pipe."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import FOR_THE_MODEL, Datachat, Done

Talk = Callable[..., Done]


@pytest.fixture
def talk(datachat: Datachat, shop: Path) -> Talk:
    """Says one line after the other to the shop."""
    return lambda *lines, **more: datachat("chat", "--db", shop, stdin="\n".join(lines) + "\n", **more)


def test_questions_and_commands(talk: Talk) -> None:
    done = talk("How many rows are in customers?", "/sql", "/trace", "/db", "/new", "/sql", "/nonsense", "", "/help")
    assert done.code == 0
    assert done.out.count("SELECT COUNT(*)") == 2
    assert "| executor " in done.out
    assert "shop\n" in done.out
    assert "A new conversation." in done.err
    assert "The last answer ran no statement." in done.err
    assert "There is no /nonsense." in done.err


@pytest.mark.parametrize("reply", ["2", "stock_south"])
def test_a_clarification_is_answered_in_place(talk: Talk, reply: str) -> None:
    done = talk("How many rows are in stock?", reply)
    assert "  2. stock_south" in done.out
    assert "FROM main.stock_south" in done.out


@pytest.mark.parametrize("word", ["bye", "/quit"])
def test_some_words_leave(talk: Talk, word: str) -> None:
    done = talk(word, "How many rows are in customers?")
    assert (done.code, "Row count" in done.out) == (0, False)


def test_a_follow_up_knows_what_it_follows(talk: Talk) -> None:
    done = talk("Show 2 rows of customers", "How many rows does it have?")
    assert "Row count: 3." in done.out


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        (["run"], "Average: 4.17"),
        (["cancel"], "its review was cancelled"),
        (["edit", "SELECT max(balance) AS highest FROM customers"], "Highest: 10"),
        (["edit", "DELETE FROM customers"], "waits for your review"),
        (["edit", ""], "Nothing was edited."),
    ],
)
def test_a_review_is_answered_in_place(talk: Talk, tmp_path: Path, replies: list[str], said: str) -> None:
    text = "replies:\n  - sql: SELECT round(avg(balance), 2) AS average FROM customers\n    confidence: 0.3\n"
    (tmp_path / "model.yaml").write_text(text)
    done = talk(FOR_THE_MODEL, *replies, DATACHAT_MODEL=f"scripted:{tmp_path / 'model.yaml'}")
    assert said in done.out + done.err


def test_errors_do_not_end_it(talk: Talk) -> None:
    done = talk("/db nowhere", "/db foo://x", "How many rows are in customers?")
    assert "no database named 'nowhere'" in done.err
    assert "Unknown kind of database: foo" in done.err
    assert "Row count: 3." in done.out


def test_bytes_that_are_no_text_are_survived(datachat: Datachat, shop: Path) -> None:
    done = datachat("chat", "--db", shop, stdin=b"\xff\xfe\0\nHow many rows are in customers?")
    assert "Row count: 3." in done.out


def test_a_database_that_cannot_be_opened_ends_it(datachat: Datachat) -> None:
    assert datachat("chat", "--db", "nowhere").code == 2
