"""DuckDB files: read-only, without access to other files or the net, with a locked configuration."""

import asyncio
import contextlib
import functools
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import duckdb

from connectors import duckdb_estimate
from connectors.base import SessionConnector
from connectors.duckdb_catalog import read_catalog
from connectors.duckdb_session import DuckDBSession
from connectors.paths import existing_file
from connectors.scrub import one_line
from connectors.threads import ThreadSession
from core.catalog import Catalog
from core.errors import UpstreamError, UserError
from core.values import Estimate, Limits

_MEMORY = "2GB"
_SPILLED = "4GB"
_THREADS = 4


async def connect(url: str, limits: Limits) -> "DuckDB":
    """Open a file that exists; raises UserError when it is no DuckDB database, UpstreamError when it is locked."""
    path = existing_file(url, engine="DuckDB")
    return DuckDB(await asyncio.to_thread(open_database, path), path, limits)


class DuckDB(SessionConnector):
    """An open DuckDB database; `extra` goes into its catalog."""

    dialect: ClassVar[str] = "duckdb"
    placeholder: ClassVar[str] = "${n}"

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        path: Path,
        limits: Limits,
        *,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(limits)
        self._database = database
        self._path = path
        self._extra = extra or {}

    async def open_session(self) -> ThreadSession:
        """One more connection to the open database."""
        return await ThreadSession.open(functools.partial(DuckDBSession, self._database, self._path))

    async def ping(self) -> str:
        """Ask for the version."""
        return str((await self.query("SELECT 'DuckDB ' || ltrim(version(), 'v')"))[0][0])

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the optimizer expects, in two statements."""
        plan = await self.plan(duckdb_estimate.EXPLAIN, sql, limits=limits)
        return duckdb_estimate.estimate(plan, await self.query(duckdb_estimate.SIZES)) if plan else None

    async def catalog(self) -> Catalog:
        """Read the catalog in four statements."""
        return await read_catalog(self.query, engine=await self.ping(), extra=self._extra)

    async def close(self) -> None:
        """End what runs and close the file."""
        await super().close()
        # A statement that DuckDB could not end in time still uses the file, which then closes after it.
        with contextlib.suppress(duckdb.Error):
            await asyncio.to_thread(self._database.close)


def open_database(path: Path, readable: Sequence[Path] = ()) -> duckdb.DuckDBPyConnection:
    """Open a database file that reaches only the `readable` files; its configuration cannot be changed any more."""
    try:
        database = duckdb.connect(
            str(path),
            read_only=True,
            config={
                "autoload_known_extensions": False,
                "autoinstall_known_extensions": False,
                "allow_community_extensions": False,
                "memory_limit": _MEMORY,
                "threads": min(_THREADS, os.cpu_count() or 1),
                # By default DuckDB spills into a folder beside the file, which is not ours.
                "temp_directory": str(Path(tempfile.gettempdir()) / f"datachat-duckdb-{os.getpid()}"),
                "max_temp_directory_size": _SPILLED,
            },
        )
    except duckdb.Error as error:
        raise _not_opened(error, path) from None
    allowed = ", ".join("'" + str(each).replace("'", "''") + "'" for each in readable)
    for setting in (f"allowed_paths = [{allowed}]", "enable_external_access = false", "lock_configuration = true"):
        database.execute(f"SET {setting}")
    return database


def _not_opened(error: duckdb.Error, path: Path) -> UserError | UpstreamError:
    text = one_line(str(error))
    if "lock" in text.lower() and isinstance(error, duckdb.IOException):
        return UpstreamError(
            f"Another program has {path} open for writing",
            hint="Close it there, or ask a copy of the file",
            code="locked",
        )
    if isinstance(error, duckdb.ConnectionException):
        return UpstreamError(f"This process has {path} open in another way", hint="Close it there first", code="locked")
    return UserError(f"{path} cannot be opened as a DuckDB database: {text}", hint="Was it made by a newer version?")
