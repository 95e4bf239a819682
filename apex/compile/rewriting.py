"""Plans with their measures changed throughout."""

from collections.abc import Callable

from apex.compile.walk import measures_of, together
from core.values.plans import Arithmetic, Combination, Comparison, Condition, Expression, Measure, Negation, Plan

Change = Callable[[Measure], Measure]


def with_measures(plan: Plan, change: Change) -> Plan:
    """The plan with every measure changed, wherever it stands."""
    return plan.model_copy(
        update={
            "outputs": [each.model_copy(update={"value": changed(each.value, change)}) for each in plan.outputs],
            "order": [each.model_copy(update={"by": changed(each.by, change)}) for each in plan.order],
            "having": _condition(plan.having, change) if plan.having else None,
        }
    )


def changed(value: Expression, change: Change) -> Expression:
    """An expression with its measures changed."""
    if isinstance(value, Arithmetic):
        return value.model_copy(update={"left": changed(value.left, change), "right": changed(value.right, change)})
    return change(value) if isinstance(value, Measure) else value


def _condition(condition: Condition, change: Change) -> Condition:
    match condition:
        case Comparison():
            right = [changed(each, change) for each in condition.right]
            return condition.model_copy(update={"left": changed(condition.left, change), "right": right})
        case Negation():
            return condition.model_copy(update={"of": _condition(condition.of, change)})
        case Combination():
            return condition.model_copy(update={"of": [_condition(each, change) for each in condition.of]})
        case _:
            return condition


def hoisted(plan: Plan) -> Plan:
    """A condition that all measures share, put where people write it: on the rows."""
    measures = measures_of(plan)
    shared = measures[0].where if measures else None
    if shared is None or plan.zeros or any(each.where != shared for each in measures):
        return plan
    bare = with_measures(plan, lambda each: each.model_copy(update={"where": None}))
    return bare.model_copy(update={"where": together([*([plan.where] if plan.where else []), shared])})
