"""Approved constraints hold for questions that are read from their words, too."""

from apex.reading.engine import read
from apex.reading.library import library_of
from apex.reading.outcomes import compiled_of
from datapoints.kinds.constraint import ConstraintDataPoint
from tests.apex.reading.conftest import CATALOG, PROFILE

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
