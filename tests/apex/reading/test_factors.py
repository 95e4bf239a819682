"""What readings are measured by: each number follows from the question, the plan and the profile."""

from dataclasses import replace

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of


def _measured(question: str, school: Library) -> dict[str, float]:
    return dict(read(question, school).measured)


def test_steps_of_the_statement_are_counted(school: Library) -> None:
    counted = _measured("How many students are from France or Japan?", school)
    assert counted["step SELECT"] == counted["step WHERE"] == counted["step COUNT(*)"] == 1
    assert counted["step IN ("] == 1
    assert "step JOIN" not in counted


def test_what_stands_in_quotes_is_no_step(school: Library) -> None:
    assert "step LIMIT" not in _measured("Show the students whose name is 'LIMIT AND JOIN'.", school)


def test_sqlite_is_told_from_others(school: Library) -> None:
    asked = "How many students are there?"
    catalog = replace(school.model.catalog, dialect="postgres")
    server = library_of(catalog, school.model.profile)
    assert _measured(asked, school)["on sqlite"] == 1
    assert _measured(asked, server)["on sqlite"] == 0


def test_numbers_are_told_from_texts_and_keys(school: Library) -> None:
    assert _measured("What is the average age of students?", school)["text measured"] == 0
    assert _measured("What is the average id of students?", school)["key measured"] == 1
    assert _measured("Show the id and name of students.", school)["keys shown"] == 1


def test_names_are_compared_with_the_words_that_were_said(school: Library) -> None:
    whole = _measured("Show the weight of pets.", school)
    assert whole["least of words"] == whole["least of a name"] == 1
    assert _measured("When were students enrolled?", school)["least of a name"] < 1


def test_words_that_no_name_took_are_left(school: Library) -> None:
    taken, left = (_measured(f"Show the {word}weight of pets.", school)["words left"] for word in ("", "terribly "))
    assert taken == 0
    assert left == 1


@pytest.mark.parametrize("part", ["outputs", "conditions", "groups", "table"])
def test_readings_that_agree_in_a_part_speak_for_it(part: str, school: Library) -> None:
    found = _measured("What are the names of students with pets?", school)
    assert 0 < found["agreed"] <= found[f"agreed {part}"] <= 1


def test_what_is_grouped_by_a_key_tells_whether_names_would_do(school: Library) -> None:
    counted = _measured("How many pets does each student have?", school)
    assert (counted["grouped"], counted["grouped by names"], counted["names unasked"]) == (1, 0, 1)
    named = _measured("How many pets does each student have? Return the student name and the number.", school)
    assert (named["names unasked"], named["shown anew"]) == (0, 1)
