"""A definition is recognized among a thousand others."""

from apex.linking.values import ValueIndex, values_of
from apex.metric_questions.names import metric_names
from apex.metric_questions.reading import read
from core.datapoint import DataPoint
from datapoints.kinds import datapoint_of
from tests.apex.metric_questions.conftest import NOW, known

QUESTION = "What was the revenue by merchant category for wallet payments in each of the last 3 months?"


def definition(number: int) -> DataPoint:
    """One of many metrics."""
    return datapoint_of(
        {
            "id": f"metric_{number}",
            "kind": "metric",
            "name": f"Number {number} of things",
            "definition": "d",
            "owner": "o",
            "synonyms": [f"thing {number}", f"other word {number}"],
            "execution": {"type": "simple", "measure": {"aggregate": "count", "table": "transactions"}},
        }
    )


def test_a_thousand_definitions_hide_none() -> None:
    model = known(*map(definition, range(1_000)))
    values = ValueIndex(values_of(model.profile, model.profile.tables))
    assert len(metric_names(model).facts) > 1_000
    found = read(QUESTION, model, values, now=NOW)
    assert found and not found.unexplained
