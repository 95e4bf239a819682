"""What a turn hands out, and what is kept of it."""

from datetime import datetime
from typing import Literal

from pydantic import JsonValue
from typing_extensions import override

from core.values.base import Explained, Value
from core.values.findings import Clarification, Evidence, Failure, ReviewRequest, Source, Usage
from core.values.plans import Plan
from core.values.results import ResultColumn, Row


class Step(Value):
    """One line of the decision trace."""

    node: str
    decision: str
    reason: str = ""
    ms: float = 0.0


class Timing(Value):
    """Milliseconds of a turn: all of it, waiting for models, waiting for the database."""

    total: float = 0.0
    model: float = 0.0
    database: float = 0.0


Status = Literal["answered", "clarify", "abstain", "refused", "waiting", "error"]


class Answer(Explained):
    """What the asker gets: words, rows and the proof. The shape is fixed by the contract of `ask --json`."""

    status: Status
    answer: str
    sql: str | None = None
    dialect: str | None = None
    database: str | None = None
    columns: list[ResultColumn] = []
    rows: list[Row] = []
    row_count: int = 0
    truncated: bool = False
    source: Source = "system"
    confidence: float = 0.0
    confidence_factors: dict[str, float] = {}
    evidence: list[Evidence] = []
    assumptions: list[str] = []
    plan: Plan | None = None
    """What was understood, where the statement was compiled from a plan."""
    understood: str = ""
    """The plan as one line."""
    verified: bool = False
    """Whether it rests on approved definitions alone, and nothing was guessed."""
    masked: list[str] = []
    filtered: list[str] = []
    clarification: Clarification | None = None
    review: "ReviewRequest | None" = None
    chart: dict[str, JsonValue] | None = None
    follow_ups: list[str] = []
    trace: list[Step] = []
    usage: Usage = Usage()
    timing_ms: Timing = Timing()
    conversation_id: str = ""
    turn_id: str = ""
    result_id: str | None = None
    error: Failure | None = None

    @property
    @override
    def decision(self) -> str:
        return self.status


class Remembered(Value):
    """A finished turn in short, for follow-ups."""

    question: str
    answer: str = ""
    sql: str = ""
    database: str = ""
    tables: list[str] = []
    columns: list[str] = []
    filters: list[str] = []
    source: Source = "system"
    plan: Plan | None = None
    """What the question was understood to ask, for a follow-up to change."""
    certainty: float = 1.0
    """How sure that understanding was."""


class TurnRecord(Value):
    """A turn as the system database knows it. `running` is also the status of one whose process died."""

    id: str
    conversation_id: str
    user: str
    question: str
    database: str | None = None
    model: str | None = None
    status: Literal["running", "waiting", "finished", "cancelled"] = "running"
    answer: "Answer | None" = None
    started_at: datetime | None = None
    finished_at: datetime | None = None


EventType = Literal[
    "turn.started",
    "node.started",
    "node.finished",
    "token",
    "sql",
    "rows",
    "chart",
    "clarification",
    "approval",
    "answer",
    "error",
    "turn.finished",
]


class Event(Value):
    """One thing that happened in a turn. `id` grows by one per turn; `data` is one JSON object."""

    type: EventType
    id: int
    data: dict[str, JsonValue]


class ConnectionInfo(Value):
    """A stored connection as people may see it: never its URL's password."""

    name: str
    dialect: str
    url: str
    """The URL with its secrets replaced by `***`."""
    default: bool = False
    created_at: datetime | None = None
    tables: int | None = None
    refreshed_at: datetime | None = None
    description: str = ""
    tags: list[str] = []
    profiled_at: datetime | None = None
    profiled_tables: int = 0
    datapoints: int = 0
    """Approved ones that speak of it, or of every database."""
