"""What kind of number a metric is."""

from datapoints.kinds.metric import MetricDataPoint


def counts(metric: MetricDataPoint) -> bool:
    """Whether it counts something."""
    measure = metric.execution.measure if metric.execution else None
    return measure is not None and measure.aggregate == "count"


def adds_up(metric: MetricDataPoint) -> bool:
    """Whether the parts sum to the whole: sums and plain counts."""
    execution = metric.execution
    if execution is None or execution.type != "simple" or execution.measure is None:
        return False
    return execution.measure.aggregate in ("sum", "count") and not execution.measure.distinct
