"""What a turn is lent: ports, the user and the limits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import JsonValue

from core.ports import Audit, ChatModel, Clock, Databases, Lineage, Results, Routing, Spending
from core.values import AuditedOutcome, AuditedStatement, Budgets, Calendar, Limits, User

Told = dict[str, JsonValue]
"""One thing that a node tells while it works: the `type` of an event, and its data."""


def untold(told: Told) -> None:
    """Tell nobody."""


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class NoAudit:
    """The port Audit where the settings turn the audit off."""

    async def begin(self, statement: AuditedStatement) -> int:
        """Note nothing."""
        return 0

    async def end(self, number: int, outcome: AuditedOutcome) -> None:
        """Note nothing."""

    async def refused(self, statement: AuditedStatement) -> None:
        """Note nothing."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What one turn is lent. `model` is None where no model is configured."""

    databases: Databases
    results: Results
    model: ChatModel | None = None
    user: User = field(default_factory=User)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=SystemClock)
    audit: Audit = field(default_factory=NoAudit)
    budgets: Budgets = field(default_factory=Budgets)
    calendar: Calendar = field(default_factory=Calendar)
    """How times in questions are meant."""
    spending: Spending | None = None
    """What the user has spent today; None where no budget bounds it."""
    tell: Callable[[Told], None] = untold
    """Tells an event to whoever follows the turn, at once."""
    routing: Routing | None = None
    """Tells which of several databases a question is about; None where there is only one."""
    lineage: Lineage | None = None
    """How things hang together; None where nothing keeps it."""
