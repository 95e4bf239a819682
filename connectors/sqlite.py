"""SQLite files: opened read-only, behind an authorizer that lets nothing pass but reading."""

import functools
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from connectors import sqlite_estimate
from connectors.base import SessionConnector
from connectors.paths import existing_file
from connectors.sqlite_catalog import read_catalog
from connectors.sqlite_session import SQLiteSession
from connectors.threads import ThreadSession
from core.catalog import Catalog
from core.errors import StatementError
from core.values import Estimate, Limits


async def connect(url: str, limits: Limits) -> "SQLite":
    """Open a file that exists; raises UserError when it does not, or is no SQLite database."""
    connector = SQLite(existing_file(url, engine="SQLite"), limits)
    try:
        await connector.ping()
    except BaseException:
        await connector.close()
        raise
    return connector


class SQLite(SessionConnector):
    """A SQLite database in a file."""

    dialect: ClassVar[str] = "sqlite"
    placeholder: ClassVar[str] = "?{n}"

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(limits)
        self._path = path

    async def open_session(self) -> ThreadSession:
        """Open the file once more."""
        return await ThreadSession.open(functools.partial(SQLiteSession, self._path))

    async def ping(self) -> str:
        """Read the file's first page, and tell the version of the library."""
        ((version,),) = await self.query(
            "SELECT 'SQLite ' || sqlite_version() FROM (SELECT count(*) FROM sqlite_schema)"
        )
        return str(version)

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the plan reads, with one more statement for each table that it scans."""
        plan = await self.plan(sqlite_estimate.EXPLAIN, sql, limits=limits)
        if plan is None:
            return None
        tables = sqlite_estimate.tables_of(sql)
        rows_of: dict[str, int] = {}
        for table in sqlite_estimate.scanned(plan, tables):
            # A table without row numbers cannot tell in a moment how large it is.
            with suppress(StatementError):
                [[largest]] = await self.query(sqlite_estimate.largest_row(table))
                rows_of[table] = int(str(largest or 0))
        return sqlite_estimate.estimate(plan, tables, rows_of)

    async def catalog(self) -> Catalog:
        """Read the catalog in four statements, in a session that may ask for the shape of tables."""
        session = await ThreadSession.open(functools.partial(SQLiteSession, self._path, may_ask_for_shapes=True))
        try:
            return await read_catalog(session, self.limits, engine=await self.ping())
        finally:
            await session.close()
