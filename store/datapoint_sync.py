"""Makes the rows say what the files of a folder say."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.values.base import Value
from datapoints.files import read_folder
from datapoints.findings import Finding
from datapoints.whole import checked
from store.datapoint_rows import Stored, digest, put, select

if TYPE_CHECKING:
    from psycopg import AsyncConnection


class Synced(Value):
    """What a sync found and did."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    revision: int = 0
    findings: list[Finding] = []


async def synced(connection: "AsyncConnection", root: Path) -> Synced:
    """Write what changed below a folder, and take away what has no file there any more; in a transaction."""
    rows = await select(connection, "file IS NOT NULL")
    known = {(each.checksum or ""): each.datapoint for each in rows}
    read = await asyncio.to_thread(lambda: checked(read_folder(root, known=known.get)))
    findings = list(read.findings)
    there = {(each.id, each.pending): each for each in rows}
    wanted: dict[tuple[str, bool], Stored] = {}
    for each in read.filed:
        pending = each.datapoint.status == "pending"
        row = Stored(each.datapoint, pending, str(root), str(each.path.relative_to(root)), each.managed, each.checksum)
        other = there.get((row.id, pending))
        if other and other.root != row.root and await asyncio.to_thread(Path(str(other.root), str(other.file)).is_file):
            message = f"the id `{row.id}` is used in {other.root}/{other.file}"
            findings.append(each.finding("error", "duplicate_id", message, keys=("id",)))
        else:
            wanted[row.id, pending] = row
    changed = [row for key, row in wanted.items() if not (key in there and _same(there[key], row))]
    gone = [key for key, row in there.items() if row.root == str(root) and key not in wanted]
    await _remove(connection, gone)
    await put(connection, changed)
    await _drop_settled(connection, changed)
    added = sum((row.id, row.pending) not in there for row in changed)
    return Synced(
        added=added,
        changed=len(changed) - added,
        removed=len(gone),
        unchanged=len(wanted) - len(changed),
        revision=await current_revision(connection),
        findings=findings,
    )


def _same(one: Stored, other: Stored) -> bool:
    return (one.root, one.file, one.managed, one.checksum) == (other.root, other.file, other.managed, other.checksum)


async def _remove(connection: "AsyncConnection", keys: Sequence[tuple[str, bool]]) -> None:
    if keys:
        await connection.execute(
            "DELETE FROM datachat.datapoints d USING unnest(%s::text[], %s::boolean[]) AS gone (id, pending)"
            " WHERE d.id = gone.id AND d.pending = gone.pending",
            [[id for id, _ in keys], [pending for _, pending in keys]],
        )


async def _drop_settled(connection: "AsyncConnection", rows: Sequence[Stored]) -> None:
    """Take away proposals that a file says by now: their approval was cut off between the file and the row."""
    said = {row.id: digest(row.datapoint) for row in rows if not row.pending}
    waiting = await select(connection, "pending AND file IS NULL AND id = ANY(%s)", [list(said)]) if said else []
    await _remove(connection, [(each.id, True) for each in waiting if digest(each.datapoint) == said[each.id]])


async def current_revision(connection: "AsyncConnection") -> int:
    """A number that grows with every change."""
    row = await (await connection.execute("SELECT revision FROM datachat.datapoint_revision")).fetchone()
    return row[0] if row else 0
