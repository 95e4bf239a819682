"""Links in the system database: a table, and one recursive query per walk."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Protocol

from pydantic_core import to_json
from typing_extensions import override

from core.datapoint import Link
from core.lineage import Changed, Reached
from knowledge.links.base import Walk, WalkedLinks, reached, unique

if TYPE_CHECKING:
    from psycopg import AsyncConnection

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 5))"
_INCOMING = """
CREATE TEMP TABLE incoming_links (
    kind text COLLATE "C", source text COLLATE "C", target text COLLATE "C", properties text
) ON COMMIT DROP
"""
_COPY = "COPY incoming_links FROM STDIN"
_REMOVE = """
DELETE FROM datachat.links l WHERE origin = %s AND NOT EXISTS (
    SELECT FROM incoming_links i WHERE i.source = l.source AND i.kind = l.kind AND i.target = l.target
)
"""
_WRITE = """
INSERT INTO datachat.links AS l (origin, kind, source, target, properties)
SELECT %s, kind, source, target, properties::json FROM incoming_links
ON CONFLICT (origin, source, kind, target) DO UPDATE SET properties = excluded.properties
WHERE l.properties::text <> excluded.properties::text
"""
_MANY = 10_000
"""After so many new links the planner wants to look at the table again."""
_COUNTS = "SELECT kind, count(DISTINCT (source, target)) FROM datachat.links GROUP BY kind ORDER BY kind"

_WALK = """
WITH RECURSIVE level (hops, things, kinds, sources, targets, properties, seen) AS (
    SELECT 0, here.one, here.none, here.none, here.none, '{}'::text[], here.one
    FROM (SELECT ARRAY[%(thing)s] COLLATE "C", '{}'::text[] COLLATE "C") AS here (one, none)
    UNION ALL
    SELECT level.hops + 1, next.things, next.kinds, next.sources, next.targets, next.properties,
        level.seen || next.things
    FROM level CROSS JOIN LATERAL (
        SELECT array_agg(thing), array_agg(kind), array_agg(source), array_agg(target), array_agg(properties)
        FROM (
            SELECT DISTINCT ON (thing) thing, kind, source, target, properties
            FROM unnest(level.things) AS here (name) CROSS JOIN LATERAL (
                (SELECT target, kind, source, target, properties::text FROM datachat.links
                 WHERE source = here.name AND kind = ANY (%(forward)s) LIMIT %(fan)s)
                UNION ALL
                (SELECT source, kind, source, target, properties::text FROM datachat.links
                 WHERE target = here.name AND kind = ANY (%(backward)s) LIMIT %(fan)s)
            ) AS link (thing, kind, source, target, properties)
            WHERE NOT EXISTS (SELECT FROM unnest(level.seen) AS earlier (name) WHERE earlier.name = thing)
            ORDER BY thing, kind, source, target
            LIMIT %(limit)s + 1 - cardinality(level.seen)
        ) AS found
    ) AS next (things, kinds, sources, targets, properties)
    WHERE level.hops < %(hops)s AND next.things IS NOT NULL AND NOT %(until)s = ANY (level.seen)
)
SELECT level.hops, found.thing, found.kind, found.source, found.target, found.properties
FROM level CROSS JOIN LATERAL unnest(level.things, level.kinds, level.sources, level.targets, level.properties)
    AS found (thing, kind, source, target, properties)
WHERE level.hops > 0
"""
"""One row per level, which carries all that was seen: so nothing is visited twice, whatever circles there are."""


class Records(Protocol):
    """What is needed of the system database."""

    def connection(self) -> "AbstractAsyncContextManager[AsyncConnection]":
        """A connection in autocommit mode; raises UpstreamError."""
        ...


class PostgresqlLinks(WalkedLinks):
    """The port `Links` over the system database."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @override
    async def replace(self, origin: str, links: Sequence[Link]) -> Changed:
        async with self._records.connection() as connection, connection.transaction():
            # Of two who replace the same origin, the second sees what the first wrote.
            await connection.execute(_LOCK, [origin])
            await connection.execute(_INCOMING)
            async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
                for key, link in unique(links).items():
                    await copy.write_row((*key, to_json(link.properties).decode()))
            await connection.execute("ANALYZE incoming_links")
            removed = await connection.execute(_REMOVE, [origin])
            written = await connection.execute(_WRITE, [origin])
            if written.rowcount + removed.rowcount > _MANY:
                await connection.execute("ANALYZE datachat.links")
            return Changed(written.rowcount, removed.rowcount)

    @override
    async def counts(self) -> Mapping[str, int]:
        async with self._records.connection() as connection:
            return dict(await (await connection.execute(_COUNTS)).fetchall())

    @override
    async def _walk(self, walk: Walk) -> list[Reached]:
        asked = {
            "thing": walk.thing,
            "forward": list(walk.forward),
            "backward": list(walk.backward),
            "hops": walk.hops,
            "limit": walk.limit,
            "fan": walk.fan,
            "until": walk.until,
        }
        async with self._records.connection() as connection:
            rows = await (await connection.execute(_WALK, asked)).fetchall()
        return [reached(*row) for row in rows]
