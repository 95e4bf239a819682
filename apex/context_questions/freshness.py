"""How fresh a thing is: what is promised, what runs, and what was measured."""

from collections.abc import Iterator, Sequence

from apex.catalog_questions.wording import listed
from apex.context_questions.facts import Facts, full_name
from apex.context_questions.subjects import Subject
from apex.context_questions.wording import named, sentence
from core.datapoint import DataPoint
from core.profile import Profile
from datapoints.fact import Fact
from datapoints.kinds.process import ProcessDataPoint
from datapoints.parts.rests import Named


def freshness(subject: Subject, facts: Facts, profile: Profile) -> tuple[str, list[DataPoint]]:
    """How fresh it is and may be, and the DataPoints that say so; no words where nothing is known."""
    said: list[str] = []
    used: list[DataPoint] = []
    tables = _tables_of(subject, facts)
    wholes = [facts.of_table(each) for each in tables]
    for fact in dict.fromkeys(each.id for each in (subject.fact, *wholes) if each):
        promise: str = getattr(facts.by_id[fact], "freshness", "")
        if promise:
            said.append(f"{named(facts.by_id[fact])} promises: {sentence(promise)}")
            used.append(facts.by_id[fact])
    for process in facts.told:
        if isinstance(process, ProcessDataPoint) and _feeds(process, subject, tables, facts):
            said.append(_runs(process))
            used.append(process)
    said += _measured(tables, facts, profile)
    return " ".join(said), list({each.id: each for each in used}.values())


def _feeds(process: ProcessDataPoint, subject: Subject, tables: Sequence[str], facts: Facts) -> bool:
    is_it = subject.fact is not None and subject.fact.id == process.id
    return is_it or any(full_name(each, facts.catalog) in tables for each in process.targets)


def _runs(process: ProcessDataPoint) -> str:
    runs = f"runs {process.schedule}" if process.schedule else "has no schedule written down"
    zone = f" ({process.timezone})" if process.schedule and process.timezone else ""
    writes = f" and writes {listed(process.targets)}" if process.targets else ""
    return f"{named(process)} {runs}{zone}{writes}."


def _measured(tables: Sequence[str], facts: Facts, profile: Profile) -> Iterator[str]:
    """The newest moment that was found when the tables were measured."""
    for name in tables:
        table = facts.catalog.by_text.get(name)
        found = profile.tables.get(table.full_name) if table else None
        newest = (
            max(((each.latest, each.name) for each in found.columns if each.latest), default=None) if found else None
        )
        if found and newest:
            when = f" when it was measured ({found.measured_at})" if found.measured_at else ""
            yield f"The newest {newest[1]} of {name} was {newest[0]}{when}."


def _tables_of(subject: Subject, facts: Facts) -> list[str]:
    """The tables that it is, or is made of."""
    if subject.table:
        return [str(subject.table.full_name)]
    rests = subject.fact.rests_on() if isinstance(subject.fact, Fact) else ()
    return list(dict.fromkeys(full_name(each.table, facts.catalog) for each in rests if isinstance(each, Named)))
