"""The door to ClickHouse servers, by clickhouse-connect over HTTP, in threads.

    clickhouse://user:password@host:8123/database        clickhouses://... with TLS, port 8443
    clickhouse+http://...                                clickhouse+https://...

A statement that must end is ended twice: by KILL QUERY, and by closing its connection. Times without a zone of their
own are told as the server's clock shows them.
"""

import contextlib
import itertools
import json
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, cast

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from pydantic import JsonValue
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from connectors import clickhouse_catalog, clickhouse_estimate
from connectors.address import Address, parse
from connectors.base import Session, SessionConnector
from connectors.clickhouse_errors import connection_failed, statement_failed
from connectors.clickhouse_format import Answer, Described, ServerError, read
from connectors.clickhouse_statement import PLACEHOLDER, bound, refuse_all_but_queries, settings
from connectors.threads import ThreadSession
from core.catalog import Catalog
from core.errors import DataChatError, UserError
from core.values import Estimate, Limits, ResultColumn

_CONNECT_SECONDS = 5
_SPARE_SECONDS = 30
_CHUNK_BYTES = 1 << 20
_OPTIONS = frozenset({"verify", "ca_cert", "client_cert", "client_cert_key", "server_host_name", "proxy_path"})
_TLS = frozenset({"clickhouses", "clickhouse+https"})


async def connect(url: str, limits: Limits) -> "ClickHouseConnector":
    """A connector for `clickhouse://` and its kin; raises UserError where the URL is wrong."""
    tls = url.split(":", 1)[0] in _TLS
    address = parse(url, default_port=8443 if tls else 8123)
    unknown = sorted(address.options.keys() - _OPTIONS)
    if unknown:
        raise UserError(
            f"The database URL holds an option that is unknown for ClickHouse: {', '.join(unknown)}",
            hint=f"Known are {', '.join(sorted(_OPTIONS))}",
        )
    return ClickHouseConnector(address, limits, tls=tls)


class ClickHouseConnector(SessionConnector):
    """A connector to one server. Its sessions share one client, which keeps the HTTP connections."""

    dialect: ClassVar[str] = "clickhouse"
    placeholder: ClassVar[str] = PLACEHOLDER

    def __init__(self, address: Address, limits: Limits, *, tls: bool) -> None:
        super().__init__(limits)
        self._address = address
        self._tls = tls
        self._client: Client | None = None
        self._connecting = threading.Lock()

    async def open_session(self) -> Session:
        """A session is a thread and a place in the pool: HTTP knows no other."""
        return await ThreadSession.open(lambda: ClickHouseSession(self._connected(), place=self._address.place))

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
        """End what runs, and close the connections."""
        await super().close()
        client, self._client = self._client, None
        if client:
            client.close()

    def _connected(self) -> Client:
        with self._connecting:
            self._client = self._client or self._connect()
            return self._client

    def _connect(self) -> Client:
        address = self._address
        try:
            return clickhouse_connect.get_client(
                host=address.host,
                port=address.port,
                username=address.user or "default",
                password=address.password or "",
                database=address.database or None,
                interface="https" if self._tls else "http",
                client_name="datachat",
                connect_timeout=_CONNECT_SECONDS,
                send_receive_timeout=round(self.limits.seconds) + _SPARE_SECONDS,
                query_retries=0,
                # A session of ClickHouse lets only one statement run at a time.
                autogenerate_session_id=False,
                dedicated_pool=True,
                **cast(Mapping[str, Any], address.options),
            )
        except (ClickHouseError, HTTPError, OSError, ValueError) as error:
            # The driver's own text may hold the URL, so it must not survive as a cause either.
            raise connection_failed(
                str(error), place=address.place, database=address.database, user=address.user or "default"
            ) from None


class ClickHouseSession:
    """A `BlockingSession` of a ClickHouse server."""

    errors: tuple[type[Exception], ...] = (ClickHouseError, HTTPError, OSError, ServerError)

    def __init__(self, client: Client, *, place: str) -> None:
        self._client = client
        self._place = place
        self._seconds = 0.0
        self._query_id = ""
        self._response: HTTPResponse | None = None
        self._rows: Iterator[Sequence[object]] = iter(())
        self._ended = True

    def wrap(self, error: Exception) -> DataChatError:
        """The house's error for one of the driver or of the server."""
        return statement_failed(str(error), seconds=self._seconds, place=self._place)

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Send one statement and wait for its first block."""
        refuse_all_but_queries(sql)
        sql, values = bound(sql, parameters)
        self._seconds, self._query_id, self._ended = limits.seconds, str(uuid.uuid4()), False
        given = self._allowed(settings(limits, tightest=self._tightest))
        stated = {**given, "query_id": self._query_id, "client_protocol_version": self._client.protocol_version}
        self._response = cast(
            HTTPResponse, self._client.raw_stream(sql, parameters=dict(values), settings=stated, fmt="Native")
        )
        answer = Answer(
            chunks=self._response.stream(_CHUNK_BYTES),
            zone=self._client.server_tz,
            describe=lambda: self._described(sql, values, given),
            framed=bool(self._client.protocol_version),
            tag=self._response.headers.get("X-ClickHouse-Exception-Tag"),
        )
        columns, self._rows = read(answer)
        return columns

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next rows."""
        rows = list(itertools.islice(self._rows, count))
        self._ended = len(rows) < count
        return rows

    def interrupt(self) -> None:
        """End the statement in the server, and wake the thread that reads its rows."""
        self._kill()
        if self._response:
            with contextlib.suppress(ValueError, RuntimeError, OSError):
                self._response.shutdown()

    def reset(self) -> None:
        """End what still sends rows; nothing else outlives a request."""
        response, self._response = self._response, None
        self._rows = iter(())
        if response and self._ended:
            response.release_conn()
        elif response:
            self._kill()
            response.close()

    def close(self) -> None:
        """Nothing: the connector closes the client."""

    def _kill(self) -> None:
        with contextlib.suppress(*self.errors):
            self._client.raw_query(f"KILL QUERY WHERE query_id = '{self._query_id}' ASYNC")

    def _tightest(self, name: str, limit: int) -> int:
        current = self._client.server_settings.get(name)
        return min(limit, int(current.value)) if current and current.value.isdigit() and int(current.value) else limit

    def _allowed(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Those settings that the server knows and lets the login change: a read-only profile lets none."""
        known = self._client.server_settings
        return {name: value for name, value in wanted.items() if name in known and not known[name].readonly}

    def _described(self, sql: str, values: Mapping[str, JsonValue], given: Mapping[str, str]) -> Described:
        """Names and types of the columns; none for what cannot be described, such as SHOW."""
        inner = sql.rstrip("; \n")
        try:
            lines = self._client.raw_query(
                f"DESCRIBE TABLE (\n{inner}\n)",
                parameters=dict(values),
                settings=dict(given),
                fmt="JSONCompactEachRow",
            )
        except ClickHouseError:
            return ()
        described = [json.loads(line) for line in lines.splitlines()]
        return [(str(name), str(native)) for name, native, *_ in described]
