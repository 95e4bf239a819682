"""Reads a question: cuts it in several ways, reads each by rules, and weighs the plans that come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from apex.language.courtesies import asked
from apex.language.definitions import defined
from apex.language.tokens import Token
from apex.linking.names import NameIndex
from apex.linking.values import ValueIndex
from apex.model import Model
from apex.reading.candidate import Candidate, Candidates
from apex.reading.cutting import cut
from apex.reading.draft import Draft, Exists
from apex.reading.drafting import scanned
from apex.reading.follow_ups.changing import changed, spoken_before
from apex.reading.follow_ups.leaning import leaning
from apex.reading.follow_ups.rows import home_of
from apex.reading.follow_ups.words import begins
from apex.reading.parts import ContradictionError, UnreadableError, without_conditions
from apex.reading.persons import with_persons
from apex.reading.pieces import Piece
from apex.reading.planning import Planner
from apex.reading.ratios import ratios
from apex.reading.resolving import Meaning, meanings
from apex.reading.scan import Scan
from apex.reading.telling import as_told
from apex.reading.things import known_of
from apex.reading.tidying import tidy
from core.values.calendar import Calendar
from core.values.plans import Plan

MEANINGS = 3
"""So many choices of what names mean are followed."""
SKIPPED, UNKNOWN, MEASURING = 0.8, 1.6, 0.6
"""What a word that no rule reads costs, and one that nothing explains; and what more, where it says how to measure."""
UNMEASURED, UNASKED, UNNAMED = 0.5, 3.0, 0.5
"""What it costs to say "for each" where nothing is measured, to ask for nothing that has a name, and to show rows that
are called nothing."""
BESIDE, THERE = 0.8, 0.35
"""What it costs that two names stand side by side, which may be one; and that a table is only spoken of."""
ALONE = 0.3
"""What it costs to read a question alone that lacks what it is about, though another went before."""
OPEN = 0.6
"""What it costs that nothing is said behind "who" or "with"."""


def candidates(
    question: str,
    names: NameIndex,
    values: ValueIndex,
    model: Model,
    *,
    before: Plan | None = None,
    replies: bool = False,
    now: datetime | None = None,
    calendar: Calendar | None = None,
) -> Candidates:
    """Every reading, best first, one per plan; `before` is the plan that the question may change, or must, if it
    `replies` to a question back."""
    found: list[Candidate] = []
    failures: list[str] = []
    tokens = defined(asked(question))

    def part(text: str) -> Candidate | None:
        return next(iter(candidates(text, names, values, model, now=now, calendar=calendar).found), None)

    divided = ratios(question, tokens, part, model) if before is None else []
    if divided:
        return Candidates(tuple(_unique(as_told(divided, question, model))))
    for sentence in cut(tokens, known_of(names, values, now=now, calendar=calendar)):
        pieces = list(with_persons(tidy(sentence.pieces, follows=before is not None), names, values))
        scan = scanned(Scan(pieces, names, model, follows=before is not None))
        scan.draft.which = before is not None and (begins(tokens, "chooses") or _asks_for_one(scan.draft, tokens))
        scan.draft.counts_them |= before is not None and begins(tokens, "counts them")
        for context, meaning in _meanings(scan, tokens, before=before, replies=replies):
            planner = Planner(scan.draft, meaning, model, before=context, today=now.date() if now else None)
            try:
                plan = planner.plan()
                plan = changed(context, plan, scan.draft, tokens, model) if context else plan
            except ContradictionError as reason:
                if not (found or scan.draft.skipped):
                    return Candidates(contradiction=str(reason))
                continue
            except UnreadableError as reason:
                failures.append(str(reason))
                continue
            score = sentence.weight + meaning.score - _unread(scan) - _unsaid(plan, planner)
            found.append(
                Candidate(plan, sentence, scan.draft, meaning, scan.signs, score, tuple(planner.notes), bool(context))
            )
    found = as_told(sorted(found, key=lambda each: -each.score), question, model)
    return Candidates(tuple(_unique(found)), tuple(failures))


def _asks_for_one(draft: Draft, tokens: Sequence[Token]) -> bool:
    """`what was the heaviest one?`: which of them that is."""
    return draft.extreme is not None and not draft.outputs and begins(tokens, "asks for one")


def _meanings(
    scan: Scan, tokens: Sequence[Token], *, before: Plan | None, replies: bool
) -> Iterator[tuple[Plan | None, Meaning]]:
    """What names may mean with the question before, where this one leans on it; else alone."""
    draft, model, tables = scan.draft, scan.model, scan.tables()
    tied = leaning(tokens, draft, model) if before else None
    if before is None or tied is None or not (replies or tied.leans):
        yield from ((None, each) for each in _likeliest(meanings(draft, model, tables)))
        return
    spoken = spoken_before(before)
    home = home_of(before) if not draft.subjects else ""
    yield from ((before, each) for each in _likeliest(meanings(draft, model, tables, spoken=spoken, home=home)))
    told = replies or tied.points or tied.opens or tied.adds or before.where or before.limit
    if not told and any(term.of for term in draft.outputs):
        yield from ((None, each) for each in _elsewhere(scan, spoken))


def _elsewhere(scan: Scan, spoken: Sequence[str]) -> Iterator[Meaning]:
    """`what is the average price?`, where all before was about something that has none."""
    for meaning in meanings(scan.draft, scan.model, scan.tables())[:1]:
        if not {*spoken} & {link.table for link in meaning.links.values()}:
            yield replace(meaning, score=meaning.score - ALONE)


def _likeliest(found: Sequence[Meaning]) -> Iterator[Meaning]:
    """Those that are followed; what is meant alike comes to the same plan, and is planned once."""
    for place, meaning in enumerate(found[:MEANINGS]):
        if all(meaning.links != other.links for other in found[:place]):
            yield meaning


def _unread(scan: Scan) -> float:
    """What speaks against a reading: words that no rule read, or not as they are meant, as a "not" of nothing."""
    draft = scan.draft
    skipped = sum(map(_costs, draft.skipped))
    unmeasured = draft.each and not draft.extreme and not any(term.measured for term in draft.outputs)
    unsaid = scan.signs.rstrip(".,")[-1:] in ("r", "w")
    beside = draft.doubts.count("side by side")
    denied = scan.negated
    return skipped + UNMEASURED * unmeasured + BESIDE * beside + OPEN * unsaid + SKIPPED * denied


def _costs(piece: Piece) -> float:
    """What it costs not to read a piece."""
    return len(piece.tokens) * (UNKNOWN if piece.sign == "x" else SKIPPED) + MEASURING * (piece.sign in "A#MSU")


def _unsaid(plan: Plan, planner: Planner) -> float:
    """What speaks against a plan: what it had to assume, and tables of whose rows nothing is said."""
    notes, said = planner.notes, sum(isinstance(wish, Exists) for wish in planner.draft.wishes)
    there = max(0, len(list(without_conditions(plan.where))) - said)
    return UNASKED * ("nothing asked" in notes) + UNNAMED * notes.count("no display") + THERE * there


def _unique(found: Sequence[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for each in found:
        if all(each.plan != other.plan for other in kept):
            kept.append(each)
    return kept
