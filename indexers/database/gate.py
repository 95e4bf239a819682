"""The only way from an indexer to a database: through the guard, inside a budget of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from core.catalog import Catalog
from core.errors import LimitError, StatementError
from core.ports import Connector
from core.values import Limits, Row
from indexers.database.budget import Budget
from sql.guard import guard

CELL_BYTES = 4_000


@dataclass(frozen=True)
class Gate:
    """Runs statements over a catalog until `ends`, a moment of the monotonic clock."""

    connector: Connector
    catalog: Catalog
    budget: Budget
    ends: float

    @classmethod
    def open(cls, connector: Connector, catalog: Catalog, budget: Budget) -> "Gate":
        """A gate whose time begins now."""
        return cls(connector, catalog, budget, monotonic() + budget.seconds)

    @property
    def dialect(self) -> str:
        """sqlglot's name of the engine's SQL."""
        return self.connector.dialect

    @property
    def is_over(self) -> bool:
        """Whether the time of the whole profile is up."""
        return monotonic() >= self.ends

    async def rows(self, sql: str, *, most: int = 10_000) -> Sequence[Row]:
        """All rows of a statement; raises LimitError when it takes too long, StatementError when it is refused."""
        seconds = min(self.budget.table_seconds, self.ends - monotonic())
        if seconds <= 0:
            raise LimitError("The time for this profile is up.")
        verdict = guard(sql, dialect=self.dialect, catalog=self.catalog)
        if not verdict.ok:
            raise StatementError(f"The guard refuses a statement of the profile: {verdict.violations[0].message}")
        limits = Limits(rows=most, seconds=seconds, bytes=self.budget.bytes, cell_bytes=CELL_BYTES)
        return (await self.connector.run(verdict.sql, limits=limits)).rows
