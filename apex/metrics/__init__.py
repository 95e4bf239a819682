"""Metrics and queries that people wrote, run as they say."""

from apex.compile import Refusal
from apex.compile.refusal import RefusalError
from apex.metrics.declared import metric_expression, metric_named
from apex.model import Model
from core.values.plans import Output


def metric_output(name: str, model: Model) -> Output | Refusal:
    """A declared metric as an output, to be put into a plan that names it among its `metrics`."""
    try:
        metric = metric_named(name, model)
        return Output(value=metric_expression(metric.id, model), name=metric.id.rpartition(".")[2])
    except RefusalError as error:
        return error.refusal


__all__ = ["metric_output"]
