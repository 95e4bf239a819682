"""Reads a question about metrics: every word must be explained, or it is not sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apex.language.moments import ImpossibleError, Moments
from apex.language.tokens import Token, tokenize
from apex.linking.values import ValueIndex
from apex.metric_questions.ask import Ask
from apex.metric_questions.finishing import finish
from apex.metric_questions.follow_ups import merged
from apex.metric_questions.homes import homes_of
from apex.metric_questions.names import Match, metric_names
from apex.metric_questions.reach import reach_of
from apex.metric_questions.rules import RULES
from apex.metric_questions.scan import AskBackError, CannotError, Scan
from apex.metric_questions.slips import mended
from apex.metric_questions.words import end_of
from apex.model import Model
from apex.names import names_of
from core.values.calendar import Calendar
from core.values.findings import Clarification

FEW = 4
"""Among so many metrics one may ask back."""


@dataclass(frozen=True)
class Read:
    """What was understood. `unexplained` are the words that nothing explains; with any, it is not sure."""

    ask: Ask
    scan: Scan
    unexplained: tuple[str, ...] = ()

    @property
    def weak(self) -> bool:
        """Whether only names of metrics were found that tables have too, so that rows may be meant."""
        return all(match.weak for match in self.scan.matches)


def read(
    question: str,
    model: Model,
    values: ValueIndex,
    *,
    now: datetime,
    calendar: Calendar | None = None,
    earlier: Ask | None = None,
) -> Read | None:
    """The metrics that a question asks for; None where it names none and goes on from none.

    Raises AskBackError, and CannotError where it is understood and cannot be answered.
    """
    tokens = tokenize(question)
    found = _read(question, tokens, model, values, now, calendar or Calendar(), earlier)
    if found is None or found.unexplained:
        guessed = mended(question, tokens, metric_names(model), found.unexplained if found else None)
        other = (
            _read(guessed[0], tokenize(guessed[0]), model, values, now, calendar or Calendar(), earlier)
            if guessed
            else None
        )
        if guessed and other and not other.unexplained:
            other.ask.note(guessed[1], guess=True)
            return other
    return found


def _read(
    question: str,
    tokens: Sequence[Token],
    model: Model,
    values: ValueIndex,
    now: datetime,
    calendar: Calendar,
    earlier: Ask | None,
) -> Read | None:
    names = metric_names(model)
    matches = names.matches(tokens, names_of(model.catalog).tables)
    if not matches and earlier is None:
        return None
    scan = _scan(question, tokens, matches, model, values, Moments(tokens, now, calendar), earlier)
    try:
        at = 0
        while at < len(tokens):
            end = next((end for rule in RULES if (end := rule(scan, at)) is not None and end > at), None)
            if end is None:
                scan.left.append(at)
            at = end or at + 1
    except ImpossibleError as error:
        raise CannotError(str(error)) from error
    if earlier:
        scan.ask = merged(scan.ask, earlier)
    return Read(scan.ask, scan, tuple(dict.fromkeys(finish(scan, [tokens[at].text for at in scan.left]))))


_ASKS_FOR_VALUES = (
    "counting", "per", "compare", "change", "percent", "share", "over time", "top", "bottom", "high", "low",
    "grain: day", "grain: week", "grain: month", "grain: quarter", "grain: year", "grain: hour", ">", ">=", "<", "<=",
)  # fmt: skip


def is_about_rows(question: str, model: Model) -> bool:
    """Whether metrics are only named by what tables are called too, and nothing is asked that rows do not have."""
    tokens = tokenize(question)
    matches = metric_names(model).matches(tokens, names_of(model.catalog).tables)
    words = [token.folded for token in tokens]
    asked = any(end_of(words, at, each) > at for at in range(len(words)) for each in _ASKS_FOR_VALUES)
    return bool(matches) and all(match.weak for match in matches) and not (asked or "total" in words)


def stands_alone(question: str, model: Model) -> bool:
    """Whether a question names its own metric, and does not begin as one that goes on from another."""
    tokens = tokenize(question)
    words = [token.folded for token in tokens]
    return end_of(words, 0, "continuing") == 0 and bool(
        metric_names(model).matches(tokens, names_of(model.catalog).tables)
    )


def ask_which_metric(found: Read) -> None:
    """Ask back where the only word that is left is part of the names of a few metrics: `refunds`."""
    scan, names = found.scan, metric_names(found.scan.model)
    left = scan.left
    meant = names.by_word.get(scan.tokens[left[0]].lemma, ()) if len(left) == 1 else ()
    if not 2 <= len(meant) <= FEW or _is_whole(scan, left[0]):
        return
    called = [names.facts[each].name for each in meant]
    options = [scan.instead(left[0], left[0] + 1, each.lower()) for each in called]
    said = scan.said(left[0], left[0] + 1)
    question = f'"{said}" may mean {", ".join(called[:-1])} or {called[-1]}. Which one?'
    raise AskBackError(Clarification(question=question, options=options))


def _is_whole(scan: Scan, at: int) -> bool:
    """Whether the word names a metric by itself, so that it is plain which one is meant."""
    return any(match.start == at and match.end == at + 1 for match in scan.matches)


def _scan(
    question: str,
    tokens: Sequence[Token],
    matches: Sequence[Match],
    model: Model,
    values: ValueIndex,
    moments: Moments,
    earlier: Ask | None,
) -> Scan:
    facts = metric_names(model).facts
    ids = [match.ids[0] for match in matches] or (earlier.metrics if earlier else [])
    main = ids[:1] if all(match.weak for match in matches[1:]) else ids
    return Scan(
        question=question,
        tokens=tokens,
        matches=matches,
        facts=facts,
        model=model,
        reach=reach_of(homes_of(main, model), model),
        values=values,
        moments=moments,
        ask=Ask(),
        earlier=earlier,
    )
