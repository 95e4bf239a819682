"""Whole results in the system database: compressed chunks, read by page, gone after a time."""

import asyncio
import secrets
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from core.errors import NotFoundError
from core.values import Result, Row

if TYPE_CHECKING:
    from store.system import System

KEEP = timedelta(days=7)
_CHUNK_BYTES = 500_000
_CHUNK_ROWS = 1_000

_PUT = "INSERT INTO datachat.results (id, head, expires_at) VALUES (%s, %s, now() + %s)"
_PUT_CHUNK = "INSERT INTO datachat.result_chunks (result_id, first_row, next_row, body) VALUES (%s, %s, %s, %s)"
_GET = "SELECT head::text FROM datachat.results WHERE id = %s AND expires_at > now()"
_GET_CHUNKS = """
SELECT first_row, body FROM datachat.result_chunks
WHERE result_id = %s AND next_row > %s AND (%s::bigint IS NULL OR first_row < %s) ORDER BY first_row
"""
_PRUNE = "DELETE FROM datachat.results WHERE expires_at <= now()"


class StoredResults:
    """The port Results over the system database."""

    def __init__(self, system: "System", *, keep: timedelta = KEEP) -> None:
        self._system = system
        self._keep = keep

    async def put(self, result: Result) -> str:
        """Store a result and return its id, which cannot be guessed; what has expired goes at the same time."""
        result_id = new_id()
        head = to_json(result.model_copy(update={"rows": []})).decode()
        chunks = await asyncio.to_thread(lambda: [(result_id, *chunk) for chunk in _pack(result.rows)])
        async with self._system.connection() as connection, connection.transaction():
            await connection.execute(_PRUNE)
            await connection.execute(_PUT, [result_id, head, self._keep])
            async with connection.cursor() as cursor:
                await cursor.executemany(_PUT_CHUNK, chunks)
        return result_id

    async def get(self, result_id: str, *, offset: int = 0, limit: int | None = None) -> Result:
        """Rows from `offset`; raises NotFoundError when the id is unknown or expired."""
        end = None if limit is None else offset + limit
        async with self._system.connection() as connection:
            row = await (await connection.execute(_GET, [result_id])).fetchone()
            if row is None:
                raise unknown_result()
            found = await connection.execute(_GET_CHUNKS, [result_id, offset, end, end])
            chunks = await found.fetchall()
        rows = await asyncio.to_thread(_unpack, chunks, offset, end)
        return Result.model_validate_json(row[0]).model_copy(update={"rows": rows})


def new_id() -> str:
    """An id that cannot be guessed, because it alone gives access."""
    return secrets.token_urlsafe(16)


def unknown_result() -> NotFoundError:
    """The error for an id that was never given, or whose result has expired."""
    return NotFoundError("There is no such result, or it has expired.", hint="Ask the question again.")


def _pack(rows: list[Row]) -> Iterator[tuple[int, int, bytes]]:
    """First row, row after the last, and the compressed rows of each chunk."""
    first, pieces, size = 0, list[bytes](), 0
    for number, row in enumerate(rows, start=1):
        pieces.append(to_json(row))
        size += len(pieces[-1])
        if size >= _CHUNK_BYTES or len(pieces) == _CHUNK_ROWS or number == len(rows):
            yield first, number, zlib.compress(b"[" + b",".join(pieces) + b"]", level=1)
            first, pieces, size = number, [], 0


def _unpack(chunks: list[tuple[int, bytes]], offset: int, end: int | None) -> list[Row]:
    rows: list[Row] = []
    for first, body in chunks:
        stop = None if end is None else end - first
        rows.extend(from_json(zlib.decompress(body))[max(offset - first, 0) : stop])
    return rows
