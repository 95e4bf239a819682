"""PostgreSQL through psycopg 3: read-only transactions, server-side timeouts, and a catalog from pg_catalog."""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

import psycopg
from psycopg import AsyncConnection
from psycopg.adapt import AdaptersMap
from psycopg.types import TypeInfo

from connectors import postgresql_estimate
from connectors.address import Address, parse
from connectors.base import SessionConnector
from connectors.postgresql_catalog import ENCODING, ENGINE, OWN_TYPES, read_catalog
from connectors.postgresql_errors import connection_failed, no_answer
from connectors.postgresql_session import PostgreSQLSession
from connectors.postgresql_values import FORMATS, adapters
from connectors.postgresql_wire import Wire
from core.catalog import Catalog
from core.errors import DataChatError, UpstreamError
from core.values import Estimate, Limits

_CONNECT_SECONDS = 5
# A host that vanishes is noticed by the kernel within some ten seconds, whether or not something is being sent.
_KEEPALIVE: Mapping[str, int] = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}


async def connect(url: str, limits: Limits) -> "PostgreSQL":
    """Open a connector and make sure that the login works; raises UserError or UpstreamError that say what is wrong."""
    connector = PostgreSQL(parse(url, default_port=5432, default_host=""), limits)
    try:
        await connector.prepare()
    except BaseException:
        await connector.close()
        raise
    return connector


class PostgreSQL(SessionConnector):
    """A PostgreSQL database."""

    dialect: ClassVar[str] = "postgres"
    placeholder: ClassVar[str] = "${n}"

    def __init__(self, address: Address, limits: Limits) -> None:
        super().__init__(limits)
        self._address = address
        self._place = address.place if address.host else "the local socket"
        self._known = AdaptersMap(psycopg.adapters)

    async def prepare(self) -> None:
        """Learn the types that only this database has."""
        rows = await self.query(OWN_TYPES)
        own = [TypeInfo(str(name), _number(oid), _number(array)) for name, oid, array in rows]
        ((encoding,),) = await self.query(ENCODING)
        self._known = adapters(own, any_encoding=encoding == "SQL_ASCII")

    async def open_session(self) -> PostgreSQLSession:
        """Log in, and note the login's own search path, which every statement gets again."""
        connection = await self._connection()
        try:
            settings = await _settings(connection)
        except BaseException as error:
            connection.pgconn.finish()
            if not isinstance(error, psycopg.Error):
                raise
            raise UpstreamError(f"The connection to PostgreSQL at {self._place} was lost", hint="Try again") from None
        return PostgreSQLSession(
            Wire(connection), dial=self._dial, settings=settings, known=lambda: self._known, place=self._place
        )

    async def _dial(self) -> Wire:
        return Wire(await self._connection())

    async def _connection(self) -> AsyncConnection[tuple[Any, ...]]:
        place, address = self._place, self._address
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                return await AsyncConnection.connect(autocommit=True, **self._options())
        except TimeoutError:
            failure: DataChatError = no_answer(place)
        except psycopg.Error as error:
            failure = connection_failed(error, place=place, database=address.database, password=address.password)
        # Raised out here, so that it does not hold the driver's frames, and with them the half-open socket, alive.
        raise failure

    def _options(self) -> dict[str, Any]:
        given = {
            "host": self._address.host,
            "port": self._address.port,
            "user": self._address.user,
            "password": self._address.password,
            "dbname": self._address.database,
        }
        named = {name: value for name, value in given.items() if value}
        fixed = {"connect_timeout": _CONNECT_SECONDS, "client_encoding": "utf8", "application_name": "datachat"}
        return {**_KEEPALIVE, **named, **self._address.options, **fixed}

    async def ping(self) -> str:
        """Ask for the version."""
        return str((await self.query(ENGINE))[0][0])

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the planner expects, in at most two statements."""
        explained = await self.plan(postgresql_estimate.EXPLAIN, sql, limits=limits)
        if explained is None:
            return None
        plan = postgresql_estimate.plan_of(explained.rows)
        wanted = postgresql_estimate.wanted(plan)
        rows = await self.query(postgresql_estimate.SIZES, [wanted]) if wanted != "[]" else []
        return postgresql_estimate.estimate(plan, postgresql_estimate.sizes_of(rows, plan))

    async def catalog(self) -> Catalog:
        """Read the catalog in six statements over pg_catalog."""
        return await read_catalog(self.query)


async def _settings(connection: AsyncConnection[tuple[Any, ...]]) -> Mapping[str, str]:
    """What every statement's transaction is told."""
    cursor = await connection.execute("SELECT current_setting('search_path'), version() ~* 'windows|visual|mingw'")
    found = await cursor.fetchone()
    search_path, on_windows = found if found else ("", False)
    settings = {
        **FORMATS,
        "search_path": search_path,
        "lock_timeout": "5000",
        "idle_in_transaction_session_timeout": "60000",
        # The planner must not prefer a fast start for the gate's cursor and then plan the statement differently.
        "cursor_tuple_fraction": "1",
    }
    if connection.info.parameter_status("server_encoding") == "SQL_ASCII":
        # Such a database holds bytes of any encoding, and refuses to hand them over as UTF-8.
        settings["client_encoding"] = "SQL_ASCII"
    if connection.info.server_version >= 140_000 and not on_windows:
        settings["client_connection_check_interval"] = "1000"
    return settings


def _number(value: object) -> int:
    return int(str(value))
