"""Dumps restored with other rows, for readings that are right by chance on the database of a set."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import cast

from psycopg import Connection, IntegrityError, connect
from psycopg.sql import SQL, Composed, Identifier

from evals.scratch import restored
from evals.shaking import Cell, Row, Shaking, Shape

_COLUMNS = SQL("""
SELECT format('%s.%s', n.nspname, c.relname), a.attname, a.atttypid = ANY ('{int2,int4,int8}'::regtype[])
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY 1, a.attnum
""")
_RULES = SQL("""
SELECT format('%s.%s', n.nspname, c.relname), r.contype, a.attname, format('%s.%s', fn.nspname, f.relname), fa.attname
FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(r.conkey, r.confkey) AS k (own, other)
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.own
LEFT JOIN pg_class f ON f.oid = r.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = k.other
WHERE r.contype IN ('p', 'u', 'f')
""")


async def shaken_dump(server: str, dump: Path, number: int, *, schema: str | None = None) -> list[str]:
    """The URLs of so many databases that a dump is restored into, each with other rows."""
    found: list[str] = []
    for place in range(number):

        async def shake(url: str, seed: int = place) -> None:
            await asyncio.to_thread(_shake, url, seed)

        found.append(await restored(server, dump, schema=schema, kind=f"shaken{place}", change=shake))
    return found


def _shake(url: str, seed: int) -> None:
    with connect(url) as connection:
        # References are kept by what is chosen; while tables are changed one by one they need not hold.
        connection.execute("SET session_replication_role = replica")
        Shaking(_Postgres(connection), Random(seed)).all()  # noqa: S311 - nothing secret


@dataclass(frozen=True)
class _Postgres:
    """All but whole numbers is read and written as text, so that a value of any type stays as it is."""

    connection: Connection

    def shapes(self) -> Iterator[Shape]:
        """Every table."""
        columns: dict[str, list[str]] = {}
        for table, column, _ in self._asked(_COLUMNS):
            columns.setdefault(str(table), []).append(str(column))
        rules = self._asked(_RULES)
        for table, own in columns.items():
            mine = [
                (str(kind), own.index(str(column)), other, to) for of, kind, column, other, to in rules if of == table
            ]
            refers = {
                at: (str(other), columns[str(other)].index(str(to)))
                for kind, at, other, to in mine
                if kind == "f" and other != table
            }
            unique = frozenset(at for kind, at, *_ in mine if kind == "u")
            yield Shape(table, own, sorted(at for kind, at, *_ in mine if kind == "p"), unique, refers)

    def rows(self, shape: Shape) -> list[Row]:
        """All rows of a table."""
        whole = {column for table, column, is_whole in self._asked(_COLUMNS) if table == shape.name and is_whole}
        shown = [
            Identifier(column) if column in whole else SQL("{}::text").format(Identifier(column))
            for column in shape.columns
        ]
        rows = self._asked(SQL("SELECT {} FROM {}").format(SQL(", ").join(shown), _name(shape)))
        return [list(row) for row in rows]

    def write(self, shape: Shape, rows: Sequence[Row]) -> bool:
        """Take these rows for those of a table."""
        names = SQL(", ").join(map(Identifier, shape.columns))
        marks = SQL(", ").join(SQL("%s") for _ in shape.columns)
        statement = SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(_name(shape), names, marks)
        try:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                cursor.execute(SQL("DELETE FROM {}").format(_name(shape)))
                cursor.executemany(statement, rows)
        except IntegrityError:
            return False
        return True

    def _asked(self, statement: SQL | Composed) -> list[tuple[Cell, ...]]:
        return cast("list[tuple[Cell, ...]]", self.connection.execute(statement).fetchall())


def _name(shape: Shape) -> Identifier:
    return Identifier(*shape.name.split(".", 1))
