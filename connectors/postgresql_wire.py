"""A connection of psycopg in libpq's pipeline mode: statements are queued, then their results are read one by one."""

import sys
from collections.abc import Sequence

import psycopg
from psycopg import AsyncConnection
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow
from psycopg.types.json import Json
from psycopg.waiting import Ready, Wait, wait_async
from pydantic import JsonValue

_CANCEL_SECONDS = 2.0
_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)

Steps = PQGen[PGresult | None]
"""What psycopg's waiting drives: yields what to wait for; returns a result, or None at the end of a statement."""


class TooMuchError(Exception):
    """More bytes came for one result than were to be taken; the connection cannot be used again."""


class Wire:
    """The pipeline. `most` is how many bytes may come for one result, which libpq gathers in memory."""

    def __init__(self, connection: AsyncConnection[TupleRow]) -> None:
        self._connection = connection
        self._conn = connection.pgconn
        self._syncs = 0
        self._came = 0
        self.most = sys.maxsize
        self._conn.enter_pipeline_mode()

    def send(self, sql: str, parameters: Sequence[JsonValue] = ()) -> None:
        """Queue one statement; PostgreSQL refuses a second one in the same text."""
        values, kinds, formats = _dumped(parameters)
        self._conn.send_query_params(sql.encode(), values, kinds, formats)

    def describe(self, sql: str, parameters: Sequence[JsonValue] = ()) -> None:
        """Queue a question for the columns of a statement, which is parsed for that, but neither planned nor run."""
        self._conn.send_prepare(b"", sql.encode(), _dumped(parameters)[1])
        self._conn.send_describe_prepared(b"")

    def sync(self) -> None:
        """Queue the end of a group: after an error all up to here is skipped."""
        self._conn.pipeline_sync()
        self._syncs += 1

    async def flush(self) -> None:
        """Send what is queued."""
        await self._wait(self._flush())

    def in_chunks(self, rows: int) -> None:
        """Let the statement whose results come next hand its rows on so many at a time."""
        self._conn.set_chunked_rows_mode(rows)

    async def next(self) -> PGresult | None:
        """The next result of the first open statement, None at its end; raises what the server refused."""
        result = await self._wait(self._result())
        if result is not None and result.status in _FAILED:
            raise psycopg.errors.error_from_result(result, encoding="utf-8")
        return result

    async def results(self) -> list[PGresult]:
        """All results of the first open statement."""
        found: list[PGresult] = []
        while (result := await self.next()) is not None:
            found.append(result)
        return found

    async def synced(self) -> None:
        """Read the end of a group."""
        await self.next()
        self._syncs -= 1

    async def drain(self) -> None:
        """Read, and forget, all that is open, errors too."""
        while self._syncs:
            result = await self._wait(self._result())
            if result is not None and result.status == ExecStatus.PIPELINE_SYNC:
                self._syncs -= 1

    async def cancel(self) -> None:
        """Ask the server, over a connection of its own, to end what runs."""
        await self._connection.cancel_safe(timeout=_CANCEL_SECONDS)

    def alive(self) -> bool:
        """Whether the server has not closed the connection; the socket tells without a round trip."""
        try:
            # A server that goes says why first: the end itself is read only after that.
            self._conn.consume_input()
            self._conn.consume_input()
        except psycopg.Error:
            return False
        return not self._connection.closed

    async def close(self) -> None:
        """Close the socket; what still runs notices within a second (`client_connection_check_interval`)."""
        await self._connection.close()

    async def _wait(self, steps: Steps) -> PGresult | None:
        return await wait_async(steps, self._conn.socket, interval=1.0)

    def _flush(self) -> Steps:
        while self._conn.flush():
            if (yield Wait.RW) & Ready.R:
                self._conn.consume_input()
        return None

    def _result(self) -> Steps:
        while self._conn.is_busy():
            while not (yield Wait.R):
                pass
            self._came += _waiting(self._conn.socket)
            if self._came > self.most:
                raise TooMuchError
            self._conn.consume_input()
        self._came = 0
        return self._conn.get_result()


def _dumped(
    parameters: Sequence[JsonValue],
) -> tuple[Sequence[Buffer | None], Sequence[int] | None, Sequence[Format] | None]:
    dumper = Transformer()
    given = [Json(value) if isinstance(value, dict) else value for value in parameters]
    values = dumper.dump_sequence(given, [PyFormat.AUTO] * len(given))
    return values, dumper.types, dumper.formats


if sys.platform == "win32":

    def _waiting(socket: int) -> int:
        return 0

else:
    import fcntl
    import termios

    def _waiting(socket: int) -> int:
        """How many bytes the socket holds for us."""
        answer = fcntl.ioctl(socket, termios.FIONREAD, b"\0\0\0\0")
        return int.from_bytes(answer, sys.byteorder)
