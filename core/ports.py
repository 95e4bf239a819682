"""Doors to the world, seen from inside: what a node may ask for, and nothing of how it is done."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from pydantic import JsonValue

from core.access import Access
from core.catalog import Catalog
from core.datapoint import DataPoint, Link, LinkKind
from core.lineage import LIMIT, Changed, Impact, Reached
from core.profile import Profile
from core.values import (
    AuditedOutcome,
    AuditedStatement,
    Estimate,
    Found,
    LikelyDatabase,
    Limits,
    Message,
    Reply,
    Result,
    Retrieval,
    Spent,
)


@runtime_checkable
class Connector(Protocol):
    """A live, read-only, limited door to one database."""

    dialect: str
    """sqlglot's name of the engine's SQL."""

    async def catalog(self) -> Catalog:
        """Read the whole catalog in at most ten set-based statements."""
        ...

    async def run(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> Result:
        """Run one statement and fetch at most `limits.rows` rows; cancelling the task cancels it in the database.

        Raises StatementError (the statement is wrong), LimitError (it took too long), UpstreamError (no database).
        """
        ...

    def stream(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> AsyncIterator[Result]:
        """The same in batches, each with the columns; memory stays flat, and closing the iterator cancels it."""
        ...

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the engine expects of a query, without running it; None where it does not say. Raises as `run` does."""
        ...

    async def ping(self) -> str:
        """Connect and return engine and version; raises UpstreamError or UserError that say what is wrong."""
        ...

    async def close(self) -> None:
        """Give everything back; running statements are cancelled."""
        ...


@runtime_checkable
class Knowledge(Protocol):
    """Finds what a question is about in one database."""

    async def find(self, question: str, *, limit: int = 20) -> Sequence[Found]:
        """Tables for `question`, best first, closed over foreign keys."""
        ...

    async def ground(self, question: str, *, limit: int = 20) -> Retrieval:
        """Tables, DataPoints and stored values that `question` speaks of, best first."""
        ...


@dataclass(frozen=True, kw_only=True)
class Database:
    """A database that can be asked: its name, the door, its stored catalog and what is known about it.

    Where a policy is configured, `access` is what the user may see, and `catalog` and `knowledge` hold no more.
    """

    name: str
    connector: Connector
    catalog: Catalog
    knowledge: Knowledge
    access: Access | None = None
    profile: Profile = field(default_factory=Profile)
    """What was measured; without the values of masked columns."""
    datapoints: tuple[DataPoint, ...] = ()
    """The approved ones that speak of this database and are not stale."""


@runtime_checkable
class Databases(Protocol):
    """The databases that a turn may ask."""

    async def get(self, name: str | None = None) -> Database:
        """The named database, the default one for None; raises SetupError or NotFoundError."""
        ...

    async def names(self) -> Sequence[str]:
        """Every name, the default one first."""
        ...


@runtime_checkable
class Links(Protocol):
    """How things hang together. Things are named `KIND:ID`; an unknown one has no neighbours.

    Every method raises UpstreamError when the store cannot be reached.
    """

    async def replace(self, origin: str, links: Sequence[Link]) -> Changed:
        """Make these the only links of one origin (a catalog, a profile, a file); doing it again changes nothing."""
        ...

    async def neighbours(
        self, thing: str, *, hops: int = 1, kinds: Sequence[LinkKind] = (), limit: int = LIMIT
    ) -> Sequence[Reached]:
        """Things within so many links in any direction, nearest first, of all kinds or of these."""
        ...

    async def upstream(
        self, thing: str, *, hops: int = 3, kinds: Sequence[LinkKind] = (), limit: int = LIMIT
    ) -> Sequence[Reached]:
        """What a thing rests on, nearest first."""
        ...

    async def downstream(
        self, thing: str, *, hops: int = 3, kinds: Sequence[LinkKind] = (), limit: int = LIMIT
    ) -> Sequence[Reached]:
        """What rests on a thing, nearest first."""
        ...

    async def impact(self, thing: str, *, limit: int = LIMIT) -> Impact:
        """Everything that breaks when a thing goes, however far away."""
        ...

    async def path(self, one: str, other: str, *, kinds: Sequence[LinkKind] = ("JOINS_WITH",)) -> Sequence[Link]:
        """The links of a shortest path between two things; empty where there is none."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """How many links there are of each kind."""
        ...


@runtime_checkable
class Routing(Protocol):
    """Tells which databases a question may be about."""

    async def likely(self, question: str) -> Sequence[LikelyDatabase]:
        """Every database that the user may ask, by how much of the question it explains; the default one is marked."""
        ...


@runtime_checkable
class Lineage(Protocol):
    """Leads to the links."""

    async def of(self, database: str) -> Links:
        """The links, up to date with what is known of a database; they hold more than every user may see."""
        ...


@runtime_checkable
class ChatModel(Protocol):
    """A language model."""

    name: str

    async def reply(
        self,
        messages: Sequence[Message],
        *,
        schema: dict[str, JsonValue] | None = None,
        on_token: Callable[[str], None] | None = None,
        limits: Limits,
    ) -> Reply:
        """One reply, as JSON of `schema` when one is given; tokens are told as they come.

        Raises UpstreamError after bounded tries, LimitError when time or size run out.
        """
        ...


@runtime_checkable
class Results(Protocol):
    """Keeps whole results beside the checkpoints, which hold only a preview."""

    async def put(self, result: Result) -> str:
        """Store a result and return its id."""
        ...

    async def get(self, result_id: str, *, offset: int = 0, limit: int | None = None) -> Result:
        """Rows from `offset`; raises NotFoundError when the id is unknown or expired."""
        ...


@runtime_checkable
class Audit(Protocol):
    """Notes what one turn does with a database. Every method raises UpstreamError when the line cannot be written."""

    async def begin(self, statement: AuditedStatement) -> int:
        """Note that a statement will run, before it does, and return the number of that line."""
        ...

    async def end(self, number: int, outcome: AuditedOutcome) -> None:
        """Note what became of it."""
        ...

    async def refused(self, statement: AuditedStatement) -> None:
        """Note a statement that may not run."""
        ...


@runtime_checkable
class Spending(Protocol):
    """What one user's statements have taken today, in all processes."""

    async def today(self) -> Spent:
        """The sum up to now."""
        ...

    async def add(self, spent: Spent) -> None:
        """Add what one more statement took."""
        ...


@runtime_checkable
class Clock(Protocol):
    """The time, so that tests can set it."""

    def now(self) -> datetime:
        """The present moment, with a zone."""
        ...
