"""Measures that run on: over all that came before, from the start of a month or year, or over the last days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlglot import exp

from apex.compile.conditions import range_of
from apex.compile.moments import grained
from apex.compile.outputs import names_of
from apex.compile.over import Known, over
from apex.compile.refusal import RefusalError
from apex.compile.rewriting import hoisted, with_measures
from apex.compile.scope import Grammar
from apex.compile.select import group_keys, groups
from apex.compile.target import Target
from apex.compile.walk import measures_of, together
from core.catalog import TableName
from core.values.plans import Grain, Grained, Measure, Output, Plan, TimeRange

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def running(plan: Plan, home: TableName, target: Target, grammar: Grammar) -> exp.Query:
    """Running measures at one moment, or at every period that is shown."""
    period = next((key for key in group_keys(plan) if isinstance(key, Grained) and " of " not in key.grain), None)
    if period is None:
        return groups(hoisted(_at_the_end(plan)), home, target, grammar)
    measures = measures_of(plan)
    odd = [each for each in measures if each.running and not _adds_up(each)]
    if odd:
        raise RefusalError(
            "unsupported",
            f"A {odd[0].aggregate} over another time than its own cannot be shown period by period.",
            hint="Ask for it without a grain, for one period.",
        )
    _check_start(plan, measures)
    keys = group_keys(plan)
    parts = [each.model_copy(update={"running": None}) for each in measures]
    inner = Plan(
        table=plan.table, outputs=[Output(value=each) for each in keys + parts], where=plan.where, time=plan.time
    )
    names = [f"{name}_part" for name in names_of(inner.outputs, target)]
    source = groups(inner.model_copy(update={"outputs": _named(inner, names)}), home, target, grammar)
    columns = [target.column(name) for name in names]
    known: Known = list(zip(keys, columns, strict=False))
    place = keys.index(period)
    others = [column for number, column in enumerate(columns[: len(keys)]) if number != place]
    for measure, column in zip(measures, columns[len(keys) :], strict=True):
        known.append((measure, _run_on(measure, column, columns[place], others, period, target)))
    return over(plan, known, exp.Subquery(this=source), "periods", target, grammar, home=home, grouped=False)


def _named(plan: Plan, names: list[str]) -> list[Output]:
    return [each.model_copy(update={"name": name}) for each, name in zip(plan.outputs, names, strict=True)]


def _adds_up(measure: Measure) -> bool:
    """Whether the measure of a longer time is the sum over its periods."""
    running = measure.running
    is_sum = measure.aggregate in ("sum", "count") and not measure.distinct
    return is_sum and running is not None and running.window is None and not running.back


def _run_on(
    measure: Measure, part: exp.Expr, period: exp.Expr, others: Sequence[exp.Expr], key: Grained, target: Target
) -> exp.Expr:
    if measure.running is None:
        return part
    by = [each.copy() for each in others]
    if measure.running.to_date:
        attribute = target.model.attribute(key.of)
        assert attribute
        by.append(grained(period.copy(), attribute, measure.running.to_date, target))
    order = exp.Order(expressions=[exp.Ordered(this=period.copy(), nulls_first=False)])
    frame = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
    return exp.Window(this=exp.Sum(this=part), partition_by=by or None, order=order, spec=frame)


def _check_start(plan: Plan, measures: list[Measure]) -> None:
    """What runs from the start of a grain needs all of it."""
    for measure in measures:
        grain = measure.running.to_date if measure.running else None
        if grain and plan.time and plan.time.start and start_of(grain, plan.time.start) != _moment(plan.time.start):
            raise RefusalError(
                "bad_value",
                f"What runs from the start of a {grain} cannot begin at {plan.time.start}.",
                hint=f"Begin at the start of a {grain}.",
            )


def _at_the_end(plan: Plan) -> Plan:
    """Each running measure over the time that ends where the plan's does."""

    def bounded(measure: Measure) -> Measure:
        held = [each for each in (measure.where, range_of(_reach(measure, plan))) if each is not None]
        return measure.model_copy(update={"where": together(held), "running": None})

    return with_measures(plan, bounded).model_copy(update={"time": None})


def _reach(measure: Measure, plan: Plan) -> TimeRange | None:
    running, time = measure.running, plan.time
    if running is None:
        return time
    if not (running.window or running.to_date or running.back):
        return time.model_copy(update={"start": None}) if time else None
    if time is None or time.end is None:
        raise RefusalError("bad_plan", "A measure over another time needs a period that ends somewhere.")
    end = _moment(time.end)
    if running.back:
        return _earlier(time, running.back, running.unit)
    if running.to_date:
        start = start_of(running.to_date, (end - timedelta(microseconds=1)).isoformat())
    else:
        start = back(end, running.window or 0, running.unit)
    return time.model_copy(update={"start": start.isoformat()})


def _earlier(time: TimeRange, length: int, unit: Grain) -> TimeRange:
    """The same time so many units earlier; both ends must be days that exist there."""
    ends = {
        name: back(_moment(text), length, unit).isoformat() if text else None
        for name, text in (("start", time.start), ("end", time.end))
    }
    return time.model_copy(update=ends)


def start_of(grain: Grain, moment: str) -> datetime:
    """The start of the grain that a moment lies in; weeks start on Mondays."""
    read = _moment(moment)
    if grain == "hour":
        return read.replace(minute=0, second=0, microsecond=0)
    day = datetime.combine(read.date(), datetime.min.time(), read.tzinfo)
    if grain in _DAYS:
        return day - timedelta(days=day.weekday() if grain == "week" else 0)
    months = _MONTHS[grain]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def back(moment: datetime, length: int, unit: Grain) -> datetime:
    """So many units earlier; a day that the month lacks becomes its last."""
    if unit == "hour":
        return moment - timedelta(hours=length)
    if unit in _DAYS:
        return moment - timedelta(days=length * _DAYS[unit])
    months = moment.year * 12 + moment.month - 1 - length * _MONTHS[unit]
    first = date(months // 12, months % 12 + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    return moment.replace(year=first.year, month=first.month, day=min(moment.day, last))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
