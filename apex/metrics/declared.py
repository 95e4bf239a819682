"""Declared metrics as expressions of a plan: simple, ratio, derived and cumulative, as MetricFlow names them."""

from collections.abc import Iterable, Sequence

from apex.compile.refusal import RefusalError
from apex.compile.rewriting import changed
from apex.compile.walk import together
from apex.metrics.formulas import formula
from apex.metrics.spans import Span, span
from apex.model import Model
from core.values.plans import Arithmetic, ColumnOf, Condition, Expression, Measure, Running, Written
from datapoints.kinds.metric import MetricDataPoint
from datapoints.parts.execution import Execution, MetricInput
from datapoints.parts.execution import Measure as DeclaredMeasure

DEEPEST = 8
"""Metrics that rest on metrics that rest on metrics: beyond this they rest on themselves."""


def metric_expression(name: str, model: Model, *, depth: int = 0) -> Expression:
    """What a declared metric calculates; refuses those with SQL of their own, and those that go in a circle."""
    metric = metric_named(name, model)
    execution = metric.execution
    if execution is None or execution.type is None:
        raise RefusalError("broken", f"The metric {metric.id} declares no calculation.")
    if depth > DEEPEST:
        raise RefusalError("broken", f"The metric {metric.id} rests on itself.")
    match execution.type:
        case "simple":
            return _simple(metric, execution, model)
        case "ratio":
            return _ratio(metric, execution, model, depth)
        case "derived":
            return _derived(metric, execution, model, depth)
        case "cumulative":
            return _cumulative(metric, execution, model, depth)


def metric_named(name: str, model: Model) -> MetricDataPoint:
    """A metric by its id, else by its name or a synonym of it."""
    found = model.metrics.get(name)
    if found:
        return found
    folded = name.casefold()
    named = [
        each
        for each in model.metrics.values()
        if folded in (each.name.casefold(), *(synonym.casefold() for synonym in each.synonyms))
    ]
    if len(named) == 1:
        return named[0]
    known = ", ".join(sorted(model.metrics)[:10]) or "none"
    raise RefusalError(
        "unknown", f"There is no metric {name!r}.", hint=f"Known metrics: {known}.", alternatives=[*model.metrics]
    )


def inputs_of(name: str, model: Model) -> list[str]:
    """The ids of a metric and of all metrics that it is calculated from."""
    found: list[str] = []
    waiting = [name]
    while waiting and len(found) < 100:
        metric = metric_named(waiting.pop(0), model)
        if metric.id not in found:
            found.append(metric.id)
            waiting += [each.name for each in metric.execution.inputs] if metric.execution else []
    return found


def _simple(metric: MetricDataPoint, execution: Execution, model: Model) -> Measure:
    if execution.measure is None:
        raise RefusalError("broken", f"The metric {metric.id} has no measure.")
    return _measure(metric, execution.measure, execution.filter, model)


def _measure(metric: MetricDataPoint, declared: DeclaredMeasure, filters: Iterable[str], model: Model) -> Measure:
    table = model.table(declared.table)
    if table is None:
        raise RefusalError("broken", f"The metric {metric.id} is over {declared.table}, which does not exist.")
    name = str(table.full_name)
    held = [_condition(each, name, model) for each in filters]
    return Measure(
        aggregate=declared.aggregate,
        of=None if declared.expression == "*" else _of(declared.expression, name, model),
        table=name,
        distinct=declared.distinct,
        where=together(held),
        metric=metric.id,
    )


def _of(sql: str, table: str, model: Model) -> Expression:
    """A plain column as one, anything else as it is written."""
    column = ColumnOf(table=table, column=sql.strip('"` '))
    return column if model.attribute(column) else Written(sql=sql, table=table, dialect=model.catalog.dialect)


def _condition(sql: str, table: str, model: Model) -> Condition:
    return Written(sql=sql, table=table, dialect=model.catalog.dialect)


def _ratio(metric: MetricDataPoint, execution: Execution, model: Model, depth: int) -> Expression:
    if execution.numerator is None or execution.denominator is None:
        raise RefusalError("broken", f"The metric {metric.id} needs a numerator and a denominator.")
    above, below = (_input(each, model, depth) for each in (execution.numerator, execution.denominator))
    return restricted(Arithmetic(operator="/", left=above, right=below), execution.filter, model)


def _derived(metric: MetricDataPoint, execution: Execution, model: Model, depth: int) -> Expression:
    parts = {each.called: _input(each, model, depth) for each in execution.metrics}
    return restricted(formula(execution.expr, parts, metric.id), execution.filter, model)


def _cumulative(metric: MetricDataPoint, execution: Execution, model: Model, depth: int) -> Expression:
    if execution.measure:
        inner: Expression = _measure(metric, execution.measure, execution.filter, model)
    else:
        inner = restricted(_input(execution.metrics[0], model, depth), execution.filter, model)
    if not isinstance(inner, Measure):
        raise RefusalError("unsupported", f"The metric {metric.id} runs on over a metric that is no simple one.")
    window = span(execution.window, metric.id) if execution.window else None
    running = Running(
        window=window.length if window else None,
        unit=window.unit if window else "day",
        to_date=execution.grain_to_date,
    )
    return inner.model_copy(update={"running": running, "metric": metric.id})


def _input(given: MetricInput, model: Model, depth: int) -> Expression:
    value = restricted(metric_expression(given.name, model, depth=depth + 1), given.filter, model)
    if not given.offset_window:
        return value
    offset = span(given.offset_window, given.name)
    return changed(value, lambda each: _earlier(each, offset))


def _earlier(measure: Measure, offset: Span) -> Measure:
    if measure.running:
        raise RefusalError("unsupported", f"{measure.metric} runs on already, so it is not taken from an earlier time.")
    return measure.model_copy(update={"running": Running(back=offset.length, unit=offset.unit)})


def restricted(value: Expression, filters: Sequence[str], model: Model) -> Expression:
    """An expression with all its measures restricted further, each by conditions on its own table."""
    if not filters:
        return value
    if isinstance(value, Arithmetic):
        sides = {"left": restricted(value.left, filters, model), "right": restricted(value.right, filters, model)}
        return value.model_copy(update=sides)
    if not isinstance(value, Measure):
        return value
    held = [_condition(each, value.table, model) for each in filters]
    return value.model_copy(update={"where": together([*([value.where] if value.where else []), *held])})
