"""What the audit keeps of a statement: what was to run, for whom, and what became of it."""

from datetime import datetime
from typing import Literal

from core.values.base import Value

AuditStatus = Literal["ok", "refused", "failed", "limit", "unknown"]


class AuditedStatement(Value):
    """One statement of one turn, as it came (`written`) and as it may run (`sql`)."""

    database: str
    written: str
    sql: str = ""
    tables: list[str] = []
    columns: list[str] = []
    masked: list[str] = []
    filtered: list[str] = []
    verdict: str = "accepted"
    """`accepted`, or why it was refused."""


class AuditedOutcome(Value):
    """What became of a statement; `unknown` when it was cut off, so that nobody knows how far it came."""

    status: AuditStatus = "unknown"
    rows: int = 0
    truncated: bool = False
    result_hash: str = ""
    """SHA-256 of the result: its columns' names and its rows, as JSON."""
    error: str = ""
    """The code of the error."""
    ms: float = 0.0


class AuditedRun(AuditedStatement, AuditedOutcome):
    """A statement with its outcome, as people read it. `finished` is False while no outcome has been written."""

    seq: int
    at: datetime
    user: str
    turn: str
    question: str
    finished: bool = True


class AuditReport(Value):
    """What checking the whole audit found: `broken` is the first line that is missing or was changed, and `why`."""

    ok: bool
    lines: int
    unfinished: list[int] = []
    """Statements without an outcome: they run now, or their process was killed."""
    head: str = ""
    """Number and hash of the last line, `12:9f86...`; kept elsewhere, it shows later that nothing was rewritten."""
    broken: int | None = None
    why: str = ""
