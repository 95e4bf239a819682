"""From what is asked of metrics to a plan: measures, groups, rows, times, order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from apex.compile.conditions import range_of
from apex.compile.rewriting import changed
from apex.compile.walk import columns_in, measures_in, together
from apex.language.moments_periods import Period, moved, told, written
from apex.metric_questions.ask import Ask, Threshold
from apex.metric_questions.contradictions import check
from apex.metric_questions.homes import times_of
from apex.metric_questions.reach import reach_of
from apex.metric_questions.scan import BeyondError, CannotError
from apex.metrics.declared import metric_expression
from apex.metrics.requests import dimension_named
from apex.model import Model
from core.values.plans import (
    Arithmetic,
    ColumnOf,
    Combination,
    Compared,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Measure,
    Order,
    Output,
    Plan,
    Scalar,
    TimeRange,
)
from datapoints.kinds.metric import MetricDataPoint

HUNDRED = Literally(value=100)


@dataclass(frozen=True)
class Laid:
    """A plan as it is told, and as it is compiled, where every measure needs a time of its own."""

    told: Plan
    compiled: Plan


def laid(ask: Ask, model: Model, now: datetime) -> Laid:
    """The plan of declared metrics. Raises CannotError, and RefusalError of the engine."""
    return _Planner(ask, model, now).laid()


class _Planner:
    def __init__(self, ask: Ask, model: Model, now: datetime) -> None:
        self.ask, self.model = ask, model
        self.facts = [model.metrics[each] for each in ask.metrics]
        self.values = [metric_expression(each.id, model) for each in self.facts]
        self.home = next(measures_in(self.values[0])).table
        self.period = _whole(ask)
        measures = [each for value in self.values for each in measures_in(value)]
        if any(each.running for each in measures) and not self.period:
            end = moved(now.replace(hour=0, minute=0, second=0, microsecond=0), "day", 1)
            self.period = Period(None, end, words="up to today")
        for fact, value in zip(self.facts, self.values, strict=True):
            self._tell_windows(fact, value)
        self.needs_time = bool(self.period or ask.grain or ask.weekdays or ask.compared or ask.periods)
        self.times = self._times() if self.needs_time else {}
        self.time = self._shared_time()
        self.values = [self._in_own_time(each) for each in self.values]

    def _tell_windows(self, fact: MetricDataPoint, value: Expression) -> None:
        """How far back a metric goes that runs on is part of what it says."""
        for running in dict.fromkeys(each.running for each in measures_in(value)):
            if running and running.window:
                unit = running.unit if running.window == 1 else f"{running.unit}s"
                self.ask.note(f"{fact.name} goes back over {running.window} {unit}")
            elif running and running.to_date:
                self.ask.note(f"{fact.name} begins anew with each {running.to_date}")

    def _times(self) -> dict[Measure, ColumnOf]:
        found: dict[Measure, ColumnOf] = {}
        for value, fact in zip(self.values, self.facts, strict=True):
            found |= times_of(value, fact, self.model)
        return found

    def _shared_time(self) -> ColumnOf | None:
        """The only column of time; of a single metric also one that belongs to each row of all its parts."""
        columns = list(dict.fromkeys(self.times.values()))
        if len(columns) < 2:
            return next(iter(columns), None)
        if len(self.facts) == 1:
            for column in reversed(columns):
                if self._is_shared(column):
                    self.ask.note(f"the time of {self.facts[0].name} is told by {_bare(column)}", guess=True)
                    return column
        if self._cut_apart() and len(self.facts) > 1:
            told = [f"{fact.name} by {_bare(self._time_of(fact))}" for fact in self.facts]
            self.ask.note(f"time is told of {_listed(told)}; where one has no rows, it is empty, or 0 if it counts")
            return columns[0]
        if len(self.facts) == 1 or self.ask.grain or self.ask.weekdays or self.ask.compared:
            named = " and ".join(map(_bare, columns))
            about = _listed([each.name for each in self.facts])
            told = "a period of it is not defined" if len(self.facts) == 1 else "ask for one period, or for one metric"
            raise BeyondError(f"{about}: the parts are told by different times, {named}, so {told}.")
        return None

    def _cut_apart(self) -> bool:
        """Whether every metric can be cut by a time of its own, and then be put beside the others."""
        ask = self.ask
        held = ask.weekdays or ask.compared or ask.share or (ask.periods and self.period is None)
        return bool(ask.grain and not held) and not any(measure.running for measure in self.times)

    def _time_of(self, fact: MetricDataPoint) -> ColumnOf:
        return next(iter(times_of(metric_expression(fact.id, self.model), fact, self.model).values()))

    def _in_own_time(self, value: Expression) -> Expression:
        """The expression with a time of its own for every measure, where the plan is cut by several."""
        if len(set(self.times.values())) < 2 or self.time is None or len(self.facts) < 2:
            return value
        return changed(value, lambda each: each.model_copy(update={"time": self.times[each]}))

    def _is_shared(self, column: ColumnOf) -> bool:
        table = self.model.table(column.table)
        homes = [self.model.table(each.table) for each in self.times]
        if table is None or len({each.full_name for each in homes if each}) < 2:
            return False
        return all(home and table.full_name in reach_of([home.full_name], self.model).tables for home in homes)

    # --- the plan

    def laid(self) -> Laid:
        ask = self.ask
        check(ask, self.values, self.model)
        keys = [*ask.keys, *([self._cut()] if ask.grain else [])]
        self._check_allowed(keys)
        shown = [self._shown(value, fact) for value, fact in zip(self.values, self.facts, strict=True)]
        plan = Plan(
            table=self.home,
            outputs=[*keys, *shown],
            where=together(self._held()),
            time=self._range(self.period),
            having=together([self._bound(each) for each in ask.thresholds]),
            order=self._order(keys, shown),
            limit=ask.limit,
            firsts_of=[each.value for each in ask.groups] if ask.limit is not None else [],
            metrics=[each.id for each in self.facts],
        )
        if ask.compared:
            plan = plan.model_copy(update={"compared": self._compared(ask.compared)})
            return Laid(plan, plan) if not ask.percent else self._in_percent(plan)
        if self.period and self.time is None:
            first = next(iter(self.times.values()))
            asked = plan.model_copy(update={"time": self._range(self.period, first)})
            return Laid(asked, self._each_its_time(plan))
        return Laid(plan, plan)

    def _cut(self) -> Output:
        assert self.ask.grain and self.time
        return Output(value=Grained(of=self.time, grain=self.ask.grain), name=self.ask.grain.replace(" ", "_"))

    def _shown(self, value: Expression, fact: MetricDataPoint) -> Output:
        name = fact.id.rpartition(".")[2]
        if not self.ask.share:
            return Output(value=value, name=name)
        if self.ask.splits:
            total = Plan(
                table=self.home,
                outputs=[Output(value=value)],
                where=together(self._held_of_whole()),
                time=self._range(self.period),
            )
            whole: Expression = Scalar(plan=total)
            part = value
        else:
            whole, part = value, self._kept(value)
        parts = Arithmetic(operator="/", left=part, right=whole)
        return Output(value=Arithmetic(operator="*", left=HUNDRED, right=parts), name=f"{name}_percent")

    def _held_of_whole(self) -> list[Condition]:
        """The whole is not restricted by what only chooses among its parts."""
        keys = [column for each in self.ask.keys for column in columns_in(each.value)]
        return [each for each in self._held() if all(column not in keys for column in columns_in(each))]

    def _kept(self, value: Expression) -> Expression:
        return _each(value, lambda measure: self.ask.parts or self.ask.held)

    def _held(self) -> list[Condition]:
        ask = self.ask
        told = not ask.share or ask.splits or ask.parts
        held = [each for each in ask.held if each not in ask.parts] if told else []
        if ask.weekdays and self.time:
            days = [Literally(value=each) for each in ask.weekdays]
            held.append(Comparison(left=Grained(of=self.time, grain="weekday"), operator="in", right=[*days]))
        if len(ask.periods) > 1 and self.period is None:
            if self.time is None:
                raise BeyondError("Several periods can only be asked for a metric that is told by one time.")
            ranges = [each for period in ask.periods if (each := range_of(self._range(period)))]
            held.append(Combination(kind="any", of=ranges))
        return held

    def _range(self, period: Period | None, column: ColumnOf | None = None) -> TimeRange | None:
        column = column or self.time
        if period is None or column is None:
            return None
        return TimeRange(column=column, start=written(period.start), end=written(period.end), words=period.words)

    def _compared(self, period: Period) -> Compared:
        time = self._range(period)
        if time is None or self.period is None:
            raise BeyondError("A comparison needs one period to compare, and a metric that is told by one time.")
        if self.ask.grain:
            raise BeyondError(
                f"Two periods that are compared cannot be split by {self.ask.grain} at once. "
                "Ask for both periods together, split by it."
            )
        return Compared(time=time, words=period.words or told(period))

    def _in_percent(self, plan: Plan) -> Laid:
        """Both values, and the change between them in percent."""
        assert plan.compared and plan.time
        now, then = plan.time, plan.compared.time
        keys = [each for each in plan.outputs if not any(True for _ in measures_in(each.value))]
        asked = plan.outputs[len(keys) :]
        either = Combination(kind="any", of=[each for time in (now, then) if (each := range_of(time))])
        done = {
            "outputs": [*keys, *(each for output in asked for each in self._grown(output, now, then))],
            "where": together([*([plan.where] if plan.where else []), either]),
            "order": [each.model_copy(update={"by": self._during(each.by, now)}) for each in plan.order],
            "time": None,
            "compared": None,
        }
        shown = {
            "outputs": [*keys, *(each for output in asked for each in self._grown(output, None, None))],
            "time": now.model_copy(update={"words": f"{now.words}, against {plan.compared.words}"}),
            "compared": None,
        }
        return Laid(plan.model_copy(update=shown), plan.model_copy(update=done))

    def _grown(self, output: Output, now: TimeRange | None, then: TimeRange | None) -> list[Output]:
        new, old = self._during(output.value, now), self._during(output.value, then)
        change = Arithmetic(operator="/", left=Arithmetic(operator="-", left=new, right=old), right=old)
        return [
            Output(value=new, name=output.name),
            Output(value=old, name=f"{output.name}_before"),
            Output(value=Arithmetic(operator="*", left=HUNDRED, right=change), name=f"{output.name}_change_percent"),
        ]

    def _during(self, value: Expression, time: TimeRange | None) -> Expression:
        held = range_of(time)
        return _each(value, lambda _: [held] if held else [])

    def _each_its_time(self, plan: Plan) -> Plan:
        """Every measure over the period by a column of its own."""

        def held(measure: Measure) -> list[Condition]:
            found = range_of(self._range(self.period, self.times.get(measure)))
            return [found] if found else []

        outputs = [each.model_copy(update={"value": _each(each.value, held)}) for each in plan.outputs]
        order = [each.model_copy(update={"by": _each(each.by, held)}) for each in plan.order]
        if plan.having:
            raise BeyondError("A bound needs a metric that is told by one time.")
        return plan.model_copy(update={"outputs": outputs, "order": order})

    def _bound(self, bound: Threshold) -> Condition:
        fact = self.model.metrics[bound.metric]
        value = self._in_own_time(metric_expression(fact.id, self.model))
        share = fact.unit == "%"
        if bound.percent and not share:
            raise CannotError(f"{fact.name} is no share, so it cannot be compared with a percentage.")
        number = bound.number / 100 if share and (bound.percent or bound.number > 1) else bound.number
        right = Literally(value=int(number) if number == int(number) else number)
        return Comparison(left=value, operator=bound.operator, right=[right])

    def _order(self, keys: Sequence[Output], shown: Sequence[Output]) -> list[Order]:
        ask = self.ask
        if ask.by_key is not None and keys:
            return [Order(by=keys[-1].value, descending=ask.by_key)]
        if ask.descending is not None:
            return [Order(by=shown[0].value, descending=ask.descending)] if keys else []
        if ask.grain:
            return [Order(by=keys[-1].value), *(Order(by=each.value) for each in keys[:-1])]
        if keys and (ask.compared or len(shown) > 1):
            return [Order(by=keys[-1].value)]
        return [Order(by=shown[0].value, descending=True)] if keys else []

    def _check_allowed(self, keys: Sequence[Output]) -> None:
        for fact in self.facts:
            named = fact.execution.dimensions if fact.execution else []
            allowed = [dimension_named(each, self.home, self.model).value for each in named]
            for key in keys:
                if allowed and key.value not in allowed and not isinstance(key.value, Grained):
                    raise CannotError(f"{fact.name} cannot be told apart by that. It can be by {', '.join(named)}.")


def _each(value: Expression, held: Callable[[Measure], list[Condition]]) -> Expression:
    """The expression with every measure restricted further."""

    def restricted(measure: Measure) -> Measure:
        conditions = [*([measure.where] if measure.where else []), *held(measure)]
        return measure.model_copy(update={"where": together(conditions)})

    return changed(value, restricted)


def _whole(ask: Ask) -> Period | None:
    """The only period; two that touch are one."""
    if len(ask.periods) < 2:
        return ask.period
    ordered = sorted(ask.periods, key=lambda each: written(each.start) or "")
    if any(one.end != other.start for one, other in pairwise(ordered)):
        return None
    return Period(ordered[0].start, ordered[-1].end, ordered[0].unit, " and ".join(each.words for each in ask.periods))


def _bare(column: ColumnOf) -> str:
    """A column as people say it."""
    return f"{column.table.rpartition('.')[2]}.{column.column}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
