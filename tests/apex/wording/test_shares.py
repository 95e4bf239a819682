"""A share is calculated as a part of 1 and read in percent; other numbers in percent are read as they are."""

from decimal import Decimal

from apex.wording.quantities import difference, quantity
from apex.wording.units import SHARE, metric_unit
from core.values import ResultColumn
from datapoints.kinds import datapoint_of

COLUMN = ResultColumn(name="churn", type="float")


def test_shares_are_read_in_percent() -> None:
    assert quantity(0.0473, COLUMN, SHARE).words == "4.73 %"
    assert quantity(1.0, COLUMN, SHARE).words == "100 %"
    assert quantity(None, COLUMN, SHARE).words == "(none)"
    assert quantity(4.73, COLUMN, "%").words == "4.73 %"


def test_shares_differ_by_points() -> None:
    assert difference(Decimal("0.30"), Decimal("0.20"), SHARE) == "+10 percentage points, +50 %"


def test_a_ratio_in_percent_is_a_share() -> None:
    ratio = datapoint_of(
        {
            "id": "churn", "kind": "metric", "definition": "d", "owner": "o", "unit": "%",
            "execution": {"type": "ratio", "numerator": "lost", "denominator": "all"},
        }
    )  # fmt: skip
    plain = datapoint_of({"id": "rate", "kind": "metric", "definition": "d", "owner": "o", "unit": "%"})
    assert metric_unit("churn", [ratio, plain]) == SHARE
    assert metric_unit("rate", [ratio, plain]) == "%"
