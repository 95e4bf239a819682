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


class Planned(TypedDict):
    """Written by compiler."""

    compiled: Compiled


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
    Planned,
    Drafted,
    Checked,
    Reviewed,
    Ran,
    Answered,
    Traced,
    total=False,
):
    """All pages together."""


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
