"""What the compiler makes of a question about metrics: a statement, a question back, a clear no, or what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from apex.compile import Refusal
from apex.compile.refusal import RefusalError
from apex.engine import Engine, Statement
from apex.language.moments_periods import told, written
from apex.linking.values import ValueIndex
from apex.metric_questions.ask import Ask
from apex.metric_questions.follow_ups import ask_of
from apex.metric_questions.homes import is_declared, times_by_metric
from apex.metric_questions.names import metric_names
from apex.metric_questions.planning import laid
from apex.metric_questions.reading import Read, ask_which_metric, is_about_rows, read, stands_alone
from apex.metric_questions.scan import AskBackError, BeyondError, CannotError
from apex.metric_questions.templates import arguments_of, asked_for
from apex.metrics.executed import is_usual, places_of
from apex.metrics.groups import apart, grouped_by
from apex.model import Model
from apex.names import key_of
from apex.rules import under_rules
from core.values import Clarification, Compiled, Evidence, Remembered, Source
from core.values.calendar import Calendar
from core.values.plans import Plan
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint
from datapoints.parts.parameters import Argument, Template

SURE, GUESSED = 0.99, 0.9
"""How sure it is where every word is explained by definitions, and where something had to be chosen."""


def answer_from_metrics(
    question: str,
    model: Model,
    values: ValueIndex,
    *,
    now: datetime,
    calendar: Calendar | None = None,
    previous: Remembered | None = None,
    looking: bool = True,
) -> Compiled | None:
    """The page of the compiler; None where the question names no metric, or may as well be about rows.

    `previous` is the turn that the question goes on from; `looking` says that the options of a question back are
    answered, too, so that it can be shown what they come to.
    """
    names = metric_names(model)
    if not names.facts:
        return None
    kept = calendar or Calendar()
    earlier = None if stands_alone(question, model) else _earlier(previous, model, values, now, kept)
    if earlier is None and is_about_rows(question, model):
        return None
    try:
        found = read(question, model, values, now=now, calendar=kept, earlier=earlier)
        if found is None:
            return None
        if found.unexplained:
            ask_which_metric(found)
            return None if found.weak else _incomplete(found)
        return _compiled(found, model, now, kept)
    except AskBackError as asked:
        options = asked.clarification.options if looking else []
        answers = [
            answer_from_metrics(each, model, values, now=now, calendar=calendar, looking=False) for each in options
        ]
        return _asks(asked.clarification, question, answers)
    except BeyondError as beyond:
        return _beyond(str(beyond))
    except CannotError as cannot:
        return _impossible(str(cannot))
    except RefusalError as refused:
        return _refused(refused.refusal)


def _earlier(
    previous: Remembered | None, model: Model, values: ValueIndex, now: datetime, calendar: Calendar
) -> Ask | None:
    """What the turn before asked of metrics: by its plan, else by its words."""
    if previous is None or previous.source not in ("metric", "query"):
        return None
    known = ask_of(previous.plan) if previous.plan else None
    if known and all(each in model.metrics for each in known.metrics):
        return known
    try:
        found = read(previous.question, model, values, now=now, calendar=calendar)
    except (AskBackError, CannotError):
        return None
    return found.ask if found and not found.unexplained else None


def _compiled(found: Read, model: Model, now: datetime, calendar: Calendar) -> Compiled:
    ask = found.ask
    engine = Engine(model, calendar=calendar)
    source: Source = "metric"
    plan: Plan | None = None
    if all(is_declared(each, model) for each in ask.metrics):
        done = laid(ask, model, now)
        statement, plan = engine.compile(done.compiled), done.told
    elif len(ask.metrics) > 1:
        raise CannotError("A metric with SQL of its own can only be asked for alone.")
    else:
        source = "query" if ask.metrics[0] in model.queries else "metric"
        statement = _executed(found, model, engine)
    if isinstance(statement, Refusal):
        return _refused(statement)
    return _ready(ask, statement, plan, source, model, calendar)


def _executed(found: Read, model: Model, engine: Engine) -> Statement | Refusal:
    """A metric, or a query, with SQL of its own."""
    ask, name = found.ask, found.ask.metrics[0]
    fact = model.metrics.get(name) or model.queries[name]
    execution = fact.execution
    if execution is None:
        raise CannotError(f"{fact.name} is only explained: no calculation of it is written down.")
    _check_groups(ask, fact, execution, model.catalog.dialect)
    _check_executed(ask, fact)
    given = arguments_of(found, execution, fact)
    missing = asked_for(execution, given, fact, found)
    if missing:
        raise AskBackError(missing)
    _note_parameters(ask, execution, given)
    if isinstance(fact, QueryDataPoint):
        return engine.query(name, where=ask.held, parameters=given)
    period = ask.period
    time = (written(period.start), written(period.end)) if period and places_of(execution) else None
    grain = ask.grain if ask.grain in _GRAINS else None
    return engine.metric(name, where=ask.held, time=time, grain=grain, parameters=given)  # pyright: ignore[reportArgumentType]


def _note_parameters(ask: Ask, template: Template, given: Mapping[str, Argument]) -> None:
    """What a parameter was given, and what it takes where the question says nothing of it."""
    for name, parameter in template.parameters.items():
        told = name.replace("_", " ")
        if name in ask.arguments:
            ask.note(f"{told} is {given[name]}")
        elif name not in given and parameter.default is not None and not is_usual(name):
            ask.note(f"{told} is {parameter.default}, as nothing else is said", guess=True)


_GRAINS = frozenset({"hour", "day", "week", "month", "quarter", "year"})


def _check_groups(ask: Ask, fact: MetricDataPoint | QueryDataPoint, template: Template, dialect: str) -> None:
    """Keys must be what its rows are grouped by already."""
    own = {key_of(each) for each in grouped_by(template, dialect, of=fact.id)} if ask.keys else set[str]()
    foreign = [each.name for each in ask.keys if key_of(each.name) not in own]
    if foreign:
        raise CannotError(
            f"{fact.name} runs SQL of its own, as it is written, so it cannot be told apart by "
            f"{' and '.join(foreign)}. {apart(template, dialect, of=fact.id)}"
        )


def _check_executed(ask: Ask, fact: MetricDataPoint | QueryDataPoint) -> None:
    """SQL that is written down gives what it gives."""
    more = {
        "compared with another period": ask.compared, "shown as a share": ask.share,
        "ordered otherwise": ask.descending is not None, "bounded by a value": ask.thresholds,
        "cut by weekdays": ask.weekdays, "asked for over several periods at once": len(ask.periods) > 1,
    }  # fmt: skip
    cannot = next((words for words, wanted in more.items() if wanted), None)
    if cannot:
        raise CannotError(f"{fact.name} runs SQL of its own, as it is written, so it cannot be {cannot}.")


def _ready(
    ask: Ask, statement: Statement, plan: Plan | None, source: Source, model: Model, calendar: Calendar
) -> Compiled:
    guessed = any(each.guess for each in ask.notes) or any(each.guess for each in ask.periods)
    evidence = list(_evidence(ask, statement, model))
    return Compiled(
        status="ready",
        source=source,
        sql=statement.sql,
        plan=under_rules(plan, model).plan if plan else None,
        confidence=GUESSED if guessed else SURE,
        assumptions=[*_times(ask, calendar), *(f"{each.words}." for each in ask.notes), *statement.assumptions],
        evidence=evidence,
        follow_ups=list(_follow_ups(ask, model)),
        reason=f"{' and '.join(ask.metrics)} as defined" + (", with something chosen" if guessed else ""),
        verified=statement.verified and not guessed,
    )


def _times(ask: Ask, calendar: Calendar) -> Iterator[str]:
    """Which days a period is, as no two people mean the same by `last week`."""
    zone = calendar.zone or "UTC"
    for period in ask.periods:
        said = told(period)
        if period.words and period.words != said:
            yield f'"{period.words}" is {said} ({zone} days){f"; {period.guess}" if period.guess else ""}.'
    if ask.compared and ask.compared.words and told(ask.compared) not in ask.compared.words:
        yield f'"{ask.compared.words}" is {told(ask.compared)} ({zone} days).'


def _evidence(ask: Ask, statement: Statement, model: Model) -> Iterator[Evidence]:
    known = {each.id: each for each in model.datapoints}
    ids = dict.fromkeys([*(name for name, _ in statement.datapoints), *ask.metrics, *ask.datapoints])
    for name in ids:
        if name in known:
            yield Evidence(kind=known[name].kind, id=name, version=str(known[name].version))


def _follow_ups(ask: Ask, model: Model) -> Iterator[str]:
    names = metric_names(model).facts
    first = names[ask.metrics[0]]
    if isinstance(first, MetricDataPoint) and is_declared(first.id, model):
        if not ask.grain and len(set(times_by_metric(first, model))) == 1:
            yield "And by month?"
        if ask.period and not (ask.compared or ask.grain):
            yield "Compared to the period before?"
    yield f"What does {first.name.lower()} mean?"


def _asks(clarification: Clarification, question: str, answers: Sequence[Compiled | None]) -> Compiled:
    ready = [each for each in answers if each and each.status == "ready"]
    return Compiled(
        status="ambiguous",
        source="metric",
        clarification=clarification,
        confidence=0.0,
        readings=ready if len(ready) == len(clarification.options) else [],
        reason=f"{clarification.question} ({question})",
    )


def _impossible(words: str) -> Compiled:
    return Compiled(status="impossible", source="metric", words=words, confidence=0.0, reason=words)


def _beyond(words: str) -> Compiled:
    return Compiled(status="incomplete", source="model", confidence=0.0, words=words, reason=words)


def _refused(refusal: Refusal) -> Compiled:
    words = " ".join(filter(None, [refusal.message, refusal.hint]))
    return _beyond(words) if refusal.reason == "unsupported" else _impossible(words)


def _incomplete(found: Read) -> Compiled:
    """A metric is named, and something about it is not understood."""
    known: Sequence[str] = [found.scan.facts[each].name for match in found.scan.matches for each in match.ids[:1]]
    words = ", ".join(f'"{word}"' for word in found.unexplained)
    named = f", so {' and '.join(dict.fromkeys(known))} alone would be no answer" if known else ""
    return Compiled(
        status="incomplete",
        source="model",
        confidence=0.0,
        words=f"I did not understand {words}{named}. A synonym, a dimension or a metric of that name would help.",
        reason=f"not understood: {words}",
    )
