"""Whose rows a metric is calculated over, and by which column its time is told."""

from collections.abc import Iterable

from apex.compile.refusal import RefusalError
from apex.compile.walk import measures_in
from apex.metrics.declared import metric_expression
from apex.metrics.requests import time_column
from apex.model import Model
from core.catalog import TableName
from core.values.plans import ColumnOf, Expression, Measure
from datapoints.kinds.metric import MetricDataPoint
from datapoints.parts.rests import Fragment
from datapoints.parts.templates import filled


def is_declared(name: str, model: Model) -> bool:
    """Whether a metric is calculated by a plan, rather than by SQL of its own."""
    metric = model.metrics.get(name)
    return metric is not None and metric.execution is not None and metric.execution.type is not None


def homes_of(names: Iterable[str], model: Model) -> set[TableName]:
    """The tables over whose rows some metrics or queries are calculated."""
    found: set[TableName] = set()
    for name in names:
        found |= _measured(name, model) if is_declared(name, model) else _written(name, model)
    return found


def _measured(name: str, model: Model) -> set[TableName]:
    try:
        tables = [model.table(each.table) for each in measures_in(metric_expression(name, model))]
    except RefusalError:
        return set()
    return {table.full_name for table in tables if table}


def _written(name: str, model: Model) -> set[TableName]:
    """The tables that a template reads."""
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError

    fact = model.metrics.get(name) or model.queries.get(name)
    found: set[TableName] = set()
    for rest in fact.rests_on() if fact else ():
        if isinstance(rest, Fragment) and rest.form == "query":
            try:
                tree = parse_one(filled(rest.text, rest.parameters), dialect=rest.dialect or model.catalog.dialect)
            except SqlglotError:
                continue
            found |= {table.full_name for each in tree.find_all(exp.Table) if (table := model.table(each.name))}
    return found


def times_of(value: Expression, metric: MetricDataPoint, model: Model) -> dict[Measure, ColumnOf]:
    """The column of time of every measure: of the metric that it comes from, else of the whole."""
    found: dict[Measure, ColumnOf] = {}
    for measure in measures_in(value):
        own = model.metrics.get(measure.metric, metric)
        told = own if own.execution and own.execution.time_column else metric
        if not (told.execution and told.execution.time_column):
            told = own
        stored = _of_table(told, measure.table, model)
        found[measure] = stored or time_column(own, measure.table, model)
    return found


def _of_table(metric: MetricDataPoint, table: str, model: Model) -> ColumnOf | None:
    name = metric.execution.time_column if metric.execution else ""
    entity = model.entity(table)
    return ColumnOf(table=table, column=name) if entity and name in entity.attributes else None


def times_by_metric(metric: MetricDataPoint, model: Model) -> list[str]:
    """The columns by which the parts of a metric are told; none where it has no time."""
    try:
        found = times_of(metric_expression(metric.id, model), metric, model)
    except RefusalError:
        return []
    return [f"{each.table}.{each.column}" for each in found.values()]
