"""What a question shows that changes the one before: what was shown, what it names, or both."""

from collections.abc import Callable

from apex.reading.draft import Draft
from apex.reading.follow_ups.leaning import is_bare
from apex.reading.follow_ups.rows import identity_of, is_chosen, key_of
from apex.reading.follow_ups.turn import Turn
from apex.reading.parts import UnreadableError, has_measure
from core.values.plans import ColumnOf, Expression, Grained, Measure, Output, Plan, Related


def again(before: Plan, draft: Draft, display: Callable[[str], list[Expression]]) -> list[Expression]:
    """What was shown before, or its aggregates; where it was a number of things, the things themselves."""
    shown = [each.value for each in before.outputs]
    if draft.again:
        columns = [value.of if isinstance(value, Measure) else value for value in shown]
        named = [value for value in columns if isinstance(value, ColumnOf)]
        return [Measure(aggregate=how, of=value) for value in named[:1] for how in draft.again]
    only = shown[0] if len(shown) == 1 else None
    if isinstance(only, Measure) and draft.which and draft.extreme:
        return display(before.table)
    if isinstance(only, Measure) and only.aggregate == "count" and (_asks_who(draft) or draft.which):
        return [only.of] if only.of else display(only.table or before.table)
    return shown


def _asks_who(draft: Draft) -> bool:
    """Whether nothing but "what are they" was said."""
    return not (draft.wishes or draft.groups or draft.orders or draft.extreme or draft.bounds)


def shown_by(turn: Turn) -> list[Output]:
    """The outputs of the changed plan."""
    draft, before, asked = turn.draft, turn.before, turn.asked
    if turn.other_end:
        return turn.other_end
    if draft.one_by_one and turn.measures:
        return [*turn.called, *(each for each in asked.outputs if each not in turn.called)]
    if draft.outputs:
        named = _removed(turn) or _counted(turn) or _chosen(turn) or _of_others(turn)
        if named:
            return named
    if turn.adds and (draft.outputs or draft.again):
        return [*before.outputs, *(each for each in asked.outputs if each not in before.outputs)]
    if turn.cuts:
        return list(before.outputs)
    chosen = draft.limit or draft.bounds or (draft.extreme and turn.begins("chooses"))
    if chosen and not draft.outputs:
        return turn.plain or list(asked.outputs if draft.which and draft.extreme else before.outputs)
    return _regrouped(turn) if not draft.outputs else _counted_again(turn)


def _counted_again(turn: Turn) -> list[Output]:
    """`how many per city?`: of what was counted before, where it is not said of what."""
    counts = [
        each for each in turn.before.outputs if isinstance(each.value, Measure) and each.value.aggregate == "count"
    ]
    unsaid = [term for term in turn.draft.outputs if term.aggregate == "count" and not (term.of or term.rows)]
    if len(counts) != 1 or len(unsaid) != 1 or not turn.draft.groups:
        return list(turn.asked.outputs)
    return [counts[0] if isinstance(each.value, Measure) else each for each in turn.asked.outputs]


def _regrouped(turn: Turn) -> list[Output]:
    """`by quarter?`, where it was by month; `by country instead`."""
    new = [each for each in turn.asked.outputs if each not in turn.before.outputs and not has_measure(each.value)]
    if not new:
        return list(turn.asked.outputs)
    cut = [each.value.of for each in new if isinstance(each.value, Grained)]
    gone = [each for each in turn.plain if turn.replaces or (isinstance(each.value, Grained) and each.value.of in cut)]
    return [each for each in turn.asked.outputs if each not in gone]


def counted_apart(turn: Turn, outputs: list[Output]) -> bool:
    """`what are they?`, where it was said how many different ones there are."""
    counted = [each.value for each in turn.before.outputs]
    only = counted[0] if len(counted) == 1 else None
    return isinstance(only, Measure) and only.distinct and [each.value for each in outputs] == [only.of]


def counted_instead(turn: Turn) -> list[Output]:
    """Rows of the table that is named, counted as the others were."""
    only = turn.before.outputs[0].value if len(turn.before.outputs) == 1 else None
    if not isinstance(only, Measure) or only.aggregate != "count" or only.of:
        raise UnreadableError("it is not said what is asked of them")
    where = turn.asked.where
    table = where.table if isinstance(where, Related) else turn.asked.table
    return [Output(value=only.model_copy(update={"table": table}))]


def counted_groups(turn: Turn) -> list[Output]:
    """`how many are there?`, where groups were found by a condition on them."""
    count = turn.asked.outputs[0].value if len(turn.asked.outputs) == 1 else None
    counts = isinstance(count, Measure) and count.of is None and not (turn.draft.subjects or turn.draft.wishes)
    identity = identity_of(turn.before, turn.model)
    if not counts or turn.before.limit or identity is None or identity in key_of(turn.before, turn.model):
        return []
    return [Output(value=Measure(aggregate="count", of=identity, distinct=True))]


def _removed(turn: Turn) -> list[Output]:
    """`remove the age`: the others, where that was shown."""
    rest = [each for each in turn.before.outputs if each not in turn.asked.outputs]
    if not turn.begins("removes") or turn.draft.wishes:
        return []
    if not rest or len(rest) + len(turn.asked.outputs) != len(turn.before.outputs):
        raise UnreadableError("what is to be removed was not shown")
    return rest


def _chosen(turn: Turn) -> list[Output]:
    """`which of them ...`: the same things, of fewer rows."""
    draft = turn.draft
    if not turn.begins("chooses"):
        return []
    if not (is_bare(draft) or draft.wishes or draft.extreme or draft.bounds or draft.limit):
        raise UnreadableError("it is not said which of them are meant")
    return turn.plain or list(turn.before.outputs)


def _counted(turn: Turn) -> list[Output]:
    """`how many are there?`, where different things of one kind were shown, and not rows."""
    before, draft = turn.before, turn.draft
    only = before.outputs[0].value if len(before.outputs) == 1 else None
    count = turn.asked.outputs[0].value if len(turn.asked.outputs) == 1 else None
    if not isinstance(only, ColumnOf) or not isinstance(count, Measure) or count.of or draft.subjects or draft.wishes:
        return []
    entity = turn.model.entity(only.table)
    if before.where or is_chosen(before) or entity is None or only.column in (*entity.display, *entity.key):
        return []
    return [Output(value=Measure(aggregate="count", of=only, distinct=True))]


def _of_others(turn: Turn) -> list[Output]:
    """`what about friends?`, `and the price?`: of other rows or another column, what was asked before."""
    if not turn.begins("openings"):
        return []
    before, asked = turn.before, turn.asked
    only = before.outputs[0].value if len(before.outputs) == 1 else None
    if is_bare(turn.draft):
        if turn.draft.wishes or turn.draft.extreme or asked.table == before.table:
            return list(before.outputs)
        return []
    column = asked.outputs[0].value if len(asked.outputs) == 1 and not asked.where else None
    if isinstance(only, Measure) and only.of and isinstance(column, ColumnOf):
        return [Output(value=only.model_copy(update={"of": column}))]
    return []
