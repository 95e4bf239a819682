"""Values of text columns, kept folded, so that the words of a question lead to the columns that hold them."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from core.catalog import TableName

if TYPE_CHECKING:
    from store.system import System

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('datachat values ' || %s, 0))"
_SAME = """
SELECT checksum = %s AND complete = %s FROM datachat.valued_columns
WHERE key = %s AND schema_name = %s AND table_name = %s AND column_name = %s
"""
_DROP = """
DELETE FROM datachat.valued_columns WHERE key = %s AND schema_name = %s AND table_name = %s AND column_name = %s
"""
_ADD = """
INSERT INTO datachat.valued_columns (key, schema_name, table_name, column_name, checksum, complete)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING number
"""
_FORGET = """
DELETE FROM datachat.valued_columns c USING unnest(%s::text[], %s::text[]) AS gone (schema_name, table_name)
WHERE c.key = %s AND c.schema_name = gone.schema_name AND c.table_name = gone.table_name
"""
_LOOK = """
SELECT v.key, c.schema_name, c.table_name, c.column_name, v.folded, v.value
FROM (
    SELECT key, folded, column_number, value FROM datachat.column_values
    WHERE key = ANY(%(keys)s) AND folded = ANY(%(exact)s)
    UNION ALL
    SELECT near.* FROM unnest(%(starts)s::text[]) AS start, unnest(%(keys)s::text[]) AS one, LATERAL (
        SELECT key, folded, column_number, value FROM datachat.column_values
        WHERE key = one AND folded > start AND folded < start || chr(1114111) LIMIT %(near)s
    ) AS near
) AS v JOIN datachat.valued_columns c ON c.number = v.column_number
LIMIT %(limit)s
"""
_FIRST = """
SELECT v.key, c.schema_name, c.table_name, c.column_name, v.folded, v.value
FROM datachat.column_values v JOIN datachat.valued_columns c ON c.number = v.column_number WHERE v.key = %s LIMIT %s
"""
NEAR, MOST = 40, 2_000
"""How many values that begin alike are looked at, and how many values altogether."""


class Stored(NamedTuple):
    """A stored value: the key of its database, where it stands, how it was folded, and as it is."""

    key: str
    schema: str
    table: str
    column: str
    folded: str
    value: str


class Values:
    """The values of all databases, under the keys of their catalogs."""

    def __init__(self, system: "System") -> None:
        self._system = system

    async def save(
        self, key: str, table: TableName, column: str, values: Sequence[tuple[str, str]], *, complete: bool
    ) -> bool:
        """Keep the values of a column, each folded and as it is; False where they are there already."""
        together = blake2b(digest_size=16)
        for folded, value in values:
            together.update(f"{folded}\0{value}\0".encode(errors="replace"))
        place = (key, *table, column)
        async with self._system.connection() as connection, connection.transaction():
            await connection.execute(_LOCK, [key])
            row = await (await connection.execute(_SAME, [together.digest(), complete, *place])).fetchone()
            if row and row[0]:
                return False
            await connection.execute(_DROP, place)
            [(number,)] = await (await connection.execute(_ADD, [*place, together.digest(), complete])).fetchall()
            async with (
                connection.cursor() as cursor,
                cursor.copy("COPY datachat.column_values (key, folded, column_number, value) FROM STDIN") as copy,
            ):
                for folded, value in values:
                    await copy.write_row((key, folded, number, value))
        return True

    async def look_up(self, keys: Sequence[str], *, exact: Sequence[str], starts: Sequence[str]) -> list[Stored]:
        """Values that equal one of the folded texts, and some that begin with one of the others."""
        given = {"keys": list(keys), "exact": list(exact), "starts": list(starts), "near": NEAR, "limit": MOST}
        async with self._system.connection() as connection:
            return [Stored(*row) for row in await (await connection.execute(_LOOK, given)).fetchall()]

    async def first(self, key: str, *, limit: int) -> list[Stored]:
        """Some values of a database: all of them where there are fewer than `limit`."""
        async with self._system.connection() as connection:
            return [Stored(*row) for row in await (await connection.execute(_FIRST, [key, limit])).fetchall()]

    async def forget(self, key: str, tables: Iterable[TableName] | None = None) -> None:
        """Forget the values of the given tables, or of the whole database."""
        async with self._system.connection() as connection:
            if tables is None:
                await connection.execute("DELETE FROM datachat.valued_columns WHERE key = %s", [key])
            else:
                gone = list(tables)
                await connection.execute(_FORGET, [[each.schema for each in gone], [each.name for each in gone], key])
