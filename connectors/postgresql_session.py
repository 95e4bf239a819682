"""One session of PostgreSQL. A statement takes two round trips, and one to forget it:

    BEGIN READ ONLY; settings; describe SELECT * FROM (statement) AS gate        parsed, neither planned nor run
    statement, with cells that may be large cut by the server                    start, fetch
    ROLLBACK; Sync; DISCARD ALL; Sync                                            settle

The gate is what the statement must fit into: the grammar of PostgreSQL admits nothing between these parentheses but a
query that writes nothing, so COPY, SET, DO, CALL, LOCK, LISTEN or a writing WITH end there, whatever rights the login
has. What EXPLAIN explains must fit, too; SHOW needs no gate. One statement per message is the protocol's own rule.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

import psycopg
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from pydantic import JsonValue

from connectors.base import RowsTooLargeError
from connectors.postgresql_errors import statement_failed
from connectors.postgresql_values import Shape, is_nested, narrowed, result_column, shapes
from connectors.postgresql_wire import TooMuchError, Wire
from core.errors import StatementError, UpstreamError
from core.values import Limits, ResultColumn

_CHUNK_ROWS = 250
# What libpq may read ahead is no sign of a large row.
_LEAST_BYTES = 10_000_000
_SHOWS = re.compile(r"\s*show\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"\s*explain\b(\s*\((?!\s*(select|with|values|table)\b)[^()]*\))?(\s+(verbose|analy[sz]e)\b)*", re.IGNORECASE
)
_TEXT_OID = 25
# A database may be set to read backslashes in strings, and would then find code where the guard saw a text.
_READING: Mapping[str, str] = MappingProxyType({"standard_conforming_strings": "on"})
_ROWS = (ExecStatus.TUPLES_OK, ExecStatus.TUPLES_CHUNK, ExecStatus.SINGLE_TUPLE)


class PostgreSQLSession:
    """A `Session`. `settings` are asserted for every statement anew, inside its transaction; `dial` connects again."""

    def __init__(
        self,
        wire: Wire,
        *,
        dial: Callable[[], Awaitable[Wire]],
        settings: Mapping[str, str],
        known: Callable[[], AdaptersMap],
        place: str,
    ) -> None:
        self._wire = wire
        self._dial = dial
        self._settings = settings
        self._known = known
        self._place = place
        self._limits = Limits()
        self._running = False
        self._first: PGresult | None = None
        self._transformer = Transformer()
        self._columns: Sequence[Shape] = ()

    async def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Send the fences, then the statement, and wait for its first rows."""
        self._limits = limits
        sql = sql.rstrip().rstrip(";")
        try:
            await self._start(sql, parameters, chunk=_CHUNK_ROWS)
        except TooMuchError:
            await self._start_again(sql, parameters)
        except psycopg.Error as error:
            self._running = False
            raise self._failure(error) from None
        return [result_column(each, self._known()) for each in self._columns]

    async def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next chunk of rows, however many were asked for."""
        result, self._first = self._first, None
        try:
            if result is None:
                if not self._running:
                    return ()
                result = await self._rows()
            return self._load(result)
        except TooMuchError:
            raise RowsTooLargeError from None
        except psycopg.Error as error:
            self._running = False
            raise self._failure(error) from None

    async def settle(self) -> None:
        """Cancel what still runs, roll back and forget."""
        self._first = None
        try:
            if self._running:
                await self._wire.cancel()
            await self._wire.drain()
            self._running = False
            self._wire.send("ROLLBACK")
            self._wire.sync()
            self._wire.send("DISCARD ALL")
            self._wire.sync()
            await self._wire.flush()
            await self._wire.drain()
        except (psycopg.Error, TooMuchError):
            raise UpstreamError(f"The session with PostgreSQL at {self._place} cannot be used again") from None

    def alive(self) -> bool:
        """Whether the server has not closed the connection."""
        return self._wire.alive()

    async def close(self) -> None:
        """Close the connection."""
        await self._wire.close()

    async def _start(self, sql: str, parameters: Sequence[JsonValue], *, chunk: int) -> None:
        known, wire = self._known(), self._wire
        self._transformer = Transformer(_Context(known))
        wire.most = max(self._limits.bytes, _LEAST_BYTES)
        self._running = True
        self._send_fences()
        shows, explains = _SHOWS.match(sql), _EXPLAINS.match(sql)
        if not shows:
            self._columns = await self._gated(sql[explains.end() :] if explains else sql, parameters)
        if not (shows or explains):
            sql = narrowed(sql, self._columns, cell_bytes=self._limits.cell_bytes, known=known)
        wire.send(sql, parameters)
        wire.sync()
        await wire.flush()
        for _ in range(2 if shows else 0):
            await wire.results()
        wire.in_chunks(chunk)
        self._first = await self._rows()
        if shows or explains:
            self._columns = shapes(self._first)
        self._transformer.set_loader_types([each.oid for each in self._columns], Format.TEXT)

    async def _gated(self, sql: str, parameters: Sequence[JsonValue]) -> Sequence[Shape]:
        """The columns of what must be a query, which goes out together with the fences."""
        self._wire.describe(f"SELECT * FROM (\n{sql}\n) AS gate", parameters)
        self._wire.sync()
        await self._wire.flush()
        answers = [await self._wire.results() for _ in range(4)]
        await self._wire.synced()
        return shapes(answers[-1][-1])

    def _send_fences(self) -> None:
        timeout = str(max(1, round(self._limits.seconds * 1000)))
        settings = {**self._settings, **_READING, "statement_timeout": timeout}
        each = ", ".join(f"set_config(${2 * n + 1}, ${2 * n + 2}, true)" for n in range(len(settings)))
        self._wire.send("BEGIN READ ONLY")
        self._wire.send(f"SELECT {each}", [text for pair in settings.items() for text in pair])

    async def _start_again(self, sql: str, parameters: Sequence[JsonValue]) -> None:
        """The first rows together were larger than the whole result may be: take them one by one."""
        await self._wire.close()
        self._wire = await self._dial()
        try:
            await self._start(sql, parameters, chunk=1)
        except TooMuchError:
            raise RowsTooLargeError from None
        except psycopg.Error as error:
            self._running = False
            raise self._failure(error) from None

    async def _rows(self) -> PGresult:
        """The next rows of the statement itself; its last result holds the rest of them, or none."""
        result = await self._wire.next()
        if result is None or result.status not in _ROWS:
            raise StatementError("The statement is not a query", hint="Write a SELECT")
        self._running = result.status != ExecStatus.TUPLES_OK
        return result

    def _load(self, result: PGresult) -> Sequence[Sequence[object]]:
        self._transformer.set_pgresult(result, set_loaders=False)
        try:
            return self._transformer.load_rows(0, result.ntuples, tuple)
        except psycopg.DataError:
            # An array was cut, so that it cannot be read but as text.
            kinds = [_TEXT_OID if is_nested(each, self._known()) else each.oid for each in self._columns]
            self._transformer.set_loader_types(kinds, Format.TEXT)
            return self._transformer.load_rows(0, result.ntuples, tuple)

    def _failure(self, error: psycopg.Error) -> Exception:
        return statement_failed(error, seconds=self._limits.seconds, place=self._place)


class _Context:
    """What psycopg calls an adaptation context, without a connection."""

    connection = None

    def __init__(self, known: AdaptersMap) -> None:
        self.adapters = known
