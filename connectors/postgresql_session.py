"""One connection to PostgreSQL, driven in pipeline mode: a statement and all that fences it in take one round trip.

    BEGIN READ ONLY; settings; DECLARE ... CURSOR FOR statement; statement; Sync      start
    ROLLBACK; Sync; DISCARD ALL; Sync                                                 settle

The cursor is never read. Its DECLARE is a gate: the grammar of PostgreSQL admits nothing there but a query that writes
nothing, so COPY, SET, DO, CALL, LOCK, LISTEN or a writing WITH end here, whatever rights the login has. The statement
itself runs outside the cursor, where it may use parallel workers. One statement per message is the protocol's own rule.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import psycopg
from psycopg import AsyncConnection
from psycopg.abc import PQGen
from psycopg.adapt import AdaptersMap, PyFormat, Transformer
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.rows import TupleRow
from psycopg.types.json import Json
from psycopg.waiting import Ready, Wait, wait_async
from pydantic import JsonValue

from connectors.postgresql_errors import statement_failed
from connectors.postgresql_values import result_column
from core.errors import StatementError
from core.values import Limits, ResultColumn

_CHUNK_ROWS = 250
_CANCEL_SECONDS = 2.0
_EXPLAINS = re.compile(r"\s*(explain|show)\b", re.IGNORECASE)
_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)
_ROWS = (ExecStatus.TUPLES_OK, ExecStatus.TUPLES_CHUNK, ExecStatus.SINGLE_TUPLE)

Steps = PQGen[PGresult | None]
"""What psycopg's waiting drives: yields what to wait for; returns a result, or None at the end of a statement."""


class PostgreSQLSession:
    """A `Session` of PostgreSQL. `settings` are asserted for every statement anew, inside its transaction."""

    def __init__(
        self,
        connection: AsyncConnection[TupleRow],
        *,
        settings: Mapping[str, str],
        known: Callable[[], AdaptersMap],
        place: str,
    ) -> None:
        self._connection = connection
        self._conn: PGconn = connection.pgconn
        self._settings = settings
        self._known = known
        self._place = place
        self._seconds = 0.0
        self._open_syncs = 0
        self._running = False
        self._first: PGresult | None = None
        self._transformer = Transformer()
        self._conn.enter_pipeline_mode()

    async def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Send the fences and the statement together, and wait for its first rows."""
        self._seconds = limits.seconds
        self._transformer = Transformer(_Context(self._known()))
        try:
            self._send(sql, parameters)
            await self._wait(self._flush())
            for _ in range(2 if _EXPLAINS.match(sql) else 3):
                await self._skip_result()
            self._conn.set_chunked_rows_mode(_CHUNK_ROWS)
            self._first = first = await self._next_rows()
        except psycopg.Error as error:
            raise self._failure(error) from None
        return self._columns(first)

    async def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next chunk of rows, however many were asked for."""
        try:
            result, self._first = self._first, None
            if result is None and not self._running:
                return ()
            result = result or await self._next_rows()
            self._transformer.set_pgresult(result)
            return self._transformer.load_rows(0, result.ntuples, tuple)
        except psycopg.Error as error:
            raise self._failure(error) from None

    async def settle(self) -> None:
        """Cancel what still runs, roll back and forget: two small messages, one round trip."""
        try:
            self._first = None
            if self._running:
                await self._connection.cancel_safe(timeout=_CANCEL_SECONDS)
            await self._drain()
            self._query("ROLLBACK")
            self._sync()
            self._query("DISCARD ALL")
            self._sync()
            await self._wait(self._flush())
            await self._drain()
        except psycopg.Error as error:
            raise self._failure(error) from None

    def alive(self) -> bool:
        """Whether the server has not closed the connection; the socket tells without a round trip."""
        try:
            self._conn.consume_input()
        except psycopg.Error:
            return False
        return not self._connection.closed

    async def close(self) -> None:
        """Close the socket; what still runs notices within a second (`client_connection_check_interval`)."""
        await self._connection.close()

    def _send(self, sql: str, parameters: Sequence[JsonValue]) -> None:
        settings = {**self._settings, "statement_timeout": str(max(1, round(self._seconds * 1000)))}
        each = ", ".join(f"set_config(${2 * n + 1}, ${2 * n + 2}, true)" for n in range(len(settings)))
        self._query("BEGIN READ ONLY")
        self._query(f"SELECT {each}", [text for pair in settings.items() for text in pair])
        if not _EXPLAINS.match(sql):
            self._query(f"DECLARE gate NO SCROLL CURSOR FOR {sql}", parameters)
        self._query(sql, parameters)
        self._sync()
        self._running = True

    def _query(self, sql: str, parameters: Sequence[JsonValue] = ()) -> None:
        given = [Json(value) if isinstance(value, dict) else value for value in parameters]
        values = self._transformer.dump_sequence(given, [PyFormat.AUTO] * len(given))
        self._conn.send_query_params(sql.encode(), values, self._transformer.types, self._transformer.formats)

    def _sync(self) -> None:
        self._conn.pipeline_sync()
        self._open_syncs += 1

    async def _skip_result(self) -> None:
        while await self._next() is not None:
            pass

    async def _next_rows(self) -> PGresult:
        """The next rows of the statement itself; the last result holds the rest of them, or none."""
        result = await self._next()
        if result is None or result.status not in _ROWS:
            raise StatementError("The statement is not a query", hint="Write a SELECT")
        self._running = result.status != ExecStatus.TUPLES_OK
        return result

    async def _next(self) -> PGresult | None:
        """The next result of the pipeline's first statement, None at its end; raises what the server refused."""
        result = await self._wait(self._result())
        if result is not None and result.status in _FAILED:
            self._running = False
            raise psycopg.errors.error_from_result(result, encoding="utf-8")
        return result

    async def _drain(self) -> None:
        while self._open_syncs:
            result = await self._wait(self._result())
            if result is not None and result.status == ExecStatus.PIPELINE_SYNC:
                self._open_syncs -= 1
        self._running = False

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
            self._conn.consume_input()
        return self._conn.get_result()

    def _columns(self, result: PGresult) -> Sequence[ResultColumn]:
        known = self._known()
        return [
            result_column((result.fname(n) or b"").decode(errors="replace"), result.ftype(n), result.fmod(n), known)
            for n in range(result.nfields)
        ]

    def _failure(self, error: psycopg.Error) -> Exception:
        return statement_failed(error, seconds=self._seconds, place=self._place)


class _Context:
    """What psycopg calls an adaptation context, without a connection."""

    connection = None

    def __init__(self, known: AdaptersMap) -> None:
        self.adapters = known
