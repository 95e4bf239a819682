"""Approved constraints hold for questions that are read from their words, too."""

import pytest

from apex.catalog_questions import answer_from_catalog
from apex.reading.engine import read
from apex.reading.library import Library, library_of
from apex.reading.outcomes import compiled_of
from datapoints.kinds.constraint import ConstraintDataPoint
from tests.apex.reading.conftest import CATALOG, PROFILE, STUDENTS

NO_PERU = ConstraintDataPoint.model_validate(
    {
        "id": "no_peru",
        "kind": "constraint",
        "name": "Without Peru",
        "tables": ["students"],
        "predicate": "country <> 'Peru'",
        "reason": "they are counted elsewhere",
    }
)


def test_a_constraint_shapes_the_statement_and_is_told() -> None:
    found = compiled_of(read("How many students are there?", library_of(CATALOG, PROFILE, (NO_PERU,))))
    assert "country <> 'Peru'" in found.sql
    assert any("counted elsewhere" in each for each in found.assumptions)
    assert ("constraint", "no_peru") in [(each.kind, each.id) for each in found.evidence]


def test_a_question_that_decides_it_itself_is_left_alone() -> None:
    found = compiled_of(read("How many students are from Peru?", library_of(CATALOG, PROFILE, (NO_PERU,))))
    assert found.sql
    assert "<>" not in found.sql


def test_the_catalog_counts_no_rows_of_which_some_do_not_count() -> None:
    ruled = {STUDENTS.full_name}
    assert answer_from_catalog("How many students are there?", CATALOG) is not None
    assert answer_from_catalog("How many students are there?", CATALOG, ruled=ruled) is None
    assert answer_from_catalog("How many rows does students have?", CATALOG, ruled=ruled) is not None


@pytest.mark.parametrize("question", ["top 0 students by age", "the 0 oldest students"])
def test_a_number_of_rows_that_cannot_be_shown_is_refused(question: str, school: Library) -> None:
    found = read(question, school)
    assert found.status == "impossible"
    assert "number of rows" in found.reason


@pytest.mark.parametrize("number", ["NaN", "infinity", "1e999"])
def test_what_is_no_number_is_compared_with_none(number: str, school: Library) -> None:
    found = read(f"How many students have age {number}?", school)
    assert found.status != "sure"
