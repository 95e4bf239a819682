"""Profiles as they were measured, kept in the system database: a row per table, and the relations that were found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from pydantic_core import to_json
from typing_extensions import override

from core.catalog import TableName
from core.profile import Profile, Relation, TableProfile

if TYPE_CHECKING:
    from store.system import System

_SAVE_TABLE = (
    "INSERT INTO datachat.profile_tables VALUES (%s, %s, %s, %s) ON CONFLICT (key, schema_name, table_name)"
    " DO UPDATE SET measured = EXCLUDED.measured"
)
_SAVE_RELATIONS = (
    "INSERT INTO datachat.profile_relations VALUES (%s, %s)"
    " ON CONFLICT (key) DO UPDATE SET relations = EXCLUDED.relations"
)
_DROP = (
    "DELETE FROM datachat.profile_tables AS p USING unnest(%s::text[], %s::text[]) AS gone(schema, name)"
    " WHERE p.key = %s AND p.schema_name = gone.schema AND p.table_name = gone.name"
)


class Profiles:
    """The stored profiles, each under the key of its catalog (see `store.catalogs`)."""

    def __init__(self, system: "System") -> None:
        self._system = system

    async def load(self, key: str) -> Profile:
        """What was measured of a database; empty where nothing was."""
        async with self._system.connection() as connection:
            found = await connection.execute(
                "SELECT schema_name, table_name, measured::text FROM datachat.profile_tables WHERE key = %s"
                " ORDER BY schema_name, table_name",
                [key],
            )
            texts = {TableName(schema, name): text for schema, name, text in await found.fetchall()}
            found = await connection.execute(
                "SELECT relations::text FROM datachat.profile_relations WHERE key = %s", [key]
            )
            row = await found.fetchone()
        return Profile(_Measured(texts), _relations().validate_json(row[0]) if row else ())

    async def names(self, key: str) -> frozenset[TableName]:
        """The tables that were measured."""
        async with self._system.connection() as connection:
            found = await connection.execute(
                "SELECT schema_name, table_name FROM datachat.profile_tables WHERE key = %s", [key]
            )
            return frozenset(TableName(schema, name) for schema, name in await found.fetchall())

    async def save_table(self, key: str, measured: TableProfile) -> None:
        """Keep what was measured of one table, instead of what was there."""
        schema, name = measured.table
        async with self._system.connection() as connection:
            await connection.execute(_SAVE_TABLE, [key, schema, name, to_json(measured).decode()])

    async def save_relations(self, key: str, relations: Sequence[Relation]) -> None:
        """Keep the relations that were found, instead of those that were there."""
        async with self._system.connection() as connection:
            await connection.execute(_SAVE_RELATIONS, [key, to_json(relations).decode()])

    async def forget(self, key: str, tables: Iterable[TableName] | None = None) -> None:
        """Forget what was measured: of the given tables, or of the whole database."""
        async with self._system.connection() as connection, connection.transaction():
            if tables is not None:
                gone = list(tables)
                await connection.execute(_DROP, [[each.schema for each in gone], [each.name for each in gone], key])
                return
            await connection.execute("DELETE FROM datachat.profile_tables WHERE key = %s", [key])
            await connection.execute("DELETE FROM datachat.profile_relations WHERE key = %s", [key])


class _Measured(Mapping[TableName, TableProfile]):
    """Measured tables that are decoded when they are asked for: all of 5,000 take a second, and few are needed."""

    def __init__(self, texts: Mapping[TableName, str]) -> None:
        self._texts = texts
        self._decoded: dict[TableName, TableProfile] = {}

    @override
    def __getitem__(self, name: TableName) -> TableProfile:
        if name not in self._decoded:
            self._decoded[name] = _table().validate_json(self._texts[name])
        return self._decoded[name]

    @override
    def __iter__(self) -> Iterator[TableName]:
        return iter(self._texts)

    @override
    def __len__(self) -> int:
        return len(self._texts)


@cache
def _table() -> TypeAdapter[TableProfile]:
    return TypeAdapter(TableProfile)


@cache
def _relations() -> TypeAdapter[tuple[Relation, ...]]:
    return TypeAdapter(tuple[Relation, ...])
