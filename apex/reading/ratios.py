"""`the ratio of web sales to visits`, `what percentage of sales were returned`: two questions, and their quotient."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from apex.language.tokens import Token
from apex.language.vocabulary import vocabulary
from apex.reading.candidate import Candidate
from apex.reading.parts import has_measure, together
from apex.reading.pieces import Piece, Sentence
from core.values.plans import Arithmetic, Condition, Expression, Literally, Measure, Output, Plan

Read = Callable[[str], Candidate | None]
"""The best reading of a part."""

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


def ratios(question: str, tokens: Sequence[Token], read: Read) -> list[Candidate]:
    """The readings of a question for a ratio; none where it asks for something else."""
    if any(token.folded in _words()["shares"] for token in tokens):
        found = [shared for sides in _parts(tokens) if (shared := _divided(question, sides, read))]
    elif any(token.folded in _words()["ratio"] for token in tokens):
        found = [divided for sides in _sides(tokens) if (divided := _divided(question, sides, read))]
    else:
        return []
    return sorted(found, key=lambda each: -each.score)


def _sides(tokens: Sequence[Token]) -> Iterator[Sides]:
    place = next(at for at, token in enumerate(tokens) if token.folded in _words()["ratio"])
    if place + 1 >= len(tokens) or tokens[place + 1].folded not in ("of", "between"):
        return
    begin = place + 2
    end = next((at for at in range(begin, len(tokens)) if tokens[at].folded in (".", "?", ";")), len(tokens))
    groups = next((at for at in range(begin, end) if _groups(tokens, at)), end)
    joins = [at for at in range(begin + 1, groups - 1) if tokens[at].folded in _words()["to"]]
    if not joins and groups + 1 < end and tokens[groups].folded in _words()["to"]:
        # "The ratio of population per area for each state": the first one divides.
        joins, groups = [groups], next((at for at in range(groups + 1, end) if _groups(tokens, at)), end)
    before = [token for token in tokens[:place] if not _is_small(token)]
    for at in joins[:TRIED]:
        tail = [token for token in tokens[groups:end] if token.folded not in _words()["varies"]]
        yield Sides(tokens[begin:at], tokens[at + 1 : groups], [*before, *tail], tokens[end + 1 :])


def _parts(tokens: Sequence[Token]) -> Iterator[Sides]:
    """`what percentage of sales were made in the shop`: some of the sales, and all of them."""
    place = next(at for at, token in enumerate(tokens) if token.folded in _words()["shares"])
    if place + 1 >= len(tokens) or tokens[place + 1].folded != "of" or not all(map(_is_small, tokens[:place])):
        return
    begin = place + 2
    end = next((at for at in range(begin, len(tokens)) if tokens[at].folded in (".", "?", ";")), len(tokens))
    groups = next((at for at in range(begin, end) if _groups(tokens, at)), end)
    said = next((at for at in range(begin + 1, groups) if tokens[at].folded in _words()["says"]), None)
    if said is not None:
        hundred = tokens[place].folded in _words()["hundred"]
        yield Sides(tokens[begin:groups], tokens[begin:said], tokens[groups:end], tokens[end + 1 :], hundred)


def _groups(tokens: Sequence[Token], at: int) -> bool:
    """Whether groups are said from here on."""
    phrases = (tuple(token.folded for token in tokens[at : at + size]) for size in range(1, _LONGEST + 1))
    marks = vocabulary().marks
    return tokens[at].folded in _words()["varies"] or any(p in marks and marks[p].name == "each" for p in phrases)


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
    if plan is None or (above.plan == below.plan):
        return None
    left = [Piece("x", (token,), value="unknown") for token in sides.rest if token.kind != "point"]
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


def _side(part: str, tail: str, read: Read) -> Candidate | None:
    """One side as a question: rows are counted, and a number is added up, where nothing else is said."""
    tried = [read(f"What is {asked}{part} {tail}?") for asked in ("", "the number of ", "the total ")]
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


def _measured(plan: Plan, where: Condition | None) -> Measure:
    """The plan's measure, over its own rows."""
    measure = _measures(plan)[0]
    held = together([each for each in (measure.where, where) if each])
    return measure.model_copy(update={"where": held, "table": measure.table or plan.table})


def _text(question: str, tokens: Sequence[Token]) -> str:
    """The words as they are written, with their quotes."""
    return " ".join(question[token.start : token.end] for token in tokens)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = files("apex.language").joinpath("english", "ratios.txt").read_text(encoding="utf8")
    lines = (line.split(": ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(words.split(", ")) for name, words in lines}
