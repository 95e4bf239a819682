"""What the nodes of a turn find."""

from collections.abc import Iterable
from typing import Literal

from pydantic import ValidationError
from typing_extensions import override

from core.errors import UserError
from core.values.auditing import AuditedStatement
from core.values.base import Explained, Value
from core.values.budgets import Estimate
from core.values.plans import Plan
from core.values.results import Result, ResultColumn, Row


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
    written: str = ""
    """The statement as it came to be judged."""
    estimate: Estimate | None = None
    """What it is expected to take."""
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

    def audited(self, database: str) -> AuditedStatement:
        """What the audit keeps of the statement."""
        return AuditedStatement(
            database=database,
            written=self.written,
            sql=self.sql if self.ok else "",
            tables=self.tables,
            columns=self.columns,
            masked=self.masked,
            filtered=self.filtered,
            verdict="accepted" if self.ok else self.because,
        )


class Preview(Value):
    """What an option would show: its first rows, also in words. `truncated` says that `row_count` is not all."""

    option: str
    words: str
    sql: str
    columns: list[ResultColumn]
    rows: list[Row]
    row_count: int
    truncated: bool = False


class Clarification(Value):
    """A question back. A reply may be one of the options, its number (from 1), or free text."""

    question: str
    options: list[str] = []
    previews: list[Preview] = []
    """What options would show; one that could not be looked at has none."""


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


class FoundDataPoint(Value):
    """An approved DataPoint that retrieval found."""

    id: str
    kind: str
    score: float
    version: int = 1


class FoundValue(Value):
    """A value of a column that words of the question name: `phrase` as written there, `value` as stored."""

    table: str
    column: str
    value: str
    phrase: str
    score: float = 1.0


class Retrieval(Value):
    """What one database holds of a question, best first; `notes` say what could not be asked."""

    tables: list[Found] = []
    datapoints: list[FoundDataPoint] = []
    values: list[FoundValue] = []
    notes: list[str] = []


class LikelyDatabase(Value):
    """A database with the share of a question that it explains, 0 to 1; comparable between databases."""

    name: str
    score: float = 0.0
    default: bool = False


class Grounding(Explained):
    """What was retrieved for a question, best first; `routing` says why this database, with `routed` as certainty."""

    database: str
    dialect: str
    tables: list[Found]
    datapoints: list[FoundDataPoint] = []
    values: list[FoundValue] = []
    routing: str = ""
    routed: float = 1.0
    question: str = ""
    """The question without words that only address a database ("in warehouse, ..."); empty where there are none."""
    clarification: Clarification | None = None
    """Asks for the database, where several fit as well."""
    notes: list[str] = []
    """What could not be asked while finding."""
    ms: float = 0.0

    @property
    @override
    def decision(self) -> str:
        return f"{len(self.tables)} tables"

    @property
    @override
    def because(self) -> str:
        found = ", ".join(f"{each.table} {each.score:.2f}" for each in self.tables[:5])
        where = f"{self.routing} (certainty {self.routed:.2f})" if self.routing else ""
        return "; ".join(filter(None, [where, found, *self.notes]))


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
    plan: Plan | None = None
    """What was understood, where the statement was compiled from a plan."""
    verified: bool = False
    """Whether nothing was guessed: every part rests on an approved definition."""
    readings: list["Compiled"] = []
    """What the options of an ambiguous question come to, in their order, the likeliest first; each is ready to run."""

    @property
    @override
    def decision(self) -> str:
        return self.status

    @property
    @override
    def because(self) -> str:
        return self.reason


class Previewed(Explained):
    """What close readings would show, and whether that is the `same`."""

    previews: list[Preview] = []
    same: bool = False
    reason: str = ""

    @property
    @override
    def decision(self) -> str:
        return f"{len(self.previews)} previews"

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


def total_usage(each: Iterable[Usage]) -> Usage:
    """The sum over several uses."""
    total = Usage()
    for usage in each:
        total = total + usage
    return total


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


class ReviewRequest(Value):
    """What a reviewer sees: the statement, why it waits, and what may be replied."""

    sql: str
    reason: str
    choices: list[Literal["run", "edit", "cancel"]] = ["run", "edit", "cancel"]


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
