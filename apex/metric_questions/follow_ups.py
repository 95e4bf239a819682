"""Questions that change the one before: `and by month?`, `only Germany`, `what about refunds?`, `top 5 only`."""

from dataclasses import replace
from datetime import datetime

from apex.compile.walk import columns_in, conjuncts, measures_in
from apex.language.moments_periods import Period
from apex.metric_questions.ask import Ask
from core.values.plans import Arithmetic, Condition, Expression, Grained, Plan, Scalar, TimeRange, Written


def ask_of(plan: Plan) -> Ask | None:
    """What a plan of metrics asked; the rules of the business are left out, for they will be put in again."""
    if not plan.metrics:
        return None
    keys = [each for each in plan.outputs if not any(True for _ in measures_in(each.value))]
    cut = next((each.value for each in keys if isinstance(each.value, Grained) and _is_time(each.value, plan)), None)
    return Ask(
        metrics=list(plan.metrics),
        keys=[each for each in keys if each.value != cut],
        grain=cut.grain if cut else None,
        periods=[_period(plan.time)] if plan.time else [],
        held=[each for each in conjuncts(plan.where) if not isinstance(each, Written)],
        compared=_period(plan.compared.time) if plan.compared else None,
        descending=next((each.descending for each in plan.order if any(True for _ in measures_in(each.by))), None),
        share=any(_has_scalar(each.value) for each in plan.outputs),
        limit=plan.limit,
    )


def _has_scalar(value: Expression) -> bool:
    """Whether it is a part of the whole, which another plan gives."""
    if isinstance(value, Arithmetic):
        return _has_scalar(value.left) or _has_scalar(value.right)
    return isinstance(value, Scalar)


def _is_time(value: Grained, plan: Plan) -> bool:
    """Whether it is the metric's own time that is cut: the one shown last among the groups."""
    shown = [each.value for each in plan.outputs if isinstance(each.value, Grained)]
    return value == shown[-1] and (plan.time is None or plan.time.column == value.of)


def _period(time: TimeRange) -> Period:
    start, end = (datetime.fromisoformat(each) if each else None for each in (time.start, time.end))
    return Period(start, end, "day", time.words)


def merged(new: Ask, old: Ask) -> Ask:
    """The earlier question with what the new one says instead, or in addition."""
    regrouped = bool(new.keys or new.grain)
    return replace(
        new,
        metrics=new.metrics or old.metrics,
        keys=new.keys if regrouped else old.keys,
        grain=new.grain if regrouped else old.grain,
        periods=new.periods or old.periods,
        weekdays=new.weekdays or old.weekdays,
        held=[*(each for each in old.held if not _speaks_of_same(each, new.held)), *new.held],
        compared=new.compared or (None if new.periods or (regrouped and new.grain) else old.compared),
        parts=new.parts,
        share=new.share or (old.share and not new.change),
        descending=old.descending if new.descending is None and not new.grain else new.descending,
        limit=new.limit if new.limit is not None or regrouped else old.limit,
    )


def _speaks_of_same(condition: Condition, others: list[Condition]) -> bool:
    columns = set(columns_in(condition))
    return any(columns & set(columns_in(each)) for each in others)
