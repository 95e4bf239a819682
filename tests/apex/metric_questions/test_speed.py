"""Recognition stays fast with a thousand definitions; CPU time, because other work shares the machine."""

from time import process_time

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


def test_a_thousand_definitions_cost_no_time() -> None:
    model = known(*map(definition, range(1_000)))
    values = ValueIndex(values_of(model.profile, model.profile.tables))
    found = read(QUESTION, model, values, now=NOW)
    assert len(metric_names(model).facts) > 1_000
    started = process_time()
    for _ in range(50):
        found = read(QUESTION, model, values, now=NOW)
    spent = (process_time() - started) / 50
    assert found and not found.unexplained
    assert spent < 0.005, f"{spent * 1000:.1f} ms"
