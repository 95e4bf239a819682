"""The plan before, with what the question says anew in the place of what it said then."""

from collections.abc import Callable, Sequence

from apex.compile.walk import tables_of
from apex.language.tokens import Token
from apex.model import Model
from apex.reading.draft import Draft
from apex.reading.follow_ups.conditions import bounded, constant_of, merged, operator_of, widened
from apex.reading.follow_ups.leaning import is_bare
from apex.reading.follow_ups.rows import identity_of, is_chosen, others_than, rows_of
from apex.reading.follow_ups.words import begins, says
from apex.reading.parts import has_measure, together
from core.values.plans import ColumnOf, Comparison, Condition, Expression, Measure, Order, Output, Plan, Related


def changed(before: Plan, asked: Plan, draft: Draft, tokens: Sequence[Token], model: Model) -> Plan:
    """The plan of a question that leans on the one before."""
    adds = says(tokens, "more")
    outputs = _outputs(before, asked, draft, tokens, model, adds=adds)
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


def _counted_apart(before: Plan, outputs: Sequence[Output]) -> bool:
    """`what are they?`, where it was said how many different ones there are."""
    counted = [each.value for each in before.outputs]
    only = counted[0] if len(counted) == 1 else None
    return isinstance(only, Measure) and only.distinct and [each.value for each in outputs] == [only.of]


def _asks_who(draft: Draft) -> bool:
    """Whether nothing but "what are they" was said."""
    return not (draft.wishes or draft.groups or draft.orders or draft.extreme or draft.bounds)


def _outputs(
    before: Plan, asked: Plan, draft: Draft, tokens: Sequence[Token], model: Model, *, adds: bool
) -> list[Output]:
    """What is shown: what was, what is asked now, or both."""
    plain = [each for each in before.outputs if not has_measure(each.value)]
    if draft.one_by_one and any(has_measure(each.value) for each in asked.outputs):
        return [*plain, *(each for each in asked.outputs if each not in plain)]
    if counted := _counted(before, asked, draft, model):
        return counted
    if draft.outputs and begins(tokens, "chooses"):
        return plain or list(before.outputs)
    if draft.outputs and begins(tokens, "openings") and (kept := _asked_of_others(before, asked, draft)):
        return kept
    if adds and (draft.outputs or draft.again):
        return [*before.outputs, *(each for each in asked.outputs if each not in before.outputs)]
    if (draft.turned is not None or draft.bounds) and not draft.outputs and len(plain) < len(before.outputs):
        return plain or list(before.outputs)
    return list(asked.outputs)


def _counted(before: Plan, asked: Plan, draft: Draft, model: Model) -> list[Output]:
    """`how many are there?`, where different things of one kind were shown, and not rows."""
    only = before.outputs[0].value if len(before.outputs) == 1 else None
    count = asked.outputs[0].value if len(asked.outputs) == 1 else None
    if not isinstance(only, ColumnOf) or not isinstance(count, Measure) or count.of or draft.subjects or draft.wishes:
        return []
    entity = model.entity(only.table)
    if before.where or entity is None or only.column in (*entity.display, *entity.key):
        return []
    return [Output(value=Measure(aggregate="count", of=only, distinct=True))]


def _asked_of_others(before: Plan, asked: Plan, draft: Draft) -> list[Output]:
    """`what about friends?`, `and the price?`: of other rows or another column, what was asked before."""
    only = before.outputs[0].value if len(before.outputs) == 1 else None
    if is_bare(draft):
        if asked.where or asked.having or draft.extreme:
            return list(before.outputs)
        if isinstance(only, Measure) and only.aggregate == "count" and only.of is None:
            return [Output(value=only.model_copy(update={"table": asked.table}))]
        return []
    column = asked.outputs[0].value if len(asked.outputs) == 1 and not asked.where else None
    if isinstance(only, Measure) and only.of and isinstance(column, ColumnOf):
        return [Output(value=only.model_copy(update={"of": column}))]
    return []


def _asks_anew(before: Plan, draft: Draft, *, adds: bool) -> bool:
    """Whether something else is asked of rows that cannot be said as a condition on each of them."""
    if draft.extreme and before.limit and not (before.having or before.combined):
        # "And the least common?": the other end of the same rows.
        return False
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
    same = begins(tokens, "chooses")
    order, limit = _order(before, asked, draft, counted=measured and not asked.group and not draft.one_by_one)
    return asked.model_copy(
        update={
            "table": asked.table if draft.subjects and draft.outputs and not same else before.table,
            "outputs": list(outputs),
            "where": _where(before, asked, draft, model, tokens, replaces=anew),
            "having": _having(before, asked, draft, replaces=anew),
            "group": _group(before, asked, outputs, draft, model),
            "order": order,
            "limit": limit,
            "distinct": asked.distinct or (not draft.outputs and (before.distinct or _counted_apart(before, outputs))),
            "combined": None if measured else before.combined,
        }
    )


def _where(
    before: Plan, asked: Plan, draft: Draft, model: Model, tokens: Sequence[Token], *, replaces: bool
) -> Condition | None:
    if begins(tokens, "chooses") and is_bare(draft) and asked.table != before.table and not asked.where:
        # "Which of these are hiring?": those that have such a row.
        return _and(before.where, Related(table=asked.table))
    if draft.others:
        return _and(others_than(before, model), asked.where)
    if says(tokens, "more") and not draft.outputs and asked.where:
        return widened(before.where, asked.where)
    both = merged(before.where, asked.where, replaces=replaces)
    return both if before.having else bounded(both, draft.bounds)


def _having(before: Plan, asked: Plan, draft: Draft, *, replaces: bool) -> Condition | None:
    """`which ones have at least 3?`: of what was measured, where nothing else was compared."""
    both = merged(before.having, asked.having, replaces=replaces)
    measure = next((each.value for each in before.outputs if has_measure(each.value)), None)
    if both is None and before.where is None and draft.bounds and measure and len(before.outputs) > 1:
        return Comparison(left=measure, operator=operator_of(draft.bounds[0]), right=[constant_of(draft.bounds[0])])
    return bounded(both, draft.bounds)


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
