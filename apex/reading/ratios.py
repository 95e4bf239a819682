"""`the ratio of web sales to visits`, `what percentage of sales were returned`: two questions, and their quotient."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from apex.compile.walk import conjuncts, together
from apex.language.moments_words import last_words
from apex.language.sections import listed
from apex.language.tokens import Token
from apex.language.vocabulary import vocabulary
from apex.model import Model
from apex.reading.candidate import Candidate
from apex.reading.parts import has_measure
from apex.reading.pieces import Piece, Sentence
from core.values.plans import (
    Arithmetic,
    ColumnOf,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Measure,
    Output,
    Plan,
    Scalar,
)

Read = Callable[[str], Candidate | None]
"""The best reading of a part."""

_FILE = "ratios.txt"
TRIED = 3
_LONGEST = 4


@dataclass(frozen=True)
class Sides:
    """What is divided by what, for which groups, and what else is said."""

    above: Sequence[Token]
    below: Sequence[Token]
    groups: Sequence[Token]
    rest: Sequence[Token]
    hundred: bool = False
    """Whether percent are asked for."""


def ratios(question: str, tokens: Sequence[Token], read: Read, model: Model) -> list[Candidate]:
    """The readings of a question for a ratio; none where it asks for something else."""
    if any(token.folded in listed(_FILE)["shares"] for token in tokens):
        found = [shared for sides in _parts(tokens) if (shared := _divided(question, sides, read))]
        found = found or [shared for sides in _shares(tokens) if (shared := _shared(question, sides, read))]
        found = found or [divided for sides in _sides(tokens) if (divided := _divided(question, sides, read))]
    elif any(token.folded in listed(_FILE)["ratio"] for token in tokens):
        found = [divided for sides in _sides(tokens) if (divided := _divided(question, sides, read))]
    elif any(token.folded in listed(_FILE)["average"] for token in tokens):
        found = [divided for sides in _averages(tokens) if (divided := _averaged(question, sides, read, model))]
    else:
        return []
    return sorted(found, key=lambda each: -each.score)


def _sides(tokens: Sequence[Token]) -> Iterator[Sides]:
    place = next((at for at, token in enumerate(tokens) if token.folded in listed(_FILE)["ratio"]), len(tokens))
    if place + 1 >= len(tokens) or tokens[place + 1].folded not in ("of", "between"):
        return
    begin, end = place + 2, _end(tokens, place + 2)
    groups = next((at for at in range(begin, end) if _groups(tokens, at)), end)
    joins = [at for at in range(begin + 1, groups - 1) if tokens[at].folded in listed(_FILE)["to"]]
    if not joins and groups + 1 < end and tokens[groups].folded in listed(_FILE)["to"]:
        # "The ratio of population per area for each state": the first one divides.
        joins, groups = [groups], next((at for at in range(groups + 1, end) if _groups(tokens, at)), end)
    before = [token for token in tokens[:place] if not _is_small(token)]
    for at in joins[:TRIED]:
        tail = [token for token in tokens[groups:end] if token.folded not in listed(_FILE)["varies"]]
        above, below = tokens[begin:at], tokens[at + 1 : groups]
        yield Sides(above, below, [*before, *tail], tokens[end + 1 :])
        if len(above) == 1 < len(below):
            # "The ratio of paid to unpaid orders"
            yield Sides([*above, *below[1:]], below, [*before, *tail], tokens[end + 1 :])


def _parts(tokens: Sequence[Token]) -> Iterator[Sides]:
    """`what percentage of sales were made in the shop`: some of the sales, and all of them."""
    place = next(at for at, token in enumerate(tokens) if token.folded in listed(_FILE)["shares"])
    if place + 1 >= len(tokens) or tokens[place + 1].folded != "of" or not all(map(_is_small, tokens[:place])):
        return
    begin, end = place + 2, _end(tokens, place + 2)
    groups = next((at for at in range(begin, end) if _groups(tokens, at)), end)
    said = next((at for at in range(begin + 1, groups) if tokens[at].folded in listed(_FILE)["says"]), None)
    whole = next((at for at in range(begin + 1, groups) if _text_of(tokens[at : at + 2]) == "out of"), None)
    hundred = tokens[place].folded in listed(_FILE)["hundred"]
    if whole is not None:
        yield Sides(tokens[begin:whole], tokens[whole + 2 : groups], tokens[groups:end], tokens[end + 1 :], hundred)
    elif said is not None:
        yield Sides(tokens[begin:groups], tokens[begin:said], tokens[groups:end], tokens[end + 1 :], hundred)


def _shares(tokens: Sequence[Token]) -> Iterator[Sides]:
    """`the share of visits by device`: those of each group, and all of them."""
    place = next(at for at, token in enumerate(tokens) if token.folded in listed(_FILE)["shares"])
    if place + 1 >= len(tokens) or tokens[place + 1].folded != "of" or not all(map(_is_small, tokens[:place])):
        return
    begin, end = place + 2, _end(tokens, place + 2)
    hundred = tokens[place].folded in listed(_FILE)["hundred"]
    if _groups(tokens, begin):
        # "The share of each method in the total amount"
        whole = next((at for at in range(begin, end) if tokens[at].folded in listed(_FILE)["whole"]), end)
        yield Sides(tokens[whole:end], tokens[whole:end], tokens[begin - 1 : whole - 1], tokens[end + 1 :], hundred)
        return
    groups = next((at for at in range(begin + 1, end) if _groups(tokens, at)), end)
    if groups < end:
        yield Sides(tokens[begin:groups], tokens[begin:groups], tokens[groups:end], tokens[end + 1 :], hundred)


def _averages(tokens: Sequence[Token]) -> Iterator[Sides]:
    """`the average number of visits per customer`: the visits, and how many customers had them."""
    place = next(at for at, token in enumerate(tokens) if token.folded in listed(_FILE)["average"])
    begin, end = place + 1, _end(tokens, place + 1)
    counted = _text_of(tokens[begin : begin + 2]) == "number of"
    begin += 2 * counted
    by = [at for at in range(begin + 1, end) if _groups(tokens, at) and not _groups(tokens, at - 1)]
    if by and all(map(_is_small, tokens[:place])):
        one, groups = _behind_mark(tokens, by[0]), by[1] if len(by) > 1 else end
        more = next((at for at in range(one, groups) if tokens[at].folded in listed(_FILE)["more"]), groups)
        if not (counted or _is_unit(tokens[one:more])):
            return
        above = [*tokens[begin : by[0]], *tokens[more:groups]]
        yield Sides(above, tokens[one:more], tokens[groups:end], tokens[end + 1 :])


def _end(tokens: Sequence[Token], begin: int) -> int:
    """Where the sentence ends."""
    return next((at for at in range(begin, len(tokens)) if tokens[at].folded in (".", "?", ";")), len(tokens))


def _behind_mark(tokens: Sequence[Token], at: int) -> int:
    """Behind the longest phrase that says groups."""
    marks = vocabulary().marks
    phrases = ((size, tuple(token.folded for token in tokens[at : at + size])) for size in range(_LONGEST, 0, -1))
    return at + next((size for size, phrase in phrases if phrase in marks and marks[phrase].name == "each"), 1)


def _text_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.folded for token in tokens)


def _groups(tokens: Sequence[Token], at: int) -> bool:
    """Whether groups are said from here on."""
    phrases = (tuple(token.folded for token in tokens[at : at + size]) for size in range(1, _LONGEST + 1))
    marks = vocabulary().marks
    return tokens[at].folded in listed(_FILE)["varies"] or any(p in marks and marks[p].name == "each" for p in phrases)


def _is_small(token: Token) -> bool:
    """Whether a word before the ratio only asks for it."""
    mark = vocabulary().marks.get((token.folded,))
    small = mark is not None and mark.name in ("ask", "drop", "be", "not" if token.folded == "no" else "have")
    return small or token.folded in ("how", "does", ",")


def _divided(question: str, sides: Sides, read: Read) -> Candidate | None:
    tail = _text(question, sides.groups)
    above, below = (_side(_text(question, part), tail, read) for part in (sides.above, sides.below))
    if above is None or below is None:
        return None
    plan = _quotient(above.plan, below.plan, hundred=sides.hundred)
    return _together(above, below, plan, sides) if plan and above.plan != below.plan else None


def _shared(question: str, sides: Sides, read: Read) -> Candidate | None:
    """Each group's part of all groups together."""
    tail = _text(question, sides.groups)
    above, whole = (_side(_text(question, sides.above), each, read) for each in (tail, ""))
    if above is None or whole is None or len(whole.plan.outputs) != 1 or not _is_plain(above.plan):
        return None
    all_of_them = Scalar(plan=whole.plan.model_copy(update={"order": []}))
    return _together(above, whole, _over(above.plan, _measures(above.plan)[0], all_of_them, sides), sides)


def _averaged(question: str, sides: Sides, read: Read, model: Model) -> Candidate | None:
    """How many rows there are for one that has any."""
    tail = _text(question, sides.groups)
    if _is_unit(sides.below):
        return _at_times(question, sides, tail, read)
    above = read(f"What is the number of {_text(question, sides.above)} {tail}?")
    below = read(f"What is the number of different {_text(question, sides.below)} {tail}?")
    if above is None or below is None or not (_is_plain(above.plan) and _is_plain(below.plan)) or below.plan.where:
        return None
    counted, ones = _measures(above.plan), _measures(below.plan)
    if len(counted) != 1 or len(ones) != 1 or counted[0].of is not None or not ones[0].distinct:
        return None
    if _grouped(above.plan) != _grouped(below.plan):
        return None
    plan = _over(above.plan, counted[0], ones[0], sides, name="average")
    return _together(above, below, _of_links(plan, counted[0], ones[0], model) or plan, sides)


def _of_links(plan: Plan, counted: Measure, ones: Measure, model: Model) -> Plan | None:
    """Of the authors per book each book's are counted, though somebody wrote several: rows that link both."""
    other = ones.of.table if isinstance(ones.of, ColumnOf) else ones.table
    ends = [model.entity(counted.table), model.entity(other)]
    one, two = (end.name if end else None for end in ends)
    paths = model.paths(one, two) if one and two else ()
    edges = list(paths[0].edges) if len(paths) == 1 else []
    forward = [edge.forward for edge in edges]
    if forward not in ([False], [False, True]) or len(plan.outputs) > 1:
        return None
    link, beyond = str(edges[0].target), edges[1:]
    of = ColumnOf(table=link, column=beyond[0].relation.columns[0]) if beyond else ones.of
    each = Measure(aggregate="count", of=of, distinct=True)
    divided = Arithmetic(operator="/", left=Measure(aggregate="count", table=link), right=each)
    return plan.model_copy(update={"table": link, "outputs": [Output(value=divided, name=plan.outputs[0].name)]})


def _is_unit(tokens: Sequence[Token]) -> bool:
    """Whether nothing is said but a unit of time: `per day`."""
    return len(tokens) == 1 and tokens[0].folded in last_words("units")


def _at_times(question: str, sides: Sides, tail: str, read: Read) -> Candidate | None:
    """`average tickets per day`: the tickets, and on how many days there were any."""
    unit = _text(question, sides.below)
    found = read(f"What is the number of {_text(question, sides.above)} per {unit} {tail}?")
    counted = _measures(found.plan) if found and not found.draft.skipped and _is_plain(found.plan) else []
    cut = [each for each in _grouped(found.plan) if isinstance(each, Grained)] if found else []
    if found is None or len(counted) != 1 or counted[0].of or len(cut) != 1:
        return None
    if not any(term.rows and not term.of for term in found.draft.outputs):
        return None
    times = Measure(aggregate="count", of=cut[0], distinct=True)
    plan = _over(found.plan, counted[0], times, sides, name="average")
    left = [each for each in plan.outputs if each.value != cut[0]]
    plan = plan.model_copy(update={"outputs": left, "group": []})
    rest = [Piece("x", (token,), value="unknown") for token in sides.rest if token.kind != "point"]
    draft = replace(found.draft, rules=[*found.draft.rules, "ratios"], skipped=rest)
    return replace(found, plan=plan, draft=draft)


def _is_plain(plan: Plan) -> bool:
    return not (plan.having or plan.limit or plan.combined)


def _grouped(plan: Plan) -> list[Expression]:
    return [output.value for output in plan.outputs if not has_measure(output.value)]


def _over(plan: Plan, top: Measure, bottom: Expression, sides: Sides, *, name: str = "") -> Plan:
    """The plan with one measure divided instead of alone."""
    over = Arithmetic(operator="*", left=Literally(value=100), right=top) if sides.hundred else top
    called = "percentage" if sides.hundred else name
    divided = Output(value=Arithmetic(operator="/", left=over, right=bottom), name=called)
    return plan.model_copy(update={"outputs": [*map(_shown, _grouped(plan)), divided], "order": []})


def _shown(value: Expression) -> Output:
    return Output(value=value)


def _together(above: Candidate, below: Candidate, plan: Plan, sides: Sides) -> Candidate:
    """One reading of two."""
    left = [Piece("x", (token,), value="unknown") for token in sides.rest if not _is_said(token, sides)]
    draft = replace(above.draft)
    draft.rules = [*above.draft.rules, *below.draft.rules, "ratios"]
    draft.skipped = [*above.draft.skipped, *below.draft.skipped, *left]
    draft.doubts = [*above.draft.doubts, *below.draft.doubts]
    draft.outputs = [*above.draft.outputs, *below.draft.outputs]
    draft.wishes = [*above.draft.wishes, *below.draft.wishes]
    pieces = (*above.sentence.pieces, *below.sentence.pieces)
    return replace(
        above,
        plan=plan,
        meaning=replace(
            above.meaning,
            links={**above.meaning.links, **below.meaning.links},
            joins=above.meaning.joins + below.meaning.joins,
        ),
        sentence=Sentence(pieces, above.sentence.weight),
        draft=draft,
        score=(above.score + below.score) / 2 - len(left),
        signs=above.signs + below.signs,
        notes=(*above.notes, *below.notes),
    )


def _is_said(token: Token, sides: Sides) -> bool:
    """Whether what is left says nothing new: `Show all domain ids.`"""
    mark = vocabulary().marks.get((token.folded,))
    small = mark is not None and mark.name in ("ask", "drop", "all")
    return token.kind == "point" or small or token.lemma in {each.lemma for each in sides.groups}


def _side(part: str, tail: str, read: Read) -> Candidate | None:
    """One side as a question: rows are counted, and a number is added up, where nothing else is said."""
    money = listed("worth.txt")["amounts"].intersection(part.casefold().split())
    prefixes = ("", "the total ") if money else ("", "the number of ", "the total ")
    tried = [read(f"What is {asked}{part} {tail}?") for asked in prefixes]
    found = [each for each in tried if each and len(_measures(each.plan)) == 1]
    return min(found, key=lambda each: len(each.draft.skipped), default=None)


def _measures(plan: Plan) -> list[Measure]:
    return [output.value for output in plan.outputs if isinstance(output.value, Measure)]


def _quotient(above: Plan, below: Plan, *, hundred: bool) -> Plan | None:
    """Both in one plan; None where they are over different groups."""
    groups = [output.value for output in above.outputs if not has_measure(output.value)]
    others = [output.value for output in below.outputs if not has_measure(output.value)]
    plain = not any(each.having or each.limit or each.combined for each in (above, below))
    if groups != others or above.time != below.time or not plain:
        return None
    common = _said_last(above.where, below.where)
    if common:
        above = above.model_copy(update={"where": together([*conjuncts(above.where), *common])})
    same = above.where == below.where
    top, bottom = (_measured(each, None if same else each.where) for each in (above, below))
    over = Arithmetic(operator="*", left=Literally(value=100), right=top) if hundred else top
    divided: Expression = Arithmetic(operator="/", left=over, right=bottom)
    return above.model_copy(
        update={
            "outputs": [
                *(Output(value=each) for each in groups),
                Output(value=divided, name="percentage" if hundred else ""),
            ],
            "where": above.where if same else None,
            "group": [each for each in above.group if each in below.group],
            "order": [],
        }
    )


def _said_last(above: Condition | None, below: Condition | None) -> list[Condition]:
    """`open shops to closed shops in Oslo`: what is said only behind both, which are told apart by something else."""
    one, other = ([(column, each) for each in conjuncts(side) for column in _compared(each)] for side in (above, below))
    apart = {column for column, _ in one} & {column for column, _ in other}
    return [each for column, each in other if column not in apart] if apart and len(one) == len(apart) else []


def _compared(condition: Condition) -> list[tuple[str, str]]:
    left = condition.left if isinstance(condition, Comparison) else None
    return [(left.table, left.column)] if isinstance(left, ColumnOf) else []


def _measured(plan: Plan, where: Condition | None) -> Measure:
    """The plan's measure, over its own rows."""
    measure = _measures(plan)[0]
    held = together([each for each in (measure.where, where) if each])
    return measure.model_copy(update={"where": held, "table": measure.table or plan.table})


def _text(question: str, tokens: Sequence[Token]) -> str:
    """The words as they are written, with their quotes."""
    return " ".join(question[token.start : token.end] for token in tokens)
