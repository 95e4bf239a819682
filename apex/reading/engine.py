"""Reads a question to the end: the best plan with its statement and certainty, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal

from apex.compile import Calendar, Refusal
from apex.language.courtesies import asked as asked_in
from apex.language.moments import ImpossibleError
from apex.model import Model
from apex.reading.asides import plainly
from apex.reading.candidate import Candidate
from apex.reading.certainty import certainty, forest, telling
from apex.reading.draft import HOW_MANY
from apex.reading.exchanges import turns_of
from apex.reading.factors.all import factors_of
from apex.reading.factors.case import Case
from apex.reading.follow_ups.changing import spoken_before
from apex.reading.follow_ups.leaning import leaning
from apex.reading.follow_ups.trust import trust
from apex.reading.library import Indexes, Library, values_for
from apex.reading.open_ends import (
    by_average,
    elsewhere,
    half_named,
    nothing_named,
    now_only,
    open_ends,
    other_unit,
    told_apart,
    unit_for_name,
    unused,
)
from apex.reading.parts import has_measure
from apex.reading.reading import candidates
from apex.reading.settling import Settled, settle
from apex.reading.slips import MENDED, mended
from apex.wording.describe import describe
from core.values.findings import FoundValue
from core.values.plans import Plan

CLOSE, CLEAR = 0.12, 1.0
"""Readings that are no further apart are equally likely; one that is so far behind speaks against none."""
TRIED = 4
UNREAD = 0.3
"""What is left of the certainty of a reading that leaves words unread, for what comes next."""
LIKELY = 0.4
"""A reading that is less likely is not worth a question back."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was made of a question.

    sure: `settled` may be answered. twofold: two readings are as likely. likely: the best one may be asked about.
    unsure: it is not likely enough for that. nothing: there is none. impossible: no row can fit, and `reason` says why.
    `unexplained` are the words that nothing explains.
    """

    status: Literal["sure", "twofold", "likely", "unsure", "nothing", "impossible"]
    settled: Settled | None = None
    rival: Settled | None = None
    confidence: float = 0.0
    measured: Mapping[str, float] = field(default_factory=dict[str, float])
    """Every factor, as it was measured."""
    unexplained: tuple[str, ...] = ()
    hindered: str = ""
    """Why the reading that explains every word does not compile, where `settled` is another."""
    assumptions: tuple[str, ...] = ()
    """What was taken for something else that is nearly written so."""
    reason: str = ""
    steps: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The plan of the best reading."""
        return self.settled.plan if self.settled else None

    @property
    def factors(self) -> Mapping[str, float]:
        """What changed the certainty most."""
        return telling(self.measured) if self.measured else {}


@dataclass(frozen=True)
class Asked:
    """Everything that the readings of a question depend on, beside the library."""

    question: str
    tables: tuple[str, ...]
    values: tuple[FoundValue, ...]
    previous: Plan | None
    certain: float
    follows: bool
    replies: bool
    """Whether it can only be read with the question before."""
    dialect: str | None
    calendar: Calendar | None
    now: datetime | None

    def __hash__(self) -> int:
        return hash((self.question, self.tables))


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A candidate that compiles."""

    candidate: Candidate
    settled: Settled


@dataclass(frozen=True, kw_only=True)
class Tries:
    """All readings of a question, the best that compiles with those that come close, and why others do not compile."""

    readings: Sequence[Candidate]
    found: Sequence[Tried]
    refused: Sequence[Refusal]
    whole: Refusal | None = None
    """Why a reading of every word does not compile, where all that compile leave some out."""


def read(
    question: str,
    library: Library,
    *,
    tables: Sequence[str] = (),
    values: Sequence[FoundValue] = (),
    previous: Plan | None = None,
    certain: float = 1.0,
    follows: bool = False,
    dialect: str | None = None,
    calendar: Calendar | None = None,
    now: datetime | None = None,
) -> Reading:
    """Read a question over the tables and values that retrieval found; small catalogs are read whole.

    `previous` is the plan of the question before, which this one may change, `certain` how sure that was;
    `follows` says that there was one, understood or not. Without `now` no times are read.
    """
    reading = Reading(status="nothing")
    # What is remembered of a question is remembered for an hour, the smallest unit of a time that is read.
    now = now.replace(minute=0, second=0, microsecond=0) if now else None
    for said in turns_of(question):
        words = Asked(
            said.text, tuple(tables), tuple(values), previous, certain, follows, said.replies, dialect, calendar, now
        )
        asked = reading
        try:
            reading = library.kept(words, partial(_without_slips, words, library))
            if said.confirms and asked.plan and _says_less(reading, asked):
                words = replace(words, replies=True)
                reading = library.kept(words, partial(_without_slips, words, library))
        except ImpossibleError as impossible:
            return Reading(status="impossible", reason=str(impossible))
        if said.confirms and _says_less(reading, asked):
            reading = replace(reading, status="unsure", confidence=round(reading.confidence * UNREAD, 4))
        previous, certain, follows = reading.plan, reading.confidence, True
    return reading


def _says_less(confirmed: Reading, asked: Reading) -> bool:
    """`do you want the name of the shop?` says what is shown, and no more of which one than was asked."""
    lost = asked.plan is None or bool(asked.unexplained) or not _is_of_all(asked.plan)
    return lost and confirmed.plan is not None and _is_of_all(confirmed.plan)


def _is_of_all(plan: Plan) -> bool:
    """Whether columns of all rows are shown."""
    chosen = plan.where or plan.time or plan.limit or plan.having or plan.combined
    return not chosen and not any(has_measure(each.value) for each in plan.outputs)


def _without_slips(asked: Asked, library: Library) -> Reading:
    """The reading; where words are not understood, that of the question with slips of the pen mended, if it is sure."""
    asked = replace(asked, question=plainly(asked.question, _looked(asked, library)[0]))
    reading = _read(asked, library)
    if not (reading.unexplained or reading.status == "nothing"):
        return reading
    names, _ = _looked(asked, library)
    question, slips = mended(asked.question, asked_in(asked.question), reading.unexplained, names)
    other = _read(replace(asked, question=question), library) if slips else reading
    if other.status != "sure":
        return reading
    return replace(other, confidence=round(other.confidence * MENDED, 4), assumptions=tuple(slips))


def _looked(asked: Asked, library: Library) -> Indexes:
    spoken = spoken_before(asked.previous) if asked.previous else []
    return library.look([*asked.tables, *spoken])


def _read(asked: Asked, library: Library) -> Reading:
    tried = _tried(asked, library)
    if not tried.found:
        return _nothing(tried.refused)
    best, *others = tried.found
    factors = _measured(tried, asked, library.model)
    sure = _sure(best.candidate, certainty(factors), asked, library.model)
    unexplained = tuple(piece.text for piece in best.candidate.draft.skipped)
    left_open = _left_open(best, asked, library.model)
    rival = _averaged(best, asked, library.model) or _rival(best, others)
    return Reading(
        status=_status(best, rival, sure, left_open=bool(left_open)),
        settled=best.settled,
        rival=rival,
        # What was not understood is missing from every question that goes on from here.
        confidence=round(sure * UNREAD, 4) if unexplained else sure,
        measured=factors,
        unexplained=unexplained,
        hindered=_told(tried.whole) if unexplained and tried.whole else "",
        reason="; ".join([_reason(best, unexplained, sure), *left_open]),
        steps=tuple(_steps(best)),
    )


def _measured(tried: Tries, asked: Asked, model: Model) -> Mapping[str, float]:
    best, *others = tried.found
    margin = min((best.candidate.score - each.candidate.score for each in others), default=9.0)
    return factors_of(Case(best.candidate, best.settled, margin, model, tried.readings, asked_in(asked.question)))


def _sure(best: Candidate, alone: float, asked: Asked, model: Model) -> float:
    """How sure a reading is that is so sure `alone`."""
    if not asked.follows:
        return alone
    tied = leaning(asked_in(asked.question), best.draft, model)
    return trust(alone, tied, best.draft, best.plan, asked.previous, changes=best.follows, certain=asked.certain)


def _left_open(best: Tried, asked: Asked, model: Model) -> Sequence[str]:
    """What a reading leaves open that nobody should have to guess."""
    spoken, meant = best.candidate.sentence.pieces, best.candidate.meaning.links.values()
    plan, words = best.settled.plan, {token.folded for token in asked_in(asked.question)}
    return (
        *open_ends(plan, model),
        *(nothing_named(spoken) if not best.candidate.follows else ()),
        *unit_for_name(spoken, meant),
        *elsewhere(meant, asked.previous, model),
        *unused(meant, plan, model),
        *half_named(meant, plan, model),
        *told_apart(meant, plan, model),
        *other_unit(spoken, plan, model),
        *now_only(words, plan, model),
    )


def _tried(asked: Asked, library: Library) -> Tries:
    found: list[Tried] = []
    refused: list[Refusal] = []
    whole: Refusal | None = None
    names, measured = _looked(asked, library)
    readings = candidates(
        asked.question,
        names,
        values_for(measured, asked.values),
        library.model,
        before=asked.previous,
        replies=asked.replies,
        now=asked.now,
        calendar=asked.calendar,
    )
    if readings.contradiction:
        refused.append(Refusal(reason="contradicting", message=readings.contradiction))
    for candidate in readings.found[:TRIED]:
        if found and found[0].candidate.score - candidate.score > (CLOSE if len(found) > 1 else CLEAR):
            break
        settled = _settled(candidate.plan, asked, library.model)
        if isinstance(settled, Settled):
            found.append(Tried(candidate=candidate, settled=settled))
        else:
            refused.append(settled)
            whole = whole or (None if candidate.draft.skipped else settled)
    whole = None if any(not each.candidate.draft.skipped for each in found) else whole
    return Tries(readings=readings.found, found=found, refused=refused, whole=whole)


def _status(
    best: Tried, rival: Settled | None, sure: float, *, left_open: bool
) -> Literal["sure", "twofold", "likely", "unsure"]:
    draft = best.candidate.draft
    if draft.skipped:
        return "unsure"
    counted = HOW_MANY not in draft.doubts
    if sure >= forest().answered and counted and not left_open:
        return "sure"
    return "twofold" if rival else "likely" if sure >= LIKELY and counted else "unsure"


def _averaged(best: Tried, asked: Asked, model: Model) -> Settled | None:
    """The same of groups on average, where one of many rows of a group was chosen."""
    plan = by_average(best.settled.plan, model)
    found = _settled(plan, asked, model) if plan else None
    return found if isinstance(found, Settled) else None


def _settled(plan: Plan, asked: Asked, model: Model) -> Settled | Refusal:
    words = [token.folded for token in asked_in(asked.question)]
    return settle(plan, words, model, dialect=asked.dialect, calendar=asked.calendar)


def _rival(best: Tried, others: Sequence[Tried]) -> Settled | None:
    """Another reading that is as likely and says something else."""
    for other in others:
        close = best.candidate.score - other.candidate.score <= CLOSE and not other.candidate.draft.skipped
        if close and other.settled.compilation.sql != best.settled.compilation.sql:
            return other.settled
    return None


def _nothing(refused: Sequence[Refusal]) -> Reading:
    if refused:
        status = "impossible" if refused[0].reason == "contradicting" else "nothing"
        return Reading(status=status, reason=_told(refused[0]))
    return Reading(status="nothing", reason="no table, column or value of this database was named")


def _told(refusal: Refusal) -> str:
    """Why, and what would help."""
    return " ".join(filter(None, [refusal.message, refusal.hint]))


def _reason(best: Tried, unexplained: Sequence[str], sure: float) -> str:
    words = describe(best.settled.plan)
    if unexplained:
        return f"{words}; not understood: {', '.join(unexplained)} ({sure:.2f})"
    if HOW_MANY in best.candidate.draft.doubts:
        return f"{words}; several are asked for, and not how many ({sure:.2f})"
    return f"{words} ({sure:.2f})"


def _steps(best: Tried) -> Sequence[str]:
    """What was read, for the trace: the pieces, what names mean, and the rules."""
    candidate = best.candidate
    pieces = " ".join(f"{piece.text}[{piece.sign}]" for piece in candidate.sentence.pieces)
    meant = ", ".join(
        f"{link.table}.{link.column or '*'} {link.score:.2f}" for link in candidate.meaning.links.values()
    )
    rules = ", ".join(dict.fromkeys(candidate.draft.rules))
    return (f"pieces: {pieces}", f"names: {meant}", f"rules: {rules}")
