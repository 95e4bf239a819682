"""Questions that follow others: what they change, what they leave, and how sure that is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from apex.reading.engine import Reading, read
from apex.reading.library import Library
from tests.apex.reading.conftest import blocks_of

TURNS = blocks_of(Path(__file__).with_name("conversations.txt"))


def answered(school: Library, *questions: str) -> Reading:
    """The reading of the last question, each read behind the one before."""
    first, *others = questions
    reading = read(first, school)
    for question in others:
        reading = read(question, school, previous=reading.plan, certain=reading.confidence, follows=True)
    return reading


def sql(reading: Reading) -> str:
    assert reading.settled, reading.reason
    return reading.settled.compilation.sql


@pytest.mark.parametrize(("first", "then", "statement"), TURNS)
def test_a_question_changes_the_one_before(first: str, then: str, statement: str, school: Library) -> None:
    assert sql(answered(school, first, then)) == statement


@pytest.mark.parametrize(
    "whole",
    [
        "What is the average weight of pets?",
        "What are the names of students from Japan?",
        "And how many pets are there?",
        "How many students are there for each country?",
    ],
)
def test_what_is_complete_is_read_alone(whole: str, school: Library) -> None:
    then = answered(school, "What are the names of students from France?", whole)
    alone = read(whole, school)
    assert sql(then) == sql(alone)
    assert then.status == "sure"
    assert then.confidence == pytest.approx(alone.confidence, abs=0.03)


def test_an_uncertain_question_before_does_not_spoil_a_complete_one(school: Library) -> None:
    then = answered(school, "What is the glorbification of students?", "How many students are from Japan?")
    assert then.status == "sure"


def test_what_changes_an_uncertain_question_is_uncertain_too(school: Library) -> None:
    then = answered(school, "What is the glorbification of grumbled students?", "How many of them are from Japan?")
    assert then.status != "sure"


@pytest.mark.parametrize("pointing", ["What are their names?", "How many of those are there?", "Sort them by age."])
def test_what_points_at_nothing_understood_is_not_sure(pointing: str, school: Library) -> None:
    assert read(pointing, school, follows=True).status != "sure"


def test_it_is_said_that_nothing_is_asked_of_others(school: Library) -> None:
    then = answered(school, "What is the average age of students?", "What about pets?")
    assert then.status != "sure"


@pytest.mark.parametrize("then", ["Only the students", "Which of them are the countries?", "hide the age"])
def test_what_changes_nothing_is_not_sure(then: str, school: Library) -> None:
    assert answered(school, "What are the names of students from France?", then).status != "sure"


@pytest.mark.parametrize("said", ["Great, that is all.", "Thank you very much!", "Yes, thank you"])
def test_what_asks_nothing_is_not_answered(said: str, school: Library) -> None:
    assert answered(school, "How many students are there?", said).status == "nothing"


def test_what_is_shown_is_not_all_that_was_asked(school: Library) -> None:
    asked = "Which grumbled student flurbs the most? | do you want the name of the student? | Yes"
    assert read(asked, school).status != "sure"


def test_what_is_to_be_shown_is_shown_of_what_was_asked(school: Library) -> None:
    asked = "Which students are from France? | do you want the names of the students? | Yes"
    assert sql(read(asked, school)) == "SELECT name FROM students WHERE country = 'France'"


def test_what_was_not_understood_does_not_wear_off(school: Library) -> None:
    more = ["Also show their ages.", "Only those from France", "Sort them by age.", "How many are there?"]
    last = answered(school, "What are the names of the grumbled students?", *more)
    assert last.status != "sure"


def test_names_of_rows_that_were_not_understood_are_not_even_asked_about(school: Library) -> None:
    assert answered(school, "How many of the students are flurbed?", "What are their names?").status == "unsure"


def test_a_change_is_surer_behind_a_surer_question(school: Library) -> None:
    before = read("What are the names of students from France?", school)

    def behind(certain: float) -> float:
        then = read("How many are there?", school, previous=before.plan, certain=certain, follows=True)
        return then.confidence

    told = [behind(certain) for certain in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert told == sorted(told)
    assert told[0] < 0.3 < 0.8 < told[-1]


def test_a_conversation_goes_on_over_several_turns(school: Library) -> None:
    last = answered(
        school,
        "What are the names of students from France?",
        "Only those older than 20",
        "What about Japan?",
        "How many are there?",
    )
    assert sql(last) == "SELECT COUNT(*) AS students_count FROM students WHERE age > 20 AND country = 'Japan'"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Hello! How many students are there?", "How many students are there?"),
        ("Thanks! And now how many pets are there, please?", "How many pets are there?"),
        ("Ok, great. What is the average age of students?", "What is the average age of students?"),
    ],
)
def test_courtesies_ask_nothing(said: str, meant: str, school: Library) -> None:
    assert sql(read(said, school)) == sql(read(meant, school))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("How many pupils are there? | Did you mean the number of students? | Yes", "How many students are there?"),
        (
            "List the students | Do you want the names of all students? | yes please",
            "What are the names of all students?",
        ),
        ("List the pupils | Do you mean the names of all students? | yes sir", "What are the names of all students?"),
        ("How many pets? | Which pets? | How many students are there?", "How many students are there?"),
    ],
)
def test_a_reply_says_what_was_meant(said: str, meant: str, school: Library) -> None:
    assert sql(read(said, school)) == sql(read(meant, school))


@pytest.mark.parametrize(
    ("first", "then", "statement"),
    [
        (
            "How many students enrolled last year?",
            "and this year?",
            "SELECT COUNT(*) AS students_count FROM students "
            "WHERE enrolled_on >= '2021-01-01' AND enrolled_on < '2022-01-01'",
        ),
        (
            "How many students enrolled last year?",
            "and from France?",
            "SELECT COUNT(*) AS students_count FROM students "
            "WHERE country = 'France' AND enrolled_on >= '2020-01-01' AND enrolled_on < '2021-01-01'",
        ),
        (
            "What are the names of students who enrolled last year?",
            "since 2015",
            "SELECT name FROM students WHERE enrolled_on >= '2015-01-01'",
        ),
    ],
)
def test_a_time_stands_for_the_time_before(first: str, then: str, statement: str, school: Library) -> None:
    now = datetime(2021, 5, 3, tzinfo=UTC)
    before = read(first, school, now=now)
    assert sql(read(then, school, now=now, previous=before.plan, certain=1.0, follows=True)) == statement


def test_another_number_needs_one_to_stand_for(school: Library) -> None:
    assert answered(school, "What are the names of students from France?", "at least 5?").status != "sure"
