"""The door to embedded ClickHouse: a folder that chDB wrote, read by an engine in a process of its own.

    chdb:///folder             relative to the working directory
    chdb:////data/folder       absolute
    chdb://                    no folder: a memory that is empty

chDB locks its folder: while a connector is open, no other process can use it.
"""

import asyncio
import contextlib
import itertools
import json
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import JsonValue

from connectors import clickhouse_catalog, clickhouse_estimate
from connectors.base import Session, SessionConnector
from connectors.chdb_engine import END, ERROR
from connectors.chdb_process import Process
from connectors.clickhouse_errors import statement_failed
from connectors.clickhouse_format import BLOCK_BYTES, Answer, Described, ServerError, block_too_large, read
from connectors.clickhouse_statement import PLACEHOLDER, bound, refuse_all_but_queries, settings
from connectors.threads import ThreadSession
from core.catalog import Catalog
from core.errors import DataChatError, SetupError, UpstreamError, UserError
from core.values import Estimate, Limits, ResultColumn
from sql.names import quote

_KILLS_BEFORE_THE_LAST = 40


async def connect(url: str, limits: Limits) -> "ChdbConnector":
    """A connector for `chdb://`; raises UserError or UpstreamError where the folder is missing or cannot be opened."""
    if find_spec("chdb") is None:
        raise SetupError("The embedded ClickHouse is not installed (chdb)", hint='Run: pip install "datachat[chdb]"')
    connector = ChdbConnector(*_place(url), limits)
    # The engine takes a second to start, which no question shall wait for.
    await asyncio.to_thread(connector.running)
    return connector


def _place(url: str) -> tuple[str, str]:
    """Folder and database of a URL."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    folder = unquote(parts.path[1:])
    if parts.netloc or options.keys() - {"database"}:
        raise UserError(
            "The chDB URL is not of the form chdb:///folder?database=name",
            hint="Three slashes lead to a folder in the working directory, four to an absolute one",
        )
    if folder and not Path(folder).is_dir():
        raise UserError(f"There is no folder {folder}", hint="Name the folder that chDB wrote, e.g. chdb:////data/chdb")
    return folder or ":memory:", options.get("database", [""])[0]


class ChdbConnector(SessionConnector):
    """A connector to one folder. Its engine starts with the first session, and anew after it was killed."""

    dialect: ClassVar[str] = "clickhouse"
    placeholder: ClassVar[str] = PLACEHOLDER

    def __init__(self, folder: str, database: str, limits: Limits) -> None:
        super().__init__(limits)
        self._folder = folder
        self._database = database
        self._process: Process | None = None
        self._starting = threading.Lock()
        self._closed = False

    async def open_session(self) -> Session:
        """One more session of the engine."""
        return await ThreadSession.open(lambda: ChdbSession(self.running(), self._database))

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the engine expects to read, in one statement."""
        plan = await self.plan(clickhouse_estimate.EXPLAIN, sql, limits=limits)
        return clickhouse_estimate.estimate(plan) if plan else None

    async def catalog(self) -> Catalog:
        """Three statements, however many tables."""
        (server,), tables, columns = [
            await self.query(sql)
            for sql in (clickhouse_catalog.SERVER, clickhouse_catalog.TABLES, clickhouse_catalog.COLUMNS)
        ]
        return clickhouse_catalog.catalog(server, tables, columns)

    async def ping(self) -> str:
        """Engine and version, e.g. `ClickHouse 26.9.2.1`."""
        ((version, _),) = await self.query(clickhouse_catalog.SERVER)
        return clickhouse_catalog.engine(str(version))

    async def close(self) -> None:
        """End what runs, and the engine."""
        await super().close()
        await asyncio.to_thread(self._stop)

    def running(self) -> Process:
        """The engine, started where it does not run; raises UpstreamError where it cannot open the folder."""
        with self._starting:
            if self._process and not self._process.alive():
                self._process.kill()
                self._process = None
            if self._closed:
                raise UpstreamError("The connection was closed", code="closed")
            self._process = self._process or Process.start(self._folder)
            return self._process

    def _stop(self) -> None:
        # A session that is being opened late must not start another engine, which no one would end.
        with self._starting:
            self._closed = True
            if self._process:
                self._process.kill()


class ChdbSession:
    """A `BlockingSession` of an embedded engine."""

    errors: tuple[type[Exception], ...] = (OSError, EOFError, AuthenticationError, ServerError)

    def __init__(self, process: Process, database: str) -> None:
        self._process = process
        self._database = database and quote(database, "clickhouse")
        self._connection = process.connect()
        self._id = ""
        self._seconds = 0.0
        self._rows: Iterator[Sequence[object]] = iter(())
        self._ended = True
        self._kills = 0

    def wrap(self, error: Exception) -> DataChatError:
        """The house's error for one of the engine or of the way to it."""
        return statement_failed(str(error), seconds=self._seconds, place="chDB")

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Send one statement and wait for its first block."""
        refuse_all_but_queries(sql)
        sql, values = bound(sql, parameters)
        self._seconds, self._id, self._kills = limits.seconds, str(uuid.uuid4()), 0
        request = {
            "sql": sql,
            "id": self._id,
            "format": "Native",
            "settings": settings(limits, tightest=lambda _, limit: limit),
            "parameters": {name: _written(value) for name, value in values.items()},
            "database": self._database,
        }
        columns, self._rows = read(
            Answer(
                chunks=self._frames(self._connection, request),
                zone=self._process.zone,
                describe=lambda: self._described(request),
            )
        )
        return columns

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next rows."""
        return list(itertools.islice(self._rows, count))

    def interrupt(self) -> None:
        """End the statement; an engine that does not listen is ended as a whole."""
        self._kills += 1
        if self._kills > _KILLS_BEFORE_THE_LAST:
            self._process.kill()
        else:
            self._kill()

    def reset(self) -> None:
        """Hang up on a statement that still sends rows; nothing else outlives a request."""
        self._rows = iter(())
        if not self._ended:
            self._connection.close()
            self._kill()
            self._connection = self._process.connect()
            self._ended = True

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _kill(self) -> None:
        with contextlib.suppress(*self.errors), self._process.connect() as killer:
            killer.send_bytes(json.dumps({"kill": self._id}).encode())
            killer.recv_bytes()

    def _frames(self, connection: Connection, request: Mapping[str, Any]) -> Iterator[bytes]:
        self._ended = False
        connection.send_bytes(json.dumps(request).encode())
        while (frame := _received(connection))[:1] != END:
            if frame[:1] == ERROR:
                self._ended = True
                raise ServerError(frame[1:].decode(errors="replace"))
            yield frame[1:]
        self._ended = True

    def _described(self, request: Mapping[str, Any]) -> Described:
        """Names and types of the columns; none for what cannot be described, such as SHOW."""
        inner = request["sql"].rstrip("; \n")
        asked = {**request, "sql": f"DESCRIBE TABLE (\n{inner}\n)", "format": "JSONCompactEachRow"}
        with self._process.connect() as connection:
            connection.send_bytes(json.dumps(asked).encode())
            frame = _received(connection)
        described = [json.loads(line) for line in frame[1:].splitlines()] if frame[:1] != ERROR else []
        return [(str(name), str(native)) for name, native, *_ in described]


def _received(connection: Connection) -> bytes:
    try:
        return connection.recv_bytes(BLOCK_BYTES)
    except OSError as error:
        # This is how `multiprocessing` refuses a message that is too long; it has closed the connection then.
        if connection.closed:
            raise block_too_large() from None
        raise error


def _written(value: JsonValue) -> str:
    """A parameter as ClickHouse reads one: escaped as in its tab-separated format."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
