"""Values for the parameters of SQL that is written down, from the words of a question."""

from collections.abc import Mapping

from apex.language.moments_periods import Period, written
from apex.metric_questions.reading import Read
from apex.metric_questions.words import end_of
from apex.metrics.executed import is_usual, places_of
from core.values.findings import Clarification
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint
from datapoints.parts.parameters import Argument, Parameter, Template


def arguments_of(found: Read, template: Template, fact: MetricDataPoint | QueryDataPoint) -> dict[str, Argument]:
    """What the question says of each parameter that is no usual one (start, end, grain)."""
    given: dict[str, Argument] = dict(found.ask.arguments)
    days = [name for name, each in template.parameters.items() if each.type in ("date", "timestamp")]
    period = found.ask.period
    if len(days) == 1 and (isinstance(fact, QueryDataPoint) or not places_of(template)):
        day = _day(period) if period else _today(found) if _asks_of_now(found) else None
        if day:
            given[days[0]] = day
            if period is None:
                found.ask.note(f"{days[0].replace('_', ' ')} is today, {day}", guess=True)
    elif len(days) == 2 and isinstance(fact, QueryDataPoint) and period:
        ends = (written(period.start), written(period.end))
        given |= {name: each for name, each in zip(days, ends, strict=True) if each}
    return given


def _day(period: Period) -> str | None:
    """The day that a period is, or that it ends before."""
    return written(period.start or period.end)


def _today(found: Read) -> str:
    return found.scan.moments.today.date().isoformat()


def _asks_of_now(found: Read) -> bool:
    """`Which repayments are overdue?` asks for how it is today."""
    words = found.scan.words
    return any(end_of(words, at, "now") > at for at in range(len(words)))


def asked_for(
    template: Template, given: Mapping[str, Argument], fact: MetricDataPoint | QueryDataPoint, found: Read
) -> Clarification | None:
    """A question back for the first value that is missing."""
    bare = found.scan.question.rstrip(" ?.!")
    query = isinstance(fact, QueryDataPoint)
    required = any(each.required and each.default is None for each in template.parameters.values())
    if not query and required and found.ask.period is None and places_of(template) & {"start", "end"}:
        return Clarification(
            question=f"For which period do you want {fact.name.lower()}?",
            options=[f"{bare} yesterday", f"{bare} last week", f"{bare} last month"],
        )
    for name, parameter in template.parameters.items():
        if given.get(name, parameter.default) is None and (query or not is_usual(name)):
            return _which(name, parameter, fact, bare)
    return None


def _which(name: str, parameter: Parameter, fact: MetricDataPoint | QueryDataPoint, bare: str) -> Clarification:
    spoken = name.replace("_", " ")
    options = [f"{bare} {spoken} {value}" for value in parameter.values[:10]]
    if parameter.type in ("date", "timestamp"):
        options = [f"{bare} as of today", f"{bare} as of yesterday"]
    told = f" ({parameter.description})" if parameter.description else ""
    return Clarification(question=f"Which {spoken}{told} is meant for {fact.name.lower()}?", options=options)
