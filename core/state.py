"""The ledger of a turn: each page is written by one node and read by later ones."""

import operator
from typing import Annotated

from typing_extensions import TypedDict

from core.values import (
    Answer,
    Compiled,
    Draft,
    Exchange,
    Execution,
    Grounding,
    Intent,
    Previewed,
    Remembered,
    Review,
    Step,
    Verdict,
)

REMEMBERED_TURNS = 5


class Asked(TypedDict):
    """What the conversation hands to a turn; `database` is None for the default one."""

    question: str
    database: str | None
    turns: list[Remembered]


class Gated(TypedDict):
    """Written by intent_gate."""

    intent: Intent


class Clarified(TypedDict):
    """Written by clarify: every exchange of this turn, oldest first."""

    exchanges: Annotated[list[Exchange], operator.add]


class Retrieved(TypedDict):
    """Written by retriever."""

    grounding: Grounding


class Known(TypedDict):
    """Written by context_answer: what it found, and the text that it found it for."""

    context: Compiled
    context_of: str


class Planned(TypedDict):
    """Written by compiler."""

    compiled: Compiled


class Looked(TypedDict):
    """Written by preview."""

    previewed: Previewed


class Drafted(TypedDict):
    """Written by sql_agent: every draft of this turn, oldest first."""

    drafts: Annotated[list[Draft], operator.add]


class Checked(TypedDict):
    """Written by validator."""

    verdict: Verdict


class Reviewed(TypedDict):
    """Written by review."""

    reviewed: Review


class Ran(TypedDict):
    """Written by executor."""

    execution: Execution


class Answered(TypedDict):
    """Written by answer."""

    answer: Answer


class Traced(TypedDict):
    """Written by the graph itself, one line per finished node."""

    trace: Annotated[list[Step], operator.add]


class State(
    Asked,
    Gated,
    Clarified,
    Retrieved,
    Known,
    Planned,
    Looked,
    Drafted,
    Checked,
    Reviewed,
    Ran,
    Answered,
    Traced,
    total=False,
):
    """All pages together."""


class Settled(Gated, Known, Planned, total=False):
    """What may have answered without a model."""


def settled(state: Settled) -> Compiled | None:
    """What context_answer found for the text as it is now, where it found something; else what the compiler made."""
    context = state.get("context")
    if context and context.status != "incomplete" and state.get("context_of") == state["intent"].text:
        return context
    return state.get("compiled")


def last_turns(earlier: list[Remembered], latest: list[Remembered]) -> list[Remembered]:
    """The reducer of a conversation's memory: only the last turns are kept."""
    return [*earlier, *latest][-REMEMBERED_TURNS:]


class Conversation(TypedDict, total=False):
    """What is kept from turn to turn."""

    question: str
    database: str | None
    turns: Annotated[list[Remembered], last_turns]
    answer: Answer
    trace: list[Step]
