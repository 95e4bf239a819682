"""Answers a question about context, as far as approved DataPoints and lineage can."""

from collections.abc import Sequence

from apex.context_questions import lineage
from apex.context_questions.facts import Facts
from apex.context_questions.forms import Asked
from apex.context_questions.freshness import freshness
from apex.context_questions.subjects import Subject
from apex.context_questions.wording import definition, evidence_of, named, owner
from core.datapoint import DataPoint, Link
from core.lineage import Impact, Reached
from core.profile import Profile
from core.values import Clarification, Compiled, Evidence, Result

_MOST_EVIDENCE = 20
_VALUED = ("metric", "entity", "table", "column", "dimension", "query")
"""`What are our customers` asks for the rows of these, and not for their meaning."""

MENDED = 0.9
"""How sure an answer is to a name that was read as another one."""
UNSETTLED = Compiled(status="incomplete", source="context", confidence=0.0, reason="needs data rather than knowledge")


def ask_back(clarification: Clarification) -> Compiled:
    """The names may mean several things."""
    return Compiled(status="ambiguous", source="context", clarification=clarification, reason="several bear this name")


def wants_data(asked: Asked, subject: Subject) -> bool:
    """Whether the words ask for a value of what they name: `what is our revenue`."""
    fact = subject.fact
    return asked.as_value and (fact is None or fact.kind in _VALUED)


def told_from_facts(asked: Asked, subject: Subject, facts: Facts, profile: Profile) -> Compiled:
    """Meaning, owner or freshness, quoted from DataPoints."""
    used = [subject.fact] if subject.fact else []
    if asked.form == "owner":
        words = owner(subject) if subject.fact or subject.table else ""
    elif asked.form == "freshness":
        words, used = freshness(subject, facts, profile)
    else:
        words = definition(subject)
    return _told(asked, words, used, subject) if words else UNSETTLED


def told_origin(asked: Asked, subject: Subject, reached: Sequence[Reached], facts: Facts) -> Compiled:
    """Where a thing comes from."""
    seen = lineage.shown(reached, facts, subject.thing(facts.database))
    seen = [each for each in seen if not each.thing.startswith("grain:")]
    name = _called(subject)
    words = lineage.origin(name, seen, facts) or _nothing_before(name, subject)
    used = [*filter(None, [subject.fact]), *lineage.facts_among(seen, facts)]
    return _told(asked, words, used, subject, lineage.reached_sheet(seen, facts))


def told_dependents(asked: Asked, subject: Subject, impact: Impact, facts: Facts) -> Compiled:
    """What rests on a thing, of all kinds or of those that were named."""
    seen = lineage.shown(impact.broken, facts, subject.thing(facts.database))
    wanted = lineage.of_kinds(seen, facts, asked.kinds)
    words = lineage.dependents(_called(subject), wanted, facts, kinds=asked.kinds, cut=impact.cut)
    used = [*filter(None, [subject.fact]), *lineage.facts_among(wanted, facts)]
    return _told(asked, words, used, subject, lineage.reached_sheet(wanted, facts))


def told_path(asked: Asked, one: Subject, other: Subject, links: Sequence[Link], facts: Facts) -> Compiled:
    """How two tables are joined."""
    words = lineage.path(_called(one), _called(other), links, facts)
    return _told(asked, words, [], one, lineage.path_sheet(links, facts), slips=(one.slip, other.slip))


def _told(
    asked: Asked,
    words: str,
    used: Sequence[DataPoint],
    subject: Subject,
    result: Result | None = None,
    *,
    slips: Sequence[str] = (),
) -> Compiled:
    assumed = list(filter(None, slips or (subject.slip,)))
    places = [Evidence(kind="table", id=str(subject.table.full_name))] if subject.table else []
    unique = list({each.id: each for each in used}.values())[:_MOST_EVIDENCE]
    return Compiled(
        status="told",
        source="context",
        words=words,
        result=result if result and result.rows else None,
        evidence=[*evidence_of(*unique), *places],
        tables=[each.id for each in places],
        follow_ups=_follow_ups(asked, subject),
        reason=f"{asked.form} of {subject.name}",
        confidence=MENDED if assumed else 1.0,
        assumptions=assumed,
        verified=not assumed,
    )


def _called(subject: Subject) -> str:
    return subject.name if subject.column or not subject.fact else named(subject.fact)


def _nothing_before(name: str, subject: Subject) -> str:
    place = f" It is stored in {subject.table.full_name}." if subject.table and subject.column else ""
    return f"Nothing is known of where {name} comes from.{place}"


def _follow_ups(asked: Asked, subject: Subject) -> list[str]:
    questions = {
        "definition": f"What does {subject.name} mean?",
        "origin": f"Where does {subject.name} come from?",
        "dependents": f"What depends on {subject.name}?",
        "owner": f"Who owns {subject.name}?",
    }
    return [question for form, question in questions.items() if form != asked.form][:3]
