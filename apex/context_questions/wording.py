"""Puts what is known of a DataPoint into words, as it is written there."""

from collections.abc import Iterator

from apex.catalog_questions.wording import listed
from apex.context_questions.subjects import Subject
from core.datapoint import DataPoint
from core.values import Evidence
from datapoints.fact import Fact
from datapoints.kinds.column import ColumnDataPoint
from datapoints.kinds.concept import ConceptDataPoint
from datapoints.kinds.constraint import ConstraintDataPoint
from datapoints.kinds.dimension import DimensionDataPoint
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.table import TableDataPoint
from datapoints.parts.execution import Execution

_MOST_VALUES = 10


def evidence_of(*facts: DataPoint) -> list[Evidence]:
    """The DataPoints as evidence, with the version that was quoted."""
    return [Evidence(kind=each.kind, id=each.id, version=str(each.version)) for each in facts]


def named(fact: DataPoint) -> str:
    """How a DataPoint is quoted: name, kind, id and version."""
    return f"{fact.name} ({fact.kind} {fact.id}, version {fact.version})"


def definition(subject: Subject) -> str:
    """What it means; empty where nothing is written about it."""
    fact, note = subject.fact, subject.note
    if fact is None or (subject.column and not note and not isinstance(fact, ColumnDataPoint)):
        return ""
    if note:
        details = [f'"{note.meaning}"' if note.meaning else "", f"Unit: {note.unit}." if note.unit else ""]
        said = [*filter(None, details), *_codes(note.values)]
        return f"{subject.name}, says {named(fact)}: {' '.join(said)}" if said else ""
    said = list(_sentences(fact))
    return f"{named(fact)}: {' '.join(said)}" if said else ""


def _sentences(fact: DataPoint) -> Iterator[str]:
    """What is written in it, the definition first, quoted as it is."""
    if fact.definition:
        yield f'"{" ".join(fact.definition.split())}"'
    yield from _of_kind(fact)
    if fact.synonyms:
        yield f"Also called {listed(fact.synonyms)}."
    if isinstance(fact, Fact) and fact.documentation_url:
        yield f"More: {fact.documentation_url}"


def _of_kind(fact: DataPoint) -> Iterator[str]:
    match fact:
        case MetricDataPoint():
            yield from _of_metric(fact)
        case ConceptDataPoint():
            yield from (sentence(rule) for rule in fact.rules)
            yield from _said("Not the same as", listed(fact.not_the_same_as))
        case TableDataPoint():
            yield from _said("It holds", "" if fact.definition else fact.purpose)
            yield from _said("One row:", fact.grain)
        case ColumnDataPoint() | DimensionDataPoint():
            yield from _codes(fact.values)
        case ConstraintDataPoint():
            yield f"It keeps to {fact.predicate} in {listed(fact.governed)}."
            yield from _said("Reason:", fact.reason)
        case _:
            pass


def _said(label: str, text: str) -> Iterator[str]:
    if text:
        yield sentence(f"{label} {text}")


def _of_metric(fact: MetricDataPoint) -> Iterator[str]:
    if fact.execution:
        yield from _calculation(fact.execution)
    yield from _said("Unit:", fact.unit)
    yield from _said("One value stands for", fact.grain)
    yield from _said("Left out:", listed(fact.exclusions))


def _calculation(execution: Execution) -> Iterator[str]:
    measure = execution.measure
    if measure:
        counted = "distinct " if measure.distinct else ""
        value = f"{measure.aggregate}({counted}{measure.expression})"
        yield f"Calculated as {value} over {measure.table}{_where(execution)}."
    elif execution.numerator and execution.denominator:
        yield f"Calculated as {execution.numerator.name} divided by {execution.denominator.name}."
    elif execution.expr:
        inputs = [f"{each.called} is {each.name}" for each in execution.metrics if each.called != each.name]
        yield f"Calculated as {execution.expr}{', where ' + listed(inputs) if inputs else ''}."
    elif execution.sql_template:
        yield f"Calculated by its own SQL: {' '.join(execution.sql_template.split())}"


def _where(execution: Execution) -> str:
    return f" where {' and '.join(execution.filter)}" if execution.filter else ""


def _codes(values: dict[str, str]) -> Iterator[str]:
    if values:
        yield f"Values: {listed([f'{code} = {meaning}' for code, meaning in values.items()], most=_MOST_VALUES)}."


def sentence(text: str) -> str:
    """The text with a full stop, if it has none."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def owner(subject: Subject) -> str:
    """Whose it is, as far as that is written."""
    fact = subject.fact
    if fact is None or not fact.owner:
        where = f"{named(fact)} names no owner" if fact else "no approved DataPoint speaks of it"
        return f"Who owns {subject.name} is not written down: {where}."
    reviewer = f" It was reviewed by {fact.reviewer}." if isinstance(fact, Fact) and fact.reviewer else ""
    about = f"{subject.name}, by its table {named(fact)}," if subject.column and fact.kind == "table" else named(fact)
    return f"{about} is owned by {fact.owner}.{reviewer}"
