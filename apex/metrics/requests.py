"""What is asked of a metric, and the plan that it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass

from apex.compile.refusal import RefusalError
from apex.compile.walk import measures_in, together
from apex.metrics.declared import metric_expression, metric_named
from apex.model import Model
from core.values.plans import (
    ColumnOf,
    Condition,
    Expression,
    Grain,
    Grained,
    Order,
    Output,
    Plan,
    TimeRange,
    Written,
)
from datapoints.kinds.metric import MetricDataPoint

Argument = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Request:
    """By what a metric is grouped, over which rows and time, in which order.

    `group_by` and `order` hold names: a column (`region`, `customers.country`) or the id of a dimension; `order` also
    the metric's; a `-` before one turns it. `where` holds conditions, or SQL over the columns of the metric's table.
    """

    metric: str
    group_by: Sequence[str | Expression] = ()
    where: Sequence[Condition | str] = ()
    time: TimeRange | tuple[str | None, str | None] | None = None
    grain: Grain | None = None
    order: Sequence[str] = ()
    limit: int | None = None


def plan_of(request: Request, model: Model) -> Plan:
    """The plan of a declared metric."""
    metric = metric_named(request.metric, model)
    value = metric_expression(metric.id, model)
    home = next(measures_in(value)).table
    keys = [_dimension(each, metric, home, model) for each in request.group_by]
    shown = [*keys, *([_period(request, metric, home, model)] if request.grain else [])]
    outputs = [*shown, Output(value=value, name=_name(metric))]
    held = [_condition(each, home, model) for each in request.where]
    return Plan(
        table=home,
        outputs=outputs,
        where=together(held),
        time=_time(request, metric, home, model),
        order=_order(request, outputs, shown),
        limit=request.limit,
        metrics=[metric.id],
    )


def _name(metric: MetricDataPoint) -> str:
    return metric.id.rpartition(".")[2]


def _dimension(given: str | Expression, metric: MetricDataPoint, home: str, model: Model) -> Output:
    if not isinstance(given, str):
        return Output(value=given)
    output = dimension_named(given, home, model)
    allowed = metric.execution.dimensions if metric.execution else []
    if allowed and given not in allowed and not any(dimension_named(each, home, model) == output for each in allowed):
        raise RefusalError(
            "not_joined",
            f"The metric {metric.id} cannot be grouped by {given}.",
            hint=f"It can be by {', '.join(allowed)}.",
            alternatives=list(allowed),
        )
    return output


def dimension_named(name: str, home: str, model: Model) -> Output:
    """What a name stands for: a described dimension, a column of the metric's table, or a column of a named table."""
    described = model.dimensions.get(name)
    if described:
        table = model.table(described.table)
        if table is None:
            raise RefusalError("broken", f"The dimension {name} is of {described.table}, which does not exist.")
        about = str(table.full_name)
        if described.column:
            return Output(value=ColumnOf(table=about, column=described.column), name=name)
        return Output(value=Written(sql=described.expression, table=about, dialect=model.catalog.dialect), name=name)
    table_name, _, column = name.rpartition(".")
    table = model.table(table_name or home)
    stored = table.column(column) if table else None
    if table is None or stored is None:
        raise RefusalError("unknown", f"There is no dimension {name!r}.", hint="Name a column, as `customers.country`.")
    return Output(value=ColumnOf(table=str(table.full_name), column=stored.name))


def time_column(metric: MetricDataPoint, home: str, model: Model) -> ColumnOf:
    """The column that a metric's time is told by: its own, else the most telling of its table."""
    own = metric.execution.time_column if metric.execution else ""
    entity = model.entity(home)
    name = own or (entity.times[0] if entity and entity.times else "")
    if not name:
        raise RefusalError("not_joined", f"{home} has no time, so {metric.id} cannot be told by it.")
    return ColumnOf(table=home, column=name)


def _period(request: Request, metric: MetricDataPoint, home: str, model: Model) -> Output:
    assert request.grain
    return Output(value=Grained(of=time_column(metric, home, model), grain=request.grain), name=request.grain)


def condition_of(given: Condition | str, metric: MetricDataPoint, model: Model) -> Condition:
    """A condition on a metric with SQL of its own: text speaks of the first table that it is about."""
    if not isinstance(given, str):
        return given
    home = next((each.table for each in metric.data_sources), "")
    table = model.table(home) if home else None
    if table is None:
        message = f"The metric {metric.id} does not say of which table {given!r} speaks."
        raise RefusalError("unknown", message, hint="Give it `data_sources`, or ask by a condition on a column.")
    return _condition(given, str(table.full_name), model)


def time_of(request: Request, metric: MetricDataPoint) -> TimeRange:
    """The period that is asked for, of a metric whose SQL knows its own column of time."""
    if isinstance(request.time, TimeRange):
        return request.time
    start, end = request.time or (None, None)
    return TimeRange(column=ColumnOf(table=metric.id, column="time"), start=start, end=end)


def _time(request: Request, metric: MetricDataPoint, home: str, model: Model) -> TimeRange | None:
    if request.time is None or isinstance(request.time, TimeRange):
        return request.time
    start, end = request.time
    return TimeRange(column=time_column(metric, home, model), start=start, end=end)


def _condition(given: Condition | str, home: str, model: Model) -> Condition:
    return Written(sql=given, table=home, dialect=model.catalog.dialect) if isinstance(given, str) else given


def _order(request: Request, outputs: Sequence[Output], shown: Sequence[Output]) -> list[Order]:
    """As asked; without, by time where the time is shown."""
    by_name = {_called(each): each.value for each in outputs}
    asked = [(each.removeprefix("-"), each.startswith("-")) for each in request.order]
    for name, _ in asked:
        if name not in by_name:
            raise RefusalError("unknown", f"It cannot be ordered by {name!r}.", hint=f"Shown are {', '.join(by_name)}.")
    if asked or not request.grain:
        return [Order(by=by_name[name], descending=descending) for name, descending in asked]
    return [Order(by=shown[-1].value)]


def _called(output: Output) -> str:
    return output.name or (output.value.column if isinstance(output.value, ColumnOf) else "")
