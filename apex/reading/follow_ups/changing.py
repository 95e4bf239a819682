"""The plan before, with what the question says anew in the place of what it said then."""

from collections.abc import Callable, Sequence

from apex.compile.walk import tables_of
from apex.language.tokens import Token
from apex.model import Model
from apex.reading.draft import Draft
from apex.reading.follow_ups.conditions import bounded, merged, widened
from apex.reading.follow_ups.rows import identity_of, is_chosen, others_than, rows_of
from apex.reading.follow_ups.words import begins, says
from apex.reading.parts import has_measure, together
from core.values.plans import ColumnOf, Condition, Expression, Measure, Order, Output, Plan


def changed(before: Plan, asked: Plan, draft: Draft, tokens: Sequence[Token], model: Model) -> Plan:
    """The plan of a question that leans on the one before."""
    adds = says(tokens, "more")
    outputs = _outputs(before, asked, draft, adds=adds)
    if _asks_anew(before, draft, adds=adds):
        return _of_the_rows(before, asked, outputs, draft, model)
    return _of_the_plan(before, asked, outputs, draft, tokens, model)


def again(before: Plan, draft: Draft, display: Callable[[str], list[Expression]]) -> list[Expression]:
    """What was shown before, or its aggregates; where it was a number of things, the things themselves."""
    shown = [each.value for each in before.outputs]
    if draft.again:
        columns = [value.of if isinstance(value, Measure) else value for value in shown]
        named = [value for value in columns if isinstance(value, ColumnOf)]
        return [Measure(aggregate=how, of=value) for value in named[:1] for how in draft.again]
    only = shown[0] if len(shown) == 1 else None
    if isinstance(only, Measure) and only.aggregate == "count" and _asks_who(draft):
        return [only.of] if only.of else display(only.table or before.table)
    return shown


def spoken_before(before: Plan) -> list[str]:
    """The tables that the question before was about."""
    return sorted(map(str, tables_of(before)))


def _asks_who(draft: Draft) -> bool:
    """Whether nothing but "what are they" was said."""
    return not (draft.wishes or draft.groups or draft.orders or draft.extreme or draft.bounds)


def _outputs(before: Plan, asked: Plan, draft: Draft, *, adds: bool) -> list[Output]:
    """What is shown: what was, what is asked now, or both."""
    plain = [each for each in before.outputs if not has_measure(each.value)]
    if draft.one_by_one and any(has_measure(each.value) for each in asked.outputs):
        return [*plain, *(each for each in asked.outputs if each not in plain)]
    if adds and (draft.outputs or draft.again):
        return [*before.outputs, *(each for each in asked.outputs if each not in before.outputs)]
    if draft.turned is not None and not draft.outputs and len(plain) < len(before.outputs):
        return plain or list(before.outputs)
    return list(asked.outputs)


def _asks_anew(before: Plan, draft: Draft, *, adds: bool) -> bool:
    """Whether something else is asked of rows that cannot be said as a condition on each of them."""
    return is_chosen(before) and bool(draft.outputs) and not (adds or draft.one_by_one)


def _of_the_rows(before: Plan, asked: Plan, outputs: Sequence[Output], draft: Draft, model: Model) -> Plan:
    """Another question, of the rows that the one before had found."""
    rows = rows_of(before, model)
    return asked.model_copy(update={"outputs": list(outputs), "where": _and(rows, asked.where)})


def _of_the_plan(
    before: Plan, asked: Plan, outputs: Sequence[Output], draft: Draft, tokens: Sequence[Token], model: Model
) -> Plan:
    """The plan before, of which some parts are replaced."""
    anew = begins(tokens, "again")
    measured = any(has_measure(each.value) for each in outputs)
    order, limit = _order(before, asked, draft, counted=measured and not asked.group and not draft.one_by_one)
    return asked.model_copy(
        update={
            "table": asked.table if draft.subjects and draft.outputs else before.table,
            "outputs": list(outputs),
            "where": _where(before, asked, draft, model, tokens, replaces=anew),
            "having": bounded(merged(before.having, asked.having, replaces=anew), draft.bounds),
            "group": _group(before, asked, outputs, draft, model),
            "order": order,
            "limit": limit,
            "distinct": asked.distinct or (before.distinct and not draft.outputs),
            "combined": None if measured else before.combined,
        }
    )


def _where(
    before: Plan, asked: Plan, draft: Draft, model: Model, tokens: Sequence[Token], *, replaces: bool
) -> Condition | None:
    if draft.others:
        return _and(others_than(before, model), asked.where)
    if says(tokens, "more") and not draft.outputs and asked.where:
        return widened(before.where, asked.where)
    both = merged(before.where, asked.where, replaces=replaces)
    return both if before.having else bounded(both, draft.bounds)


def _group(before: Plan, asked: Plan, outputs: Sequence[Output], draft: Draft, model: Model) -> list[Expression]:
    """By what is grouped without being shown: whatever it was, or who each of them is."""
    if not draft.outputs:
        return asked.group or before.group
    plain = [each.value for each in outputs if not has_measure(each.value)]
    if draft.one_by_one and plain and len(plain) < len(outputs) and not asked.group:
        return _keys(plain, before, model)
    return asked.group


def _keys(shown: Sequence[Expression], before: Plan, model: Model) -> list[Expression]:
    """The key beside what rows are called by, so that two of the same name are two."""
    identity, entity = identity_of(before, model), model.entity(before.table)
    columns = {value.column for value in shown if isinstance(value, ColumnOf) and value.table == before.table}
    called = entity is not None and bool(columns & set(entity.display))
    return [identity] if called and identity and identity not in shown else []


def _order(before: Plan, asked: Plan, draft: Draft, *, counted: bool) -> tuple[list[Order], int | None]:
    if draft.turned is not None:
        by = _ordered_by(before)
        return ([Order(by=by, descending=draft.turned)] if by else list(before.order)), draft.limit
    if draft.orders or draft.extreme:
        return list(asked.order), asked.limit if draft.extreme else None if counted else before.limit
    if counted:
        return [], None
    if draft.limit and not draft.outputs:
        return list(before.order), draft.limit
    return list(before.order), before.limit


def _ordered_by(before: Plan) -> Expression | None:
    """By what the plan before was ordered, or what it had measured, or what it showed last."""
    if before.order:
        return before.order[0].by
    shown = [each.value for each in before.outputs]
    return next((value for value in shown if has_measure(value)), shown[-1] if shown else None)


def _and(one: Condition | None, other: Condition | None) -> Condition | None:
    return together(_unique([each for each in (one, other) if each]))


def _unique(conditions: Sequence[Condition]) -> list[Condition]:
    """Each condition once."""
    found: list[Condition] = []
    for each in conditions:
        if each not in found:
            found.append(each)
    return found
