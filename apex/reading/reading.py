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
from apex.reading.draft import HOW_MANY, Draft, Exists, Term
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
from apex.reading.rules import rules_for
from apex.reading.scan import Scan
from apex.reading.telling import as_told
from apex.reading.things import known_of
from apex.reading.tidying import tidy
from core.values.calendar import Calendar
from core.values.plans import Plan

_DAYS = frozenset({"date", "day"})
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


def scanned(scan: Scan) -> Scan:
    """Let the rules read all pieces."""
    rules = rules_for(scan.signs)
    while scan.at < len(scan.pieces):
        place = scan.at
        for rule in rules:
            if rule(scan):
                scan.draft.rules.append(rule.__name__)
                break
        if scan.at <= place:
            raise AssertionError(f"{scan.draft.rules[-1:]} read nothing")
    _by_time(scan)
    _of_all(scan)
    if _names_what_is_measured(scan):
        scan.draft.outputs += [term for term in scan.told if term.measured]
    if scan.told and len(scan.draft.outputs) == len([each for each in scan.told if each in scan.draft.outputs]):
        scan.draft.outputs = list(scan.told)
    _by_whom(scan)
    _all_in_order(scan.draft)
    _by_what_is_ordered(scan.draft)
    if _asks_for_some(scan.draft):
        scan.draft.doubts.append(HOW_MANY)
    scan.draft.never = any(piece.value == "never" for piece in scan.pieces)
    if scan.negated or scan.either:
        scan.draft.doubts.append("left open")
    if scan.negated and not scan.draft.skipped:
        # What is denied was not understood.
        scan.draft.skipped += [piece for piece in scan.pieces if piece.sign == "!"][-1:]
    return scan


def _by_time(scan: Scan) -> None:
    """`the total amount per month` is a sum, though a column is called so; and the date is the day that it is of."""
    cut = [each for each in scan.draft.groups if each.grain]
    for term in (*scan.told, *scan.draft.outputs) if cut else ():
        total = term.of is not None and not term.measured and term.of.piece.tokens[0].lemma == "total"
        if term.of and total and scan.is_number(term.of):
            term.aggregate = "sum"
    if len(cut) == 1 and cut[0].grain == "day" and any(term.measured for term in (*scan.told, *scan.draft.outputs)):
        told = [term for term in scan.draft.outputs if term.of and term.of.piece.text.casefold() in _DAYS]
        scan.draft.outputs = [term for term in scan.draft.outputs if term.measured or term not in told]


def _of_all(scan: Scan) -> None:
    """`the total of paid invoices` is one number, though each of them has a total."""
    only = scan.draft.outputs[0] if len(scan.draft.outputs) == 1 else None
    if not (only and only.of) or only.measured or scan.draft.extreme or scan.draft.orders or scan.draft.limit:
        return
    total = [token.folded for token in only.of.piece.tokens] == ["total"] and scan.is_number(only.of)
    if total and any(ref.piece.tokens[-1].is_plural for ref in scan.draft.subjects[:1]):
        only.aggregate = "sum"


def _names_what_is_measured(scan: Scan) -> bool:
    """`What is the average price of each brand? Return the name.`: the name stands beside the price."""
    draft = scan.draft
    measured = any(term.measured for term in scan.told) and not any(term.measured for term in draft.outputs)
    cut = [*(term for term, _ in draft.orders), *draft.outputs]
    ordered = bool(draft.orders) and not all(term.of and term.of.grain for term in cut)
    return measured and bool(draft.groups and draft.outputs) and not (draft.extreme or draft.limit or ordered)


def _by_whom(scan: Scan) -> None:
    """`who sang in the concert`: people are asked for, where what is spoken of is something else."""
    shown = scan.draft.outputs
    place = next((place for place, term in enumerate(shown) if term.of is None and not term.measured), None)
    asked = next((piece for piece in scan.pieces if piece.sign == "P"), None)
    people = scan.people(asked) if asked and place is not None and not scan.follows else None
    if not people or place is None:
        return
    tables = {link.table for link in people.links}
    if not any(link.table in tables for subject in scan.draft.subjects for link in subject.links[:1]):
        shown[place] = Term(people)
        scan.draft.subjects.insert(0, people)


def _by_what_is_ordered(draft: Draft) -> None:
    """`the total quantity ordered by item`: one number has no order, so that it is asked of each item."""
    refs = [term.of for term, _ in draft.orders if term.of and not term.measured and term.of.meant == "column"]
    measured = bool(draft.outputs) and all(term.measured for term in draft.outputs)
    if measured and len(refs) == len(draft.orders) and not (draft.groups or draft.extreme or draft.limit):
        draft.groups, draft.orders = refs, []


def _asks_for_some(draft: Draft) -> bool:
    """`Which cities have the most orders?`: more than one is asked for, and not how many."""
    extreme, shown = draft.extreme, next((term.of for term in draft.outputs if term.of), None)
    if not extreme or extreme.limit != 1 or draft.limit or extreme.by.aggregate != "count":
        return False
    first = shown or next(iter(draft.subjects), None)
    last = first.piece.tokens[-1] if first else None
    return last is not None and last.is_plural


def _all_in_order(draft: Draft) -> None:
    """`Which lakes have the largest areas, from largest to smallest?`: all of them, with what they are ordered by."""
    extreme, first = draft.extreme, next((term.of for term in draft.outputs if term.of), None)
    several = first is not None and first.piece.tokens[-1].is_plural
    if not extreme or not draft.orders or not several or extreme.limit != 1 or draft.limit or extreme.by.measured:
        return
    by = {link.place for link in extreme.by.of.links} if extreme.by.of else set[tuple[str, str]]()
    if any(
        term.of and term.of is not first and not by & {link.place for link in term.of.links} for term, _ in draft.orders
    ):
        return
    draft.extreme, draft.orders = None, [(extreme.by, extreme.descending)]
    draft.outputs.append(extreme.by)


def _unique(found: Sequence[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for each in found:
        if all(each.plan != other.plan for other in kept):
            kept.append(each)
    return kept
