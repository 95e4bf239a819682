"""The audit in the system database: an append-only chain of lines, two for each statement that runs."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.values import AuditedOutcome, AuditedStatement
from store.border import border
from store.system import System, dial

if TYPE_CHECKING:
    from psycopg import AsyncConnection

_APPEND = "SELECT datachat.audit_append(%b::text[], %b::bigint[], %b::text[])"
# A process that stopped with the chain's lock in its hand must not stop the others for longer.
_PATIENCE = "SET lock_timeout = '3s'; SET statement_timeout = '5s'"
_MOST_LINES = 100


class Line(NamedTuple):
    """A line to be written: its kind, the intent that it is about, and what it says."""

    kind: str
    about: int | None
    entry: str


class AuditLog:
    """Writes lines for all tasks of this process over one connection; those that wait together go together."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: AsyncConnection | None = None
        self._waiting: list[tuple[Line, asyncio.Future[int]]] = []
        self._writer: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, system: System) -> AsyncGenerator["AuditLog"]:
        """The audit of a system database; what still waits is written before the block ends."""
        log = cls(system.url)
        try:
            yield log
        finally:
            await log.close()

    def append(self, line: Line) -> asyncio.Future[int]:
        """Write a line and return its number; it is written even when nobody waits for that any more.

        Raises UpstreamError when it cannot be written.
        """
        written: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((line, written))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        return written

    async def close(self) -> None:
        """Write what waits, and close the connection."""
        if self._writer:
            await self._writer
        if self._connection:
            await self._connection.close()

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting[:_MOST_LINES], self._waiting[_MOST_LINES:]
                await self._write(together)
        finally:
            self._writer = None

    async def _write(self, together: Sequence[tuple[Line, asyncio.Future[int]]]) -> None:
        lines = [line for line, _ in together]
        [numbers] = await asyncio.gather(self._numbers(lines), return_exceptions=True)
        for place, (_, written) in enumerate(together):
            if written.done():
                continue
            if isinstance(numbers, BaseException):
                written.set_exception(numbers)
            else:
                written.set_result(numbers[place])

    async def _numbers(self, lines: Sequence[Line]) -> list[int]:
        """The numbers of new lines; tried a second time when the connection had been lost."""
        from psycopg import OperationalError

        with border():
            if self._connection and not self._connection.closed:
                try:
                    return await self._ask(self._connection, lines)
                except OperationalError:
                    if not self._connection.closed:
                        raise
            self._connection = await dial(self._url)
            await self._connection.execute(_PATIENCE)
            return await self._ask(self._connection, lines)

    async def _ask(self, connection: "AsyncConnection", lines: Sequence[Line]) -> list[int]:
        found = await connection.execute(_APPEND, [list(each) for each in zip(*lines, strict=True)], prepare=True)
        [(numbers,)] = await found.fetchall()
        return numbers


@dataclass(frozen=True)
class TurnAudit:
    """The port Audit of one turn."""

    log: AuditLog
    user: str
    turn: str
    question: str

    async def begin(self, statement: AuditedStatement) -> int:
        """Note that a statement will run, and return the number of that line."""
        return await self.log.append(Line("intent", None, self._entry(statement)))

    async def end(self, number: int, outcome: AuditedOutcome) -> None:
        """Note what became of it."""
        await self.log.append(Line("outcome", number, _json(outcome.model_dump())))

    async def refused(self, statement: AuditedStatement) -> None:
        """Note a statement that may not run."""
        await self.log.append(Line("refusal", None, self._entry(statement)))

    def _entry(self, statement: AuditedStatement) -> str:
        asked = {"user": self.user, "turn": self.turn, "question": self.question}
        return _json({**asked, **statement.model_dump()})


def _json(entry: dict[str, object]) -> str:
    # ASCII, so that it holds whatever a question may hold: NUL and halves of characters, which are escaped.
    return json.dumps(entry)
