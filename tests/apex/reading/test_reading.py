"""Questions and what they are read as."""

from pathlib import Path

import pytest

from apex.compile import compile_plan
from apex.reading.engine import Reading, read
from apex.reading.library import Library
from apex.reading.outcomes import chosen_of, compiled_of
from core.values import Exchange
from core.values.plans import Plan
from tests.apex.reading.conftest import blocks_of

PAIRS = blocks_of(Path(__file__).with_name("questions.txt"))


def sql_of(question: str, school: Library, previous: Plan | None = None) -> str:
    reading = read(question, school, previous=previous, follows=previous is not None)
    assert reading.settled, reading.reason
    return reading.settled.compilation.sql


def plan_of(question: str, school: Library) -> Plan:
    plan = read(question, school).plan
    assert plan
    return plan


@pytest.mark.parametrize(("question", "sql"), PAIRS)
def test_a_question_is_read_as_a_statement(question: str, sql: str, school: Library) -> None:
    assert sql_of(question, school) == sql.strip()


@pytest.mark.parametrize("question", [pair[0] for pair in PAIRS[:5]])
def test_what_is_plain_is_sure(question: str, school: Library) -> None:
    reading = read(question, school)
    assert (reading.status, compiled_of(reading).status) == ("sure", "ready")


def test_a_word_that_nothing_explains_is_named(school: Library) -> None:
    compiled = compiled_of(read("What is the glorbification of students?", school))
    assert compiled.status == "incomplete"
    assert "glorbification" in compiled.words


@pytest.mark.parametrize(
    "question",
    ["How do scientists determine the age of fossils?", "Can we ever truly know ourselves?", "", "??", "1 2 3", "'"],
)
def test_what_these_data_cannot_answer_is_not_answered(question: str, school: Library) -> None:
    assert read(question, school).status != "sure"


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("How many are there?", "SELECT COUNT(*) AS students_count FROM students WHERE country = 'France'"),
        ("What are their ages?", "SELECT age FROM students WHERE country = 'France'"),
        ("What about Japan?", "SELECT name FROM students WHERE country = 'Japan'"),
        ("Only those older than 20", "SELECT name FROM students WHERE country = 'France' AND age > 20"),
    ],
)
def test_a_question_changes_the_one_before(question: str, sql: str, school: Library) -> None:
    before = plan_of("What are the names of students from France?", school)
    assert sql_of(question, school, before) == sql


def test_what_points_back_at_nothing_understood_is_not_sure(school: Library) -> None:
    assert read("What are their names?", school, follows=True).status != "sure"


@pytest.mark.parametrize(
    "question",
    [
        "Which students are older than 30 and younger than 20?",
        "How many students are older than 30 and younger than 20?",
    ],
)
def test_ranges_that_contradict_each_other_are_told(question: str, school: Library) -> None:
    compiled = compiled_of(read(question, school))
    assert compiled.status == "impossible"
    assert compiled.words == "The conditions contradict each other: nothing has age > 30 and age < 20 at once."


def test_what_several_rows_share_may_have_both(school: Library) -> None:
    found = sql_of("Show the countries of students older than 30 and of students younger than 20.", school)
    assert "INTERSECT" in found


def test_every_plan_compiles_for_other_engines_too(school: Library) -> None:
    plan = plan_of("What are the names of students older than 20?", school)
    found = compile_plan(plan, school.model, "postgres")
    assert not hasattr(found, "message")


def test_a_question_reads_the_same_every_time(school: Library) -> None:
    question = "Which students from France have the most pets?"
    assert read(question, school) == read(question, school)


def test_two_close_readings_are_both_told_and_one_is_chosen(school: Library) -> None:
    settled = read("How many students are there?", school).settled
    rival = read("How many pets are there?", school).settled
    twofold = Reading(status="twofold", settled=settled, rival=rival, confidence=0.6)
    compiled = compiled_of(twofold)
    readings = [(each.status, each.sql, each.confidence) for each in compiled.readings]
    assert readings == [
        ("ready", "SELECT COUNT(*) AS students_count FROM students", 0.6),
        ("ready", "SELECT COUNT(*) AS pets_count FROM pets", 0.6),
    ]
    asked = compiled.clarification
    assert asked
    assert asked.options == ["number of students", "number of pets"]
    chosen = chosen_of(compiled, [Exchange(clarification=asked, reply="number of pets")])
    assert chosen
    assert (chosen.status, chosen.sql, chosen.confidence) == ("ready", "SELECT COUNT(*) AS pets_count FROM pets", 1.0)
    assert chosen_of(compiled, [Exchange(clarification=asked, reply="neither")]) is None


@pytest.mark.parametrize(("reply", "status"), [("number of students", "ready"), ("no", "incomplete"), ("by age", None)])
def test_a_likely_reading_is_asked_about(school: Library, reply: str, status: str | None) -> None:
    settled = read("How many students are there?", school).settled
    compiled = compiled_of(Reading(status="likely", settled=settled, confidence=0.6, reason="number of students"))
    assert compiled.status == "incomplete"
    asked = compiled.clarification
    assert asked
    assert asked.options == ["number of students"]
    chosen = chosen_of(compiled, [Exchange(clarification=asked, reply=reply)])
    assert (chosen and chosen.status) == status


def test_readings_that_are_the_same_in_words_are_not_asked_about(school: Library) -> None:
    settled = read("How many students are there?", school).settled
    assert compiled_of(Reading(status="twofold", settled=settled, rival=settled)).status == "incomplete"


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which majors have the most students?", True),
        ("What are the most common majors of students?", True),
        ("Which major has the most students?", False),
        ("Which 3 majors have the most students?", False),
    ],
)
def test_several_are_not_answered_by_one(question: str, several: bool, school: Library) -> None:
    reading = read(question, school)
    assert ("several are asked for" in reading.reason) is several, reading.reason
    assert not (several and reading.status == "sure")


def test_no_text_that_is_listed_is_above_a_number(school: Library) -> None:
    reading = read("How many students have a country above 200?", school)
    assert reading.status != "sure"
    assert reading.settled is None or "country >" not in reading.settled.compilation.sql


def test_what_is_less_certain_than_wanted_is_left_to_a_model(school: Library) -> None:
    reading = read(PAIRS[0][0], school)
    assert compiled_of(reading, least=reading.confidence).status == "ready"
    left = compiled_of(reading, least=reading.confidence + 0.01)
    assert (left.status, left.source, left.clarification) == ("incomplete", "model", None)
