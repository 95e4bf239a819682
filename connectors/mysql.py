"""The door to MySQL and MariaDB, by PyMySQL in threads.

    mysql://user:password@host:3306/database?ssl_mode=verify_identity&ssl_ca=/path/ca.pem

Times: TIMESTAMP columns and now() are in UTC, because the session's clock is; DATETIME is as stored.
"""

import ssl
from collections.abc import Mapping
from typing import Any, ClassVar

import pymysql

from connectors import mysql_catalog, mysql_estimate
from connectors.address import Address, parse
from connectors.base import Session, SessionConnector
from connectors.mysql_errors import connection_failed
from connectors.mysql_session import PATIENCE, MySQLSession, Wire
from connectors.mysql_values import conversion
from connectors.threads import ThreadSession
from core.catalog import Catalog
from core.errors import UserError
from core.values import Estimate, Limits

_FILES = frozenset({"ssl_ca", "ssl_cert", "ssl_key", "unix_socket"})
_MODES = ("disabled", "preferred", "required", "verify_ca", "verify_identity")


async def connect(url: str, limits: Limits) -> "MySQLConnector":
    """A connector for `mysql://` or `mariadb://`; raises UserError where the URL is wrong."""
    address = parse(url, default_port=3306)
    return MySQLConnector(address, _arguments(address), limits)


class MySQLConnector(SessionConnector):
    """A connector to one server; `search_path` holds the database of the URL, the catalog all that the login sees."""

    dialect: ClassVar[str] = "mysql"

    def __init__(self, address: Address, arguments: Mapping[str, Any], limits: Limits) -> None:
        super().__init__(limits)
        self._address = address
        self._arguments = arguments

    async def open_session(self) -> Session:
        """Connect in a thread of its own."""
        return await ThreadSession.open(lambda: MySQLSession(self._open, place=self._address.place))

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the optimizer expects, in one statement."""
        plan = await self.plan(mysql_estimate.EXPLAIN, sql, limits=limits)
        return mysql_estimate.estimate(plan) if plan else None

    async def catalog(self) -> Catalog:
        """Four statements, however many tables; views with an invalid definition are hidden."""
        engine = await self.ping()
        statements = (mysql_catalog.TABLES, mysql_catalog.COLUMNS, mysql_catalog.KEYS, mysql_catalog.VIEWS)
        tables, columns, keys, views = [await self.query(sql) for sql in statements]
        readable, hidden = mysql_catalog.tables(tables, columns, keys, views, quoted=engine.startswith("MariaDB"))
        database = self._address.database
        return Catalog(
            dialect=self.dialect,
            tables=readable,
            search_path=(database,) if database else (),
            hidden=hidden,
            engine=engine,
        )

    async def ping(self) -> str:
        """Engine and version, e.g. `MariaDB 10.11.6`."""
        ((version,),) = await self.query("SELECT @@version")
        return mysql_catalog.engine(str(version))

    def _open(self) -> Wire:
        address = self._address
        try:
            return Wire(**self._arguments)
        except (pymysql.MySQLError, OSError) as error:
            # The driver's own text may hold the login, so it must not survive as a cause either.
            raise connection_failed(
                error, place=address.place, database=address.database, user=address.user or ""
            ) from None


def _arguments(address: Address) -> dict[str, Any]:
    """What PyMySQL wants to know; raises UserError for an option that has no meaning here."""
    options = {name.replace("-", "_").lower(): value for name, value in address.options.items()}
    unknown = sorted(options.keys() - _FILES - {"ssl_mode", "charset"})
    mode = options.get("ssl_mode", "preferred").lower()
    if unknown or mode not in _MODES:
        raise UserError(
            f"The database URL holds an option that is unknown for MySQL: {', '.join(unknown) or 'ssl_mode=' + mode}",
            hint=f"Known are {', '.join(sorted(_FILES))} and ssl_mode ({', '.join(_MODES)})",
        )
    return {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "password": address.password or "",
        "database": address.database or None,
        "charset": "utf8mb4",
        "conv": conversion(),
        "autocommit": True,
        "local_infile": False,
        "connect_timeout": PATIENCE,
        "read_timeout": PATIENCE,
        "write_timeout": PATIENCE,
        "program_name": "datachat",
        **{name: value for name, value in options.items() if name in _FILES},
        **_security(mode),
    }


def _security(mode: str) -> dict[str, Any]:
    if mode == "required":
        encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        encrypted.check_hostname = False
        encrypted.verify_mode = ssl.CERT_NONE
        return {"ssl": encrypted}
    if mode == "disabled":
        return {"ssl_disabled": True}
    if mode.startswith("verify"):
        return {"ssl_verify_cert": True, "ssl_verify_identity": mode == "verify_identity"}
    return {}
