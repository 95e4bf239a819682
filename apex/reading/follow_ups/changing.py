"""The plan before, with what the question says anew in the place of what it said then."""

from collections.abc import Sequence
from dataclasses import replace

from apex.compile.walk import conjuncts, tables_of, together
from apex.language.tokens import Token
from apex.linking.names import COUNTS
from apex.model import Model
from apex.reading.draft import Draft
from apex.reading.follow_ups.conditions import (
    bounded,
    compared_with,
    compares_with_it,
    constant_of,
    merged,
    operator_of,
    speaks_of,
    unfixed,
    widened,
    without,
)
from apex.reading.follow_ups.leaning import is_bare, points_back, says_all
from apex.reading.follow_ups.rows import identity_of, is_chosen, is_first, others_than, rows_of
from apex.reading.follow_ups.showing import counted_apart, counted_groups, counted_instead, shown_by
from apex.reading.follow_ups.turn import Turn
from apex.reading.follow_ups.words import adds, says
from apex.reading.parts import UnreadableError, has_measure, tables_in
from apex.reading.settling import in_order
from core.values.plans import ColumnOf, Comparison, Condition, Expression, Measure, Order, Output, Plan, Related, Scalar


def changed(before: Plan, asked: Plan, draft: Draft, tokens: Sequence[Token], model: Model) -> Plan:
    """The plan of a question that leans on the one before."""
    turn = Turn(before, asked, draft, tokens, model)
    if not (_asks(draft) or says(tokens, "them")):
        raise UnreadableError("nothing is asked")
    if turn.of_two_before:
        raise UnreadableError("it is not said which two are meant")
    if draft.than_that or compares_with_it(asked.where):
        return _compared(turn)
    if _names_others(turn):
        counted = counted_instead(turn)
        return Plan(table=next(iter(tables_in(counted[0].value))), outputs=counted)
    outputs = shown_by(turn)
    turn = replace(turn, asked=_of_the_first(turn, outputs))
    plan = _of_the_rows(turn, outputs) if _asks_anew(turn) else _of_the_plan(turn, outputs)
    if plan == before and not draft.outputs and (turn.begins("openings") or says(tokens, "fewer")):
        raise UnreadableError("it is not said what is to change")
    return plan


def _of_the_first(turn: Turn, outputs: Sequence[Output]) -> Plan:
    """`what about the youngest student?`, where pets were counted: those of the one, and not the first number."""
    asked, measured = turn.asked, all(has_measure(each.value) for each in outputs)
    rows = rows_of(asked, turn.model) if measured and turn.draft.extreme and is_first(asked) else None
    return asked.model_copy(update={"where": rows, "order": list[Order](), "limit": None}) if rows else asked


def _asks(draft: Draft) -> bool:
    """Whether anything was read that asks or changes something."""
    named = (draft.outputs, draft.subjects, draft.wishes, draft.groups, draft.orders, draft.bounds, draft.again)
    turned = draft.turned is not None or draft.limit is not None or draft.extreme or draft.than_that
    return any(named) or bool(turned or draft.others or draft.one_by_one or draft.everything or draft.distinct)


def spoken_before(before: Plan) -> list[str]:
    """The tables that the question before was about."""
    return sorted(map(str, tables_of(before)))


def _compared(turn: Turn) -> Plan:
    """`older than that`: with the number that was the answer."""
    before = turn.before
    if len(before.outputs) != 1 or not has_measure(before.outputs[0].value) or before.group:
        raise UnreadableError("there is no one number to compare with")
    number = Scalar(plan=before.model_copy(update={"order": list[Order](), "limit": None}))
    measure, operator, where = before.outputs[0].value, turn.draft.than_that, turn.asked.where
    if not operator:
        return turn.asked.model_copy(update={"where": compared_with(where, number)})
    if not isinstance(measure, Measure) or measure.of is None or measure.aggregate in ("count", "sum"):
        raise UnreadableError("it is not said what is compared")
    above = Comparison(left=measure.of, operator=operator, right=[number])
    return turn.asked.model_copy(update={"where": together([*conjuncts(where), above])})


def _names_others(turn: Turn) -> bool:
    """`what about pets?`: rows of another table, and nothing else."""
    draft = turn.draft
    bare = _is_bare(draft)
    elsewhere = turn.asked.table != turn.before.table or isinstance(turn.asked.where, Related)
    return bare and elsewhere and turn.begins("again") and not (draft.wishes or draft.extreme or draft.orders)


def _is_bare(draft: Draft) -> bool:
    """Whether rows of a table are named, and nothing of them."""
    return is_bare(draft) or (not draft.outputs and bool(draft.subjects))


def _asks_anew(turn: Turn) -> bool:
    """Whether something else is asked of rows that cannot be said as a condition on each of them."""
    before, draft = turn.before, turn.draft
    if draft.extreme and before.limit and not (before.having or before.combined):
        # "And the least common?": the other end of the same rows.
        return False
    if is_first(before) and not (draft.wishes or turn.measures):
        return {before.table} != {table for each in turn.asked.outputs for table in tables_in(each.value)}
    return is_chosen(before) and bool(draft.outputs) and not (turn.adds or draft.one_by_one)


def _of_the_rows(turn: Turn, outputs: list[Output]) -> Plan:
    """Another question, of the rows that the one before had found."""
    rows = rows_of(turn.before, turn.model)
    if rows is None:
        raise UnreadableError("the rows that were spoken of cannot be told apart")
    outputs = counted_groups(turn) or outputs
    where = together([*conjuncts(rows), *conjuncts(turn.asked.where)])
    return turn.asked.model_copy(update={"outputs": outputs, "where": where})


def _of_the_plan(turn: Turn, outputs: list[Output]) -> Plan:
    """The plan before, of which some parts are replaced."""
    before, asked, draft = turn.before, turn.asked, turn.draft
    measured = any(has_measure(each.value) for each in outputs)
    order, limit = _order(turn, counted=measured and not asked.group and not draft.one_by_one)
    moved = draft.subjects and draft.outputs and not (turn.begins("chooses") or draft.counts_them)
    return asked.model_copy(
        update={
            "table": asked.table if moved else before.table,
            "outputs": outputs,
            "where": _where(turn),
            "time": asked.time or (None if before.time and speaks_of(asked.where, before.time.column) else before.time),
            "having": _having(turn),
            "group": _group(turn, outputs),
            "order": order,
            "limit": limit,
            "distinct": asked.distinct or (not draft.outputs and (before.distinct or counted_apart(turn, outputs))),
            "combined": None if measured else before.combined,
        }
    )


def _where(turn: Turn) -> Condition | None:
    before, asked, draft = turn.before, turn.asked, turn.draft
    if turn.other_end:
        return before.where
    if says_all(turn.tokens) and _is_bare(draft) and asked.table == before.table and not asked.where:
        # "And for all accounts?": no longer only for some.
        return None
    if turn.begins("chooses") and _is_bare(draft) and asked.table != before.table and not asked.where:
        # "Which of these are hiring?": those that have such a row.
        return together([*conjuncts(before.where), Related(table=asked.table)])
    if draft.others:
        others = others_than(before, turn.model)
        if others is None:
            raise UnreadableError("there are no others")
        return together([*conjuncts(others), *conjuncts(asked.where)])
    if adds(turn.tokens) and not draft.outputs and asked.where:
        return widened(before.where, asked.where)
    kept = without(before.where, asked.time.column) if asked.time else before.where
    for column in _asked_for(turn):
        kept = unfixed(kept, column)
    both = merged(kept, asked.where, replaces=turn.replaces)
    return both if before.having or _bounds_what_was_measured(turn) else bounded(both, draft.bounds)


def _asked_for(turn: Turn) -> list[ColumnOf]:
    """`which item sells best?`, where only one item was spoken of: of all that there are, unless it says of those."""
    shown = [each.value for each in turn.asked.outputs] if turn.draft.outputs else []
    columns = [value for value in shown if isinstance(value, ColumnOf)]
    return [] if points_back(turn.tokens, turn.draft) else columns


def _having(turn: Turn) -> Condition | None:
    """`which ones have at least 3?`: of what was measured, where nothing else was compared."""
    before, bounds = turn.before, turn.draft.bounds
    both = merged(before.having, turn.asked.having, replaces=turn.replaces)
    if measure := _bounds_what_was_measured(turn):
        return Comparison(left=measure, operator=operator_of(bounds[0]), right=[constant_of(bounds[0])])
    return bounded(both, bounds) if before.having else both


def _bounds_what_was_measured(turn: Turn) -> Expression | None:
    """What was measured of each group, where a number is said and nothing was compared before."""
    before = turn.before
    measure = next((each.value for each in before.outputs if has_measure(each.value)), None)
    compared = before.having or before.where or len(before.outputs) < 2
    return measure if turn.draft.bounds and not compared else None


def _group(turn: Turn, outputs: Sequence[Output]) -> list[Expression]:
    """By what is grouped without being shown: whatever it was, or who each of them is."""
    draft, asked = turn.draft, turn.asked
    if not draft.outputs or outputs == turn.plain:
        said = draft.groups or draft.wishes or draft.extreme
        return (asked.group if said else []) or turn.before.group
    plain = [each.value for each in outputs if not has_measure(each.value)]
    if asked.group or not plain or len(plain) == len(outputs):
        return asked.group
    if draft.one_by_one:
        return _keys(turn, plain, turn.before.table)
    rows = any(ref.meant == "table" for ref in draft.groups)
    return _keys(turn, plain, next(iter(tables_in(plain[0])))) if rows else []


def _keys(turn: Turn, shown: Sequence[Expression], table: str) -> list[Expression]:
    """The key beside what rows are called by, so that two of the same name are two."""
    before, entity = turn.before, turn.model.entity(table)
    keys = [ColumnOf(table=table, column=name) for name in entity.key] if entity else []
    identity = [identity_of(before, turn.model)] if table == before.table else keys
    columns = {value.column for value in shown if isinstance(value, ColumnOf) and value.table == table}
    called = entity is not None and bool(columns & set(entity.display))
    return [each for each in identity if each and each not in shown] if called else []


def _order(turn: Turn, *, counted: bool) -> tuple[list[Order], int | None]:
    before, asked, draft = turn.before, turn.asked, turn.draft
    if turn.other_end:
        return [], None
    if counted_by := _by_the_count(turn):
        return [Order(by=counted_by, descending=draft.orders[0][1])], asked.limit or before.limit
    if turn.cuts:
        # The first ones are the first as they were shown.
        return list(in_order(before, turn.model).order), draft.limit
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


def _by_the_count(turn: Turn) -> Expression | None:
    """`sort it by the number`: by what was counted, and not by a column that is called the number of something."""
    counted = [each.value for each in turn.before.outputs if has_measure(each.value)]
    named = [token.lemma for term, _ in turn.draft.orders if term.of for token in term.of.piece.tokens]
    shown = [each.by for each in turn.asked.order if Output(value=each.by) in turn.before.outputs]
    said = len(turn.draft.orders) == 1 and named and COUNTS.issuperset(named)
    return counted[0] if said and len(counted) == 1 and not shown else None


def _ordered_by(before: Plan) -> Expression | None:
    """By what the plan before was ordered, or what it had measured, or what it showed last."""
    if before.order:
        return before.order[0].by
    shown = [each.value for each in before.outputs]
    return next((value for value in shown if has_measure(value)), shown[-1] if shown else None)
