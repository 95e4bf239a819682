"""A participle that nobody knows may say which things are meant, and is then no word to leave out."""

import pytest

from apex.reading.engine import read
from apex.reading.library import Library


@pytest.mark.parametrize(
    "question",
    ["What is the average age of graduated students?", "How many expelled students are there in each country?"],
)
def test_before_what_it_describes_it_stays_unexplained(question: str, school: Library) -> None:
    reading = read(question, school)
    assert reading.status != "sure"
    assert {"graduated", "expelled"} & set(reading.unexplained)


def test_behind_a_relative_it_only_relates(school: Library) -> None:
    assert "attended" not in read("How many students who attended lessons are from Peru?", school).unexplained


def test_the_same_question_is_read_once(school: Library) -> None:
    first = read("How many students are there?", school)
    assert read("How many students are there?", school).settled is first.settled
