"""What retrieval searches in PostgreSQL: tables and DataPoints as words and vectors, one row each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from store.system import System

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('datachat documents ' || %s, 0))"
_DELETE = """
DELETE FROM datachat.documents d USING unnest(%s::text[], %s::text[]) AS gone (kind, id)
WHERE d.key = %s AND d.kind = gone.kind AND d.id = gone.id
"""
_COPY = "COPY datachat.documents (key, kind, id, checksum, words, embedded_by, embedding) FROM STDIN"
_MARK = """
INSERT INTO datachat.document_sets VALUES (%s, %s, now())
ON CONFLICT (key) DO UPDATE SET mark = EXCLUDED.mark, indexed_at = now()
"""
_SEARCH = """
WITH said AS (
    SELECT kind, id, rank() OVER (ORDER BY ts_rank(words, query, 1) DESC) AS place
    FROM datachat.documents, to_tsquery('simple', %(words)s) AS query
    WHERE key = %(key)s AND kind = ANY(%(kinds)s) AND words @@ query ORDER BY place LIMIT %(limit)s
), near AS (
    SELECT kind, id, embedding <=> %(vector)s::halfvec AS distance
    FROM datachat.documents
    WHERE key = %(key)s AND kind = ANY(%(kinds)s) AND embedded_by = %(embedded_by)s AND %(vector)s IS NOT NULL
    ORDER BY distance LIMIT %(limit)s
)
SELECT kind, id, said.place, 1 - near.distance FROM said FULL JOIN near USING (kind, id)
"""


Row = tuple[str, str, bytes, Mapping[str, str], str, Sequence[float] | None]
"""A document: kind, id, checksum, lexemes with their weights (A to D), by what it was embedded, and its vector."""


class Hit(NamedTuple):
    """A document that was found: its place by words (from 1), its likeness by vector; None where not found so."""

    kind: str
    id: str
    place: int | None
    likeness: float | None


class Documents:
    """The documents of all databases."""

    def __init__(self, system: "System") -> None:
        self._system = system

    async def checksums(self, key: str) -> Mapping[tuple[str, str], tuple[bytes, str]]:
        """Of every document of a database its checksum, and by what it was embedded."""
        async with self._system.connection() as connection:
            found = await connection.execute(
                "SELECT kind, id, checksum, embedded_by FROM datachat.documents WHERE key = %s", [key]
            )
            return {(kind, id_): (checksum, by) for kind, id_, checksum, by in await found.fetchall()}

    async def write(self, key: str, rows: Sequence[Row]) -> None:
        """Keep documents, instead of those of the same kind and id; all or none."""
        async with self._system.connection() as connection, connection.transaction():
            await connection.execute(_LOCK, [key])
            await _delete(connection, key, (row[:2] for row in rows))
            async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
                for *names, words, embedded_by, vector in rows:
                    await copy.write_row((key, *names, lexemes(words), embedded_by, vector_text(vector)))

    async def remove(self, key: str, gone: Iterable[tuple[str, str]] | None = None) -> None:
        """Forget some documents, by kind and id, or the whole database."""
        async with self._system.connection() as connection, connection.transaction():
            await connection.execute(_LOCK, [key])
            if gone is None:
                await connection.execute("DELETE FROM datachat.documents WHERE key = %s", [key])
                await connection.execute("DELETE FROM datachat.document_sets WHERE key = %s", [key])
            else:
                await _delete(connection, key, gone)

    async def mark(self, key: str) -> str:
        """What the last finished indexing of a database was marked with; empty where there was none."""
        async with self._system.connection() as connection:
            found = await connection.execute("SELECT mark FROM datachat.document_sets WHERE key = %s", [key])
            row = await found.fetchone()
        return row[0] if row else ""

    async def set_mark(self, key: str, mark: str) -> None:
        """Note that everything is there, and let the planner look at it."""
        async with self._system.connection() as connection:
            await connection.execute(_MARK, [key, mark])
            await connection.execute("ANALYZE datachat.documents")

    async def search(
        self,
        key: str,
        *,
        kinds: Sequence[str],
        words: Sequence[str],
        vector: Sequence[float] | None,
        embedded_by: str,
        limit: int,
    ) -> list[Hit]:
        """Documents that have some of the words, and those whose vectors are nearest, `limit` of each."""
        given = {
            "key": key,
            "kinds": list(kinds),
            "words": " | ".join(map(_quoted, words)),
            "vector": vector_text(vector),
            "embedded_by": embedded_by,
            "limit": limit,
        }
        async with self._system.connection() as connection:
            rows = await (await connection.execute(_SEARCH, given)).fetchall()
        return [Hit(*row) for row in rows]


def lexemes(words: Mapping[str, str]) -> str:
    """A tsvector as text; every lexeme stands once, with its weight."""
    return " ".join(f"{_quoted(word)}:1{weight}" for word, weight in words.items())


def vector_text(vector: Sequence[float] | None) -> str | None:
    """A vector as pgvector reads it."""
    return f"[{','.join(f'{each:.5g}' for each in vector)}]" if vector else None


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


async def _delete(connection: "AsyncConnection", key: str, gone: Iterable[tuple[str, str]]) -> None:
    pairs = list(gone)
    if pairs:
        await connection.execute(_DELETE, [[kind for kind, _ in pairs], [id_ for _, id_ in pairs], key])
