"""Questions that change the one before: `how many are there?`, `only Germany`, `sort them by age`, `and 2015?`."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from apex.compile.walk import tables_of
from apex.language.tokens import Token, tokenize
from apex.reading.draft import Draft
from core.values.plans import (
    ColumnOf,
    Combination,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Measure,
    Negation,
    Operator,
    Plan,
)


@cache
def back() -> Mapping[str, frozenset[str]]:
    """The words that speak of what was asked before, by section."""
    text = files("apex.language").joinpath("english", "back.txt").read_text(encoding="utf8")
    found: dict[str, frozenset[str]] = {}
    for section in text.split("\n[")[1:]:
        heading, listed = section.split("]", 1)
        found[heading] = frozenset(" ".join(each.split()) for each in listed.replace("\n", " ").split(","))
    return found


def leans(tokens: Sequence[Token], draft: Draft) -> bool:
    """Whether a question is to be read with the one before: by a pronoun, by how it begins, or by what it lacks."""
    if points_back(tokens) or begins(tokens, "openings") or not draft.outputs:
        return True
    return not draft.subjects and not any(term.of and term.of.owner for term in draft.outputs)


def points_back(tokens: Sequence[Token]) -> bool:
    """Whether a word stands for what was asked before."""
    words = [token.folded for token in tokens if token.kind == "word"]
    shown = zip(["", *words], [*words, ""], strict=True)
    that = any(word == "that" and before in back()["before that"] for before, word in shown)
    return that or bool(set(words) & back()["pronouns"])


def changes(question: str, before: Plan) -> bool:
    """Whether a question is about some rows of which the one before spoke."""
    return (before.where is not None or before.limit is not None) and points_back(tokenize(question))


def hazard(tokens: Sequence[Token], draft: Draft, before: Plan | None) -> float:
    """How much may be lost between two questions: 1 where this one points at something that was not understood."""
    pointing = points_back(tokens)
    if before is None:
        return 1.0 if pointing else 0.0
    if pointing or begins(tokens, "openings") or not draft.outputs:
        return 0.0
    limited = before.where is not None or before.limit is not None
    return 0.5 if limited and not draft.wishes else 0.1


def begins(tokens: Sequence[Token], section: str) -> bool:
    """Whether a question begins with words of a section."""
    words = [token.folded for token in tokens if token.kind == "word"]
    return any(" ".join(words[:size]) in back()[section] for size in (1, 2, 3))


def changed(before: Plan, asked: Plan, draft: Draft, tokens: Sequence[Token]) -> Plan:
    """The plan before, with what the question says anew in the place of what it said then."""
    anew = begins(tokens, "again")
    more = {token.folded for token in tokens} & back()["more"]
    outputs = asked.outputs
    if more and (draft.outputs or draft.again):
        outputs = [*before.outputs, *(each for each in asked.outputs if each not in before.outputs)]
    measured = any(isinstance(each.value, Measure) for each in outputs)
    counted = measured and not draft.groups
    ordered = bool(draft.orders) or draft.extreme is not None
    single = bool(before.limit and before.order) and not draft.extreme
    return asked.model_copy(
        update={
            "table": _table(before, asked, draft),
            "outputs": outputs,
            "where": _bounded(_together(before.where, asked.where, replaces=anew), draft, before.having is None),
            "having": _bounded(_together(before.having, asked.having, replaces=anew), draft, True),
            "group": asked.group if draft.outputs or asked.group else before.group,
            "order": asked.order if ordered else [] if counted and not single else before.order,
            "limit": asked.limit if ordered and draft.extreme else before.limit if not counted or single else None,
            "distinct": asked.distinct or (before.distinct and not draft.outputs),
            "combined": None if counted else before.combined,
        }
    )


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


def _asks_who(draft: Draft) -> bool:
    """Whether nothing but "what are they" was said."""
    return not (draft.wishes or draft.groups or draft.orders or draft.extreme or draft.bounds)


def _table(before: Plan, asked: Plan, draft: Draft) -> str:
    """The rows that were spoken of stay the rows, unless others are counted now."""
    return asked.table if draft.subjects and draft.outputs else before.table


def _bounded(condition: Condition | None, draft: Draft, meant: bool) -> Condition | None:
    """`at least 3?`: the last comparison with a number, with another number."""
    parts = _parts(condition)
    if not (draft.bounds and meant and parts):
        return condition
    operator, number = draft.bounds[0]
    for place in range(len(parts) - 1, -1, -1):
        last = parts[place]
        if isinstance(last, Comparison) and len(last.right) == 1 and isinstance(last.right[0], Literally):
            known = _OPERATORS.get(operator, last.operator)
            right = [Literally(value=int(number) if number == int(number) else number)]
            parts[place] = last.model_copy(update={"operator": known, "right": right})
            return parts[0] if len(parts) == 1 else Combination(kind="all", of=parts)
    return condition


_OPERATORS: Mapping[str, Operator] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "=": "="}


def _together(before: Condition | None, now: Condition | None, *, replaces: bool) -> Condition | None:
    """Both conditions; what speaks of the same column anew replaces what was said of it."""
    kept = [each for each in _parts(before) if not any(_same(each, new, replaces=replaces) for new in _parts(now))]
    whole = [*kept, *(each for each in _parts(now) if each not in kept)]
    if len(whole) < 2:
        return whole[0] if whole else None
    return Combination(kind="all", of=whole)


def _parts(condition: Condition | None) -> list[Condition]:
    if condition is None:
        return []
    return list(condition.of) if isinstance(condition, Combination) and condition.kind == "all" else [condition]


def _same(one: Condition, other: Condition, *, replaces: bool) -> bool:
    """Whether the later condition stands for the earlier: of one column, and no row could satisfy both."""
    left, right = _compared(one), _compared(other)
    if left is None or left != right:
        return False
    equal = isinstance(one, Comparison) and isinstance(other, Comparison) and one.operator == other.operator == "="
    return replaces or equal


def _compared(condition: Condition) -> object:
    inner = condition.of if isinstance(condition, Negation) else condition
    if not isinstance(inner, Comparison):
        return None
    return inner.left.of if isinstance(inner.left, Grained) else inner.left


def spoken_before(before: Plan) -> list[str]:
    """The tables that the question before was about."""
    return sorted(map(str, tables_of(before)))
