"""Frozen values that every floor may speak, and that a checkpoint can hold."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from typing_extensions import override

from core.errors import UserError


class Value(BaseModel):
    """Base of all values in the state: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Explained(Value):
    """A finding with its reason in words; the trace shows both."""

    @property
    def decision(self) -> str:
        """The finding in one or two words."""
        raise NotImplementedError

    @property
    def because(self) -> str:
        """Why, in one plain sentence, without values from the database."""
        return ""


class User(Value):
    """Who asks. `attributes` feed row filters."""

    name: str = "local"
    attributes: dict[str, JsonValue] = {}


class Limits(Value):
    """What one turn may use. Enforced where the work happens, shown in the answer when it bites."""

    rows: int = Field(default=1_000, gt=0, description="Rows of a result; the rest is cut.")
    scan_rows: int = Field(default=100_000_000, gt=0, description="Rows a statement reads; above, it waits for review.")
    seconds: float = Field(default=30.0, gt=0, lt=1e9, description="Time of one statement, then it is cancelled.")
    bytes: int = Field(default=20_000_000, gt=0, description="Size of a result; the rest is cut.")
    cell_bytes: int = Field(default=1_000_000, gt=0, description="Size of one cell; a larger one is cut.")
    model_seconds: float = Field(default=60.0, gt=0, lt=1e9, description="Time of one model call with all its tries.")
    model_bytes: int = Field(default=200_000, gt=0, description="Size of one reply of the model.")
    prompt_tokens: int = Field(default=1_000, gt=0, description="Tokens of tables and columns in a prompt, about.")
    repairs: int = Field(default=3, ge=0, description="Further drafts after a refused statement.")
    clarifications: int = Field(default=3, ge=0, description="Questions back in one turn.")
    review_below: float = Field(default=0.7, ge=0, le=1, description="A draft less sure than this waits for review.")


class ResultColumn(Value):
    """A column of a result: `type` is one word of the house (see docs/add-a-connector.md), `native` the engine's."""

    name: str
    type: str
    native: str = ""


Cell = JsonValue
Row = list[Cell]


class Result(Value):
    """Columns and JSON-safe rows. `truncated` says that a limit cut rows; `cut_cells` that single cells were cut."""

    columns: list[ResultColumn]
    rows: list[Row]
    truncated: bool = False
    cut_cells: int = 0
    ms: float = 0.0
    """Time from the statement's start to its last fetched row, in milliseconds."""


class Violation(Value):
    """One reason why a statement may not run; `start` and `end` are offsets into the text, -1 without a place."""

    rule: str
    message: str
    hint: str = ""
    start: int = -1
    end: int = -1


class Verdict(Explained):
    """What the guard says of one statement. `sql` is what may run, `limit_added` the row limit that was put on it."""

    ok: bool
    sql: str = ""
    violations: list[Violation] = []
    tables: list[str] = []
    columns: list[str] = []
    masked: list[str] = []
    filtered: list[str] = []
    limit_added: int | None = None
    attempt: int = 0
    """How many drafts there were when it was judged."""
    doubt: str = ""
    """Why a person should look at the statement before it runs; empty when it may run at once."""

    @property
    @override
    def decision(self) -> str:
        return "accepted" if self.ok else "rejected"

    @property
    @override
    def because(self) -> str:
        return "; ".join(f"{each.rule}: {each.message}" for each in self.violations)


class Clarification(Value):
    """A question back. A reply may be one of the options, its number (from 1), or free text."""

    question: str
    options: list[str] = []


class Exchange(Value):
    """A clarification and what the user replied."""

    clarification: Clarification
    reply: str


IntentKind = Literal[
    "small_talk", "goodbye", "help", "capabilities", "setup", "out_of_scope", "unintelligible", "catalog", "data"
]


class Intent(Explained):
    """What kind of question it is. `text` is the question to work on: normalised, and completed by clarifications."""

    kind: IntentKind
    text: str
    follow_up: bool = False
    reason: str = ""
    clarification: Clarification | None = None
    reply: str = ""
    """Words that end the turn at once (small talk, help, out of scope); empty otherwise."""
    rule: str = ""
    """The rule that recognised it, by name; empty where none did."""

    @property
    @override
    def decision(self) -> str:
        return self.kind

    @property
    @override
    def because(self) -> str:
        return self.reason


class Found(Value):
    """A table that retrieval found; `columns` matched, best first; `why` e.g. `name`, `column`, `foreign key`."""

    table: str
    score: float
    columns: list[str] = []
    why: str = ""


class Grounding(Explained):
    """What was retrieved for a question, best first."""

    database: str
    dialect: str
    tables: list[Found]
    ms: float = 0.0

    @property
    @override
    def decision(self) -> str:
        return f"{len(self.tables)} tables"

    @property
    @override
    def because(self) -> str:
        return ", ".join(f"{each.table} {each.score:.2f}" for each in self.tables[:5])


Source = Literal["catalog", "metric", "query", "plan", "model", "context", "tool", "diagnosis", "system"]


class Evidence(Value):
    """What an answer rests on: a table, a DataPoint, a statement."""

    kind: str
    id: str
    version: str | None = None
    score: float | None = None


class Compiled(Explained):
    """What the compiler made of the question without a model.

    ready: `sql` is complete. told: `result` (from the stored catalog) or `words` answer it, nothing has to run.
    ambiguous: `clarification` asks. incomplete: a model must write it. impossible: `words` say why.
    """

    status: Literal["ready", "told", "ambiguous", "incomplete", "impossible"]
    source: Source = "catalog"
    sql: str = ""
    result: Result | None = None
    """A preview, as in Execution: `row_count` counts the whole, `result_id` leads to it."""
    result_id: str | None = None
    row_count: int = 0
    words: str = ""
    clarification: Clarification | None = None
    confidence: float = 1.0
    assumptions: list[str] = []
    follow_ups: list[str] = []
    evidence: list[Evidence] = []
    tables: list[str] = []
    reason: str = ""

    @property
    @override
    def decision(self) -> str:
        return self.status

    @property
    @override
    def because(self) -> str:
        return self.reason


class Usage(Value):
    """What models cost. `cost_usd` is None where the price is not known."""

    llm_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    ms: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        costs = [each.cost_usd for each in (self, other) if each.cost_usd is not None]
        return Usage(
            llm_calls=self.llm_calls + other.llm_calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost_usd=sum(costs) if costs else None,
            ms=self.ms + other.ms,
        )


class Failure(Value):
    """An expected error as a value: what an error event, an HTTP body and an answer carry."""

    code: str
    message: str
    hint: str = ""


class Draft(Explained):
    """SQL not yet checked, as a model wrote it; or its `failure`, or why it `abstained`."""

    sql: str = ""
    confidence: float = 0.0
    explanation: str = ""
    assumptions: list[str] = []
    abstained: str = ""
    failure: Failure | None = None
    usage: Usage = Usage()
    attempt: int = 1

    @property
    @override
    def decision(self) -> str:
        if self.failure:
            return "failed"
        return "abstained" if self.abstained else f"draft {self.attempt}"

    @property
    @override
    def because(self) -> str:
        return self.failure.message if self.failure else self.abstained or self.explanation


class Review(Explained):
    """What a person decided about the verdict of this `attempt`; `sql` is theirs when they edited it."""

    choice: Literal["run", "edit", "cancel"]
    sql: str = ""
    attempt: int = 0
    reason: str = ""

    @classmethod
    def of_reply(cls, reply: object) -> "Review":
        """Read `run`, `cancel`, or an edit as `{"choice": "edit", "sql": ...}`; UserError for anything else."""
        fields: object = {"choice": reply.strip().lower()} if isinstance(reply, str) else reply
        try:
            review = cls.model_validate(fields)
        except ValidationError as error:
            raise UserError(
                "This reply is none of run, edit and cancel.",
                hint='Reply "run", "cancel", or {"choice": "edit", "sql": "SELECT ..."}.',
                code="bad_reply",
            ) from error
        if review.choice == "edit" and not review.sql.strip():
            raise UserError("An edit needs the edited statement.", hint='{"choice": "edit", "sql": "SELECT ..."}')
        return review

    @property
    @override
    def decision(self) -> str:
        return self.choice

    @property
    @override
    def because(self) -> str:
        return self.reason


class Execution(Explained):
    """What became of a statement: a preview of its result (`result_id` leads to all of it), or why it failed."""

    result: Result | None = None
    result_id: str | None = None
    row_count: int = 0
    failure: Failure | None = None
    repairable: bool = False
    """The database refused the statement itself, so another statement may pass."""
    attempt: int = 0
    ms: float = 0.0

    @property
    @override
    def decision(self) -> str:
        return "failed" if self.failure else f"{self.row_count} rows"

    @property
    @override
    def because(self) -> str:
        return self.failure.message if self.failure else ""


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


class ReviewRequest(Value):
    """What a reviewer sees: the statement, why it waits, and what may be replied."""

    sql: str
    reason: str
    choices: list[Literal["run", "edit", "cancel"]] = ["run", "edit", "cancel"]


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


class Message(Value):
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    text: str


class Reply(Value):
    """A model's whole reply. `complete` is False when it was cut; nothing of it may then be executed."""

    text: str
    complete: bool = True
    usage: Usage = Usage()


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


def total_usage(each: Iterable[Usage]) -> Usage:
    """The sum over several uses."""
    total = Usage()
    for usage in each:
        total = total + usage
    return total


Answer.model_rebuild()
