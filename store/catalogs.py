"""Stored catalogs, one row per table: a question makes no catalog query, a refresh writes only what changed."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pydantic import TypeAdapter
from pydantic_core import to_json

from core.catalog import Catalog, Table, TableName

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from store.system import System

_LOCK_HEAD = """
INSERT INTO datachat.catalogs AS c (key, version, head, refreshed_at) VALUES (%s, 0, '{}', now())
ON CONFLICT (key) DO UPDATE SET refreshed_at = now() RETURNING head::text
"""
_COPY_TABLES = """
COPY datachat.catalog_tables (key, schema_name, table_name, fingerprint, shape, row_estimate, bytes) FROM STDIN
"""
_DELETE_TABLES = """
DELETE FROM datachat.catalog_tables t USING unnest(%s::text[], %s::text[]) AS stale (schema_name, table_name)
WHERE t.key = %s AND t.schema_name = stale.schema_name AND t.table_name = stale.table_name
"""
_WRITE_HEAD = "UPDATE datachat.catalogs SET version = version + %s, head = %s WHERE key = %s RETURNING version"


class Stored(NamedTuple):
    """A catalog as it was kept: `version` grows when a shape changes, `refreshed_at` with every save."""

    catalog: Catalog
    version: int
    refreshed_at: datetime


class Saved(NamedTuple):
    """What a save did: how many tables it wrote and removed, and the version after it."""

    version: int
    written: int
    removed: int


@dataclass(frozen=True)
class _Head:
    """A catalog without its tables."""

    dialect: str
    search_path: tuple[str, ...]
    hidden: tuple[TableName, ...]
    engine: str
    extra: dict[str, str]


class Catalogs:
    """The stored catalogs, each under a key: the name of its connection, or `url_key` of a database that has none."""

    def __init__(self, system: "System") -> None:
        self._system = system

    async def save(self, key: str, catalog: Catalog) -> Saved:
        """Keep a catalog: tables that changed are written, tables that are gone are removed."""
        new = await asyncio.to_thread(lambda: {table.full_name: _row(table) for table in catalog.tables})
        head = to_json(_head_of(catalog)).decode()
        async with self._system.connection() as connection, connection.transaction():
            # The row of the head stays locked to the end: of two savers, the second sees what the first wrote.
            [(old_head,)] = await (await connection.execute(_LOCK_HEAD, [key])).fetchall()
            old = await _marks(connection, key)
            changed = [row for name, row in new.items() if old.get(name) != row.mark]
            gone = [name for name in old if name not in new]
            await _delete(connection, key, [*gone, *(row.full_name for row in changed if row.full_name in old)])
            await _write(connection, key, changed)
            shapes = {name: mark.fingerprint for name, mark in old.items()}
            reshaped = old_head != head or shapes != {name: row.fingerprint for name, row in new.items()}
            [(version,)] = await (await connection.execute(_WRITE_HEAD, [int(reshaped), head, key])).fetchall()
        return Saved(version, len(changed), len(gone))

    async def load(self, key: str) -> Stored | None:
        """The catalog kept under `key`, its tables ordered by schema and name; None when there is none."""
        async with self._system.connection() as connection, connection.transaction():
            # One snapshot for both statements, so that a save between them cannot mix two versions.
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = await connection.execute(
                "SELECT version, head::text, refreshed_at FROM datachat.catalogs WHERE key = %s", [key]
            )
            row = await found.fetchone()
            if row is None:
                return None
            version, head, refreshed_at = row
            shapes = await connection.execute(
                "SELECT shape::text, row_estimate, bytes FROM datachat.catalog_tables WHERE key = %s"
                " ORDER BY schema_name, table_name",
                [key],
            )
            rows = await shapes.fetchall()
        return Stored(await asyncio.to_thread(_catalog, head, rows), version, refreshed_at)

    async def version(self, key: str) -> int | None:
        """The version kept under `key`: cheap, to see whether a loaded catalog is still the newest."""
        async with self._system.connection() as connection:
            found = await connection.execute("SELECT version FROM datachat.catalogs WHERE key = %s", [key])
            row = await found.fetchone()
        return row[0] if row else None

    async def remove(self, key: str) -> None:
        """Forget a catalog, if it is there."""
        async with self._system.connection() as connection:
            await connection.execute("DELETE FROM datachat.catalogs WHERE key = %s", [key])


def url_key(url: str) -> str:
    """A key for a database that has no name: a hash of its URL without the password."""
    parts = urlsplit(url)
    credentials, _, place = parts.netloc.rpartition("@")
    bare = parts._replace(netloc=f"{credentials.partition(':')[0]}@{place}").geturl()
    return "url:" + blake2b(bare.encode(), digest_size=16).hexdigest()


class _Mark(NamedTuple):
    """What tells whether a stored table is still the same: a hash of its shape, and its statistics."""

    fingerprint: bytes
    row_estimate: int | None
    bytes: int | None


class _Row(NamedTuple):
    schema: str
    name: str
    fingerprint: bytes
    shape: str
    row_estimate: int | None
    bytes: int | None

    @property
    def full_name(self) -> TableName:
        return TableName(self.schema, self.name)

    @property
    def mark(self) -> _Mark:
        return _Mark(self.fingerprint, self.row_estimate, self.bytes)


def _row(table: Table) -> _Row:
    shape = to_json(replace(table, row_estimate=None, bytes=None))
    fingerprint = blake2b(shape, digest_size=16).digest()
    return _Row(table.schema, table.name, fingerprint, shape.decode(), table.row_estimate, table.bytes)


async def _marks(connection: "AsyncConnection", key: str) -> dict[TableName, _Mark]:
    found = await connection.execute(
        "SELECT schema_name, table_name, fingerprint, row_estimate, bytes FROM datachat.catalog_tables WHERE key = %s",
        [key],
    )
    return {TableName(schema, name): _Mark(*mark) for schema, name, *mark in await found.fetchall()}


async def _delete(connection: "AsyncConnection", key: str, names: list[TableName]) -> None:
    if names:
        await connection.execute(_DELETE_TABLES, [[each.schema for each in names], [each.name for each in names], key])


async def _write(connection: "AsyncConnection", key: str, rows: list[_Row]) -> None:
    # COPY, because it writes 5,000 tables in a tenth of the time that INSERT takes.
    if rows:
        async with connection.cursor() as cursor, cursor.copy(_COPY_TABLES) as copy:
            for row in rows:
                await copy.write_row((key, *row))


def _head_of(catalog: Catalog) -> _Head:
    return _Head(catalog.dialect, catalog.search_path, catalog.hidden, catalog.engine, dict(catalog.extra))


def _catalog(head: str, rows: list[tuple[str, int | None, int | None]]) -> Catalog:
    kept = _heads().validate_json(head)
    shapes = _tables().validate_json(f"[{','.join(row[0] for row in rows)}]")
    tables = tuple(
        replace(shape, row_estimate=estimate, bytes=size)
        for shape, (_, estimate, size) in zip(shapes, rows, strict=True)
    )
    return Catalog(kept.dialect, tables, kept.search_path, kept.hidden, kept.engine, kept.extra)


@cache
def _heads() -> TypeAdapter[_Head]:
    return TypeAdapter(_Head)


@cache
def _tables() -> TypeAdapter[tuple[Table, ...]]:
    return TypeAdapter(tuple[Table, ...])
