"""Forward-only migrations of the system database: numbered SQL files, each applied once, in one transaction."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from core.errors import SetupError, UpstreamError

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg.sql import SQL

FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x64617461_63686174  # "datachat"
_WAIT_SECONDS = 60.0

_LEDGER = """
CREATE SCHEMA IF NOT EXISTS datachat;
CREATE TABLE IF NOT EXISTS datachat.schema_migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    checksum text NOT NULL
)
"""


@dataclass(frozen=True)
class Migration:
    """One step: `NNNN_name.sql`."""

    version: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """A hash of the text, so that a step that was changed after it ran shows."""
        return sha256(self.text.encode()).hexdigest()


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """Every step that this code knows, in order."""
    found: list[Migration] = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        version, _, name = path.stem.partition("_")
        found.append(Migration(int(version), name, path.read_text(encoding="utf-8")))
    return found


async def version(connection: "AsyncConnection") -> int:
    """The last applied step, 0 for a fresh database."""
    applied = await _applied(connection)
    return max(applied, default=0)


async def migrate(connection: "AsyncConnection", *, folder: Path = FOLDER) -> int:
    """Apply what is missing and return the version; `connection` must be in autocommit mode.

    Raises SetupError when the database is newer than this code, or was made by other steps than these.
    """
    steps = await asyncio.to_thread(migrations, folder)
    if _missing(steps, await _applied(connection)):
        async with exclusively(connection):
            await connection.execute(_LEDGER)
            for step in _missing(steps, await _applied(connection)):
                await _apply(connection, step)
    return steps[-1].version if steps else 0


async def _applied(connection: "AsyncConnection") -> dict[int, str]:
    there = await (await connection.execute("SELECT to_regclass('datachat.schema_migrations') IS NOT NULL")).fetchone()
    if there is None or not there[0]:
        return {}
    rows = await connection.execute("SELECT version, checksum FROM datachat.schema_migrations")
    return {row[0]: row[1] for row in await rows.fetchall()}


def _missing(steps: list[Migration], applied: dict[int, str]) -> list[Migration]:
    newest = max((step.version for step in steps), default=0)
    if max(applied, default=0) > newest:
        raise SetupError(
            f"The system database is at version {max(applied)}, this DataChat knows versions up to {newest}.",
            hint="Update DataChat: a database cannot go back.",
        )
    for step in steps:
        if applied.get(step.version, step.checksum) != step.checksum:
            raise SetupError(
                f"The system database was made by another version of migration {step.version:04d}_{step.name}.",
                hint="Use the DataChat release that made it, or begin with a new database.",
            )
    return [step for step in steps if step.version not in applied]


async def _apply(connection: "AsyncConnection", step: Migration) -> None:
    async with connection.transaction():
        await connection.execute(cast("SQL", step.text))
        await connection.execute(
            "INSERT INTO datachat.schema_migrations (version, name, checksum) VALUES (%s, %s, %s)",
            [step.version, step.name, step.checksum],
        )


@asynccontextmanager
async def exclusively(connection: "AsyncConnection") -> AsyncGenerator[None]:
    """Let one process at a time change the schema.

    It asks again instead of waiting in the database: a statement that waits there would block the index builds
    (CREATE INDEX CONCURRENTLY) of the one that it waits for.
    """
    until = asyncio.get_running_loop().time() + _WAIT_SECONDS
    while True:
        row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])).fetchone()
        if row and row[0]:
            break
        if asyncio.get_running_loop().time() > until:
            raise UpstreamError(
                "Another process has been changing the system database for too long.", hint="Try again."
            )
        await asyncio.sleep(0.05)
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
