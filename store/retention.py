"""What is forgotten after a time: of a finished turn stay its answer, with the trace, and its last checkpoint."""

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from store.system import System

# An intermediate checkpoint is one whose successor is its child, and not the next question's first. The child of one
# that goes loses its parent, so what is the last of its turn stays recognisable. Below the conversation's latest
# checkpoint hangs the work of a turn that may still be going on, or wait for a reply: it stays.
_PRUNE_THREAD = """
WITH dated AS (
    SELECT checkpoint_ns AS ns, checkpoint_id AS id, parent_checkpoint_id AS parent, metadata,
           checkpoint -> 'channel_versions' AS versions,
           (checkpoint ->> 'ts')::timestamptz < now() - %(older_than)s AS old
    FROM datachat.checkpoints WHERE thread_id = %(thread)s
), roots AS (
    SELECT id, old, lead(parent) OVER successor = id AND lead(metadata ->> 'source') OVER successor <> 'input' AS passed
    FROM dated WHERE ns = '' WINDOW successor AS (ORDER BY id)
), doomed AS (
    SELECT '' AS ns, id FROM roots WHERE old AND passed
    UNION ALL
    SELECT ns, id FROM dated WHERE ns <> '' AND old
    AND metadata -> 'parents' ->> '' IS DISTINCT FROM (SELECT max(id) FROM roots)
), gone AS (
    DELETE FROM datachat.checkpoints c USING doomed d
    WHERE c.thread_id = %(thread)s AND c.checkpoint_ns = d.ns AND c.checkpoint_id = d.id
    RETURNING d.ns, c.checkpoint -> 'channel_versions' AS versions
), orphans AS (
    UPDATE datachat.checkpoints c SET parent_checkpoint_id = NULL FROM doomed d
    WHERE c.thread_id = %(thread)s AND c.checkpoint_ns = d.ns AND c.parent_checkpoint_id = d.id
    AND (c.checkpoint_ns, c.checkpoint_id) NOT IN (SELECT ns, id FROM doomed)
), writes AS (
    DELETE FROM datachat.checkpoint_writes w USING doomed d
    WHERE w.thread_id = %(thread)s AND w.checkpoint_ns = d.ns AND w.checkpoint_id = d.id
), freed AS (
    SELECT ns, v.key AS channel, v.value AS version FROM gone, jsonb_each_text(versions) v
    EXCEPT
    SELECT ns, v.key, v.value FROM dated, jsonb_each_text(versions) v
    WHERE (ns, id) NOT IN (SELECT ns, id FROM doomed)
), blobs AS (
    DELETE FROM datachat.checkpoint_blobs b USING freed f WHERE b.thread_id = %(thread)s
    AND b.checkpoint_ns = f.ns AND b.channel = f.channel AND b.version = f.version
)
SELECT count(*) FROM gone
"""
# Every turn works in a namespace of its own; where none is left, the conversation has been through this.
_OLD_THREADS = """
SELECT DISTINCT thread_id FROM datachat.checkpoints
WHERE checkpoint_ns <> '' AND (checkpoint ->> 'ts')::timestamptz < now() - %s
"""
_EVENTS = """
DELETE FROM datachat.events e USING datachat.turns t
WHERE t.id = e.turn_id AND t.status IN ('finished', 'cancelled') AND t.finished_at < now() - %s
"""
_RESULTS = "DELETE FROM datachat.results WHERE expires_at <= now()"


class Pruned(NamedTuple):
    """How much was forgotten."""

    checkpoints: int
    events: int
    results: int


async def prune(system: "System", *, older_than: timedelta) -> Pruned:
    """Forget intermediate checkpoints and the events of turns that are older, and results that have expired."""
    async with system.connection() as connection:
        checkpoints = await _prune_checkpoints(connection, older_than)
        events = (await connection.execute(_EVENTS, [older_than])).rowcount
        results = (await connection.execute(_RESULTS)).rowcount
    return Pruned(checkpoints, events, results)


async def _prune_checkpoints(connection: "AsyncConnection", older_than: timedelta) -> int:
    there = await (await connection.execute("SELECT to_regclass('datachat.checkpoints') IS NOT NULL")).fetchone()
    if there != (True,):
        return 0
    pruned = 0
    for (thread,) in await (await connection.execute(_OLD_THREADS, [older_than])).fetchall():
        parameters = {"thread": thread, "older_than": older_than}
        [(count,)] = await (await connection.execute(_PRUNE_THREAD, parameters)).fetchall()
        pruned += count
    return pruned
