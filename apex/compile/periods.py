"""A comparison of periods as a plan of its own: every measure twice, each over the rows of one period."""

from apex.compile.conditions import range_of
from apex.compile.refusal import RefusalError
from apex.compile.rewriting import changed
from apex.compile.select import group_keys
from apex.compile.walk import columns_in, measures_in, together
from core.values.plans import (
    Combination,
    Expression,
    Measure,
    Output,
    Plan,
    TimeRange,
)

BEFORE = "before"


def spread(plan: Plan, names: list[str]) -> Plan:
    """The plan with the measures of the compared period beside its own."""
    if plan.compared is None:
        return plan
    if plan.time is None:
        raise RefusalError("bad_plan", "A comparison of periods needs a period of its own.")
    if any(plan.time.column in columns_in(key) for key in group_keys(plan)):
        raise RefusalError(
            "bad_plan",
            "Periods that are compared cannot be split by the same time.",
            hint="Ask for the whole period, or for both periods by month.",
        )
    now, then = plan.time, plan.compared.time
    outputs = [each for pair in zip(plan.outputs, names, strict=True) for each in _both(*pair, now, then)]
    either = [each for each in (range_of(now), range_of(then)) if each is not None]
    return plan.model_copy(
        update={
            "outputs": outputs,
            "where": together([*([plan.where] if plan.where else []), Combination(kind="any", of=either)]),
            "time": None,
            "compared": None,
            "order": [each.model_copy(update={"by": _during(each.by, now)}) for each in plan.order],
        }
    )


def _both(output: Output, name: str, now: TimeRange, then: TimeRange) -> list[Output]:
    if not any(True for _ in measures_in(output.value)):
        return [output]
    return [
        Output(value=_during(output.value, now), name=name),
        Output(value=_during(output.value, then), name=f"{name}_{BEFORE}"),
    ]


def _during(value: Expression, time: TimeRange) -> Expression:
    """An expression with its measures over one period."""

    def within(measure: Measure) -> Measure:
        held = [each for each in (measure.where, range_of(time)) if each is not None]
        return measure.model_copy(update={"where": together(held)})

    return changed(value, within)
