"""What every connector shares. One statement goes through these steps:

    session = pool.take()                    at most `sessions` at once
    columns = await session.start(sql, ...)  under the deadline
    rows    = await session.fetch(500)       again and again, until none is left or a limit is reached
    session.settle()                         what still runs is ended in the database; the session is as new, or dropped

A connector's file therefore holds a `Session` (asynchronous drivers) or a `BlockingSession` (blocking drivers, see
`connectors.threads`), a `SessionConnector` that opens it and reads the catalog, and `async def connect(url, limits)`.
Sessions raise only the errors of `core.errors`; no message holds a value from the database or a secret.
"""

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import ClassVar, Protocol

from pydantic import JsonValue

from connectors.deadline import Deadline
from connectors.pool import Pool
from connectors.values import Meter
from core.catalog import Catalog
from core.errors import DataChatError, LimitError, StatementError
from core.values import Estimate, Limits, Result, ResultColumn, Row

_BATCH_ROWS = 500
_SETTLE_SECONDS = 5.0
_PATIENCE_SECONDS = 0.2
_PLAN_SECONDS = 5.0
# What stands first after EXPLAIN must not be read as one of its options.
_QUERY = re.compile(r"(?:\s|\(|--[^\n]*(?:\n|$)|/\*.*?\*/)*(?:select|with|values|from)\b", re.IGNORECASE | re.DOTALL)


class RowsTooLargeError(LimitError):
    """The next rows are larger than the whole result may be. Raised by `fetch`, it truncates the result."""

    def __init__(self) -> None:
        super().__init__("One row is larger than the whole result may be", hint="Ask for fewer or shorter columns")


class Session(Protocol):
    """One connection to the engine, in which at most one statement runs at a time."""

    async def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Start one read-only statement and return its columns. It need not have produced a row yet."""
        ...

    async def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """About `count` next rows as the driver gives them (`values.cell` makes cells of them); empty at the end."""
        ...

    async def settle(self) -> None:
        """End what still runs in the database and forget everything that the statement left; raises when that fails."""
        ...

    def alive(self) -> bool:
        """Whether it can be used again, as far as can be told without asking the server."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...


class SessionConnector(ABC):
    """A connector over a pool of sessions. Subclasses open sessions and read the catalog; the rest is here."""

    dialect: ClassVar[str]
    placeholder: ClassVar[str] = "?"
    """How the n-th parameter is written in the engine's SQL; `{n}` stands for its number, from 1."""
    sessions: ClassVar[int] = 8
    wait_seconds: ClassVar[float] = 1.0

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pool = Pool(self.open_session, size=self.sessions, wait_seconds=self.wait_seconds)
        self._lent: dict[Session, Deadline] = {}
        self._settling: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def open_session(self) -> Session:
        """Open one more session, read-only and limited in the strongest way the engine has."""

    @abstractmethod
    async def catalog(self) -> Catalog:
        """Read the whole catalog in at most ten set-based statements."""

    @abstractmethod
    async def ping(self) -> str:
        """Ask the engine for its name and version."""

    async def run(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> Result:
        """Run one statement and gather its rows, at most `limits.rows` of them and `limits.bytes` bytes."""
        columns: list[ResultColumn] = []
        rows: list[Row] = []
        cut_cells = 0
        truncated = False
        ms = 0.0
        async with aclosing(self.stream(sql, limits=limits, parameters=parameters)) as batches:
            async for batch in batches:
                columns, truncated, ms = batch.columns, batch.truncated, batch.ms
                rows += batch.rows
                cut_cells += batch.cut_cells
        return Result.model_construct(columns=columns, rows=rows, truncated=truncated, cut_cells=cut_cells, ms=ms)

    async def stream(
        self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()
    ) -> AsyncGenerator[Result, None]:
        """Run one statement and hand its rows on in batches, at least one; each knows the columns, `ms` grows."""
        _refuse_nul(sql)
        started, deadline = time.perf_counter(), Deadline(limits.seconds)
        async with deadline:
            session = await self._pool.take()
        self._lent[session] = deadline
        answered = False
        try:
            async with deadline:
                columns = list(await session.start(sql, parameters=parameters, limits=limits))
            meter, batches = Meter(limits), 0
            while not meter.truncated:
                async with deadline:
                    raw = await _next(session, meter, min(_BATCH_ROWS, limits.rows + 1))
                if not raw and batches and not meter.truncated:
                    break
                rows, batches = meter.take(raw), batches + 1
                ms = (time.perf_counter() - started) * 1000
                yield Result.model_construct(
                    columns=columns, rows=rows, truncated=meter.truncated, cut_cells=meter.cut_cells, ms=ms
                )
            answered = True
        except StatementError:
            answered = True
            raise
        finally:
            settling = self._settle_soon(session)
            # A caller that is being cancelled may be cancelled again and again: it must not wait here.
            if answered and settling:
                await asyncio.wait({settling}, timeout=_PATIENCE_SECONDS)

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the engine expects of a query; None where it does not say."""
        return None

    async def plan(self, explain: str, sql: str, *, limits: Limits) -> Result | None:
        """What the engine tells of a query after the words of its EXPLAIN; None for what is no query."""
        if not _QUERY.match(sql):
            return None
        whole = {"rows": 10_000, "bytes": 50_000_000, "cell_bytes": 50_000_000}
        seconds = min(limits.seconds, _PLAN_SECONDS)
        return await self.run(explain + sql, limits=limits.model_copy(update={**whole, "seconds": seconds}))

    async def query(self, sql: str, parameters: Sequence[JsonValue] = ()) -> list[Row]:
        """All rows of a statement of ours: for the catalog, whose size no limit of a question may cut."""
        unlimited = Limits(rows=10**9, bytes=10**10, cell_bytes=10**9, seconds=self.limits.seconds)
        return (await self.run(sql, limits=unlimited, parameters=parameters)).rows

    async def close(self) -> None:
        """End what runs, and close every session."""
        self._pool.shut()
        for deadline in tuple(self._lent.values()):
            await deadline.end()
        # Those that still are lent belong to readers that rest between two batches.
        for session in tuple(self._lent):
            self._settle_soon(session)
        if self._settling:
            await asyncio.wait(self._settling)
        await self._pool.close()

    def _settle_soon(self, session: Session) -> asyncio.Task[None] | None:
        """Settle in a task of its own; None when `close` has begun that already."""
        if self._lent.pop(session, None) is None:
            return None
        task = asyncio.create_task(self._settle(session))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        return task

    async def _settle(self, session: Session) -> None:
        try:
            async with asyncio.timeout(_SETTLE_SECONDS):
                await session.settle()
        except (DataChatError, TimeoutError):
            await self._pool.drop(session)
        else:
            await self._pool.give(session)


def _refuse_nul(sql: str) -> None:
    if "\x00" in sql:
        raise StatementError("The statement holds a NUL character", hint="Remove it")


async def _next(session: Session, meter: Meter, count: int) -> Sequence[Sequence[object]]:
    try:
        return await session.fetch(count)
    except RowsTooLargeError:
        meter.truncated = True
        return ()
