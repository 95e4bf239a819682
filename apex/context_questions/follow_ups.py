"""Questions about context that go on from the one before: `who owns it?`, `where does that come from?`, `and churn`."""

from collections.abc import Sequence
from dataclasses import replace

from apex.context_questions.forms import Asked, asked_again, asked_of, is_pronoun
from core.values import Remembered


def asked_in(text: str, turns: Sequence[Remembered] = (), *, database: str = "") -> Asked | None:
    """What is asked about context, with the name that an earlier turn, of this database, spoke of in place of `it`."""
    if database:
        turns = [turn for turn in turns if turn.database in ("", database)]
    asked = asked_of(text)
    if asked is None:
        return _asked_again(text, turns)
    if not (turns and is_pronoun(asked.name)):
        return asked
    name = _spoken_of(turns)
    return replace(asked, name=name, kind="", as_value=False) if name else asked


def _asked_again(text: str, turns: Sequence[Remembered]) -> Asked | None:
    """The question before, asked of another name: `what about churn?`."""
    name = asked_again(text)
    if not (name and turns and turns[-1].source == "context"):
        return None
    before = asked_in(turns[-1].question, turns[:-1])
    return replace(before, name=name, kind="", as_value=False) if before else None


def _spoken_of(turns: Sequence[Remembered]) -> str:
    """The metric that was asked for, or the name that was asked about, in the last turn that had one."""
    last = turns[-1]
    if last.plan and last.plan.metrics:
        return last.plan.metrics[0] if len(last.plan.metrics) == 1 else ""
    if last.source != "context":
        return ""
    asked = asked_in(last.question, turns[:-1])
    return asked.name if asked and not is_pronoun(asked.name) else ""
