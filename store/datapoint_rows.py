"""DataPoints as rows: how they are written down and read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue
from pydantic_core import to_json

from datapoints.fact import Fact
from datapoints.kinds import body_of, datapoint_of

if TYPE_CHECKING:
    from psycopg import AsyncConnection

_FIELDS = "body, pending, root, file, managed, checksum, edited, stale, stale_reason, changed_at"

_PUT = """
INSERT INTO datachat.datapoints
    (id, pending, kind, database, status, version, body, root, file, managed, checksum, reviewer, reason, confidence,
     origin, edited)
SELECT * FROM unnest(%s::text[], %s::boolean[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::jsonb[],
    %s::text[], %s::text[], %s::boolean[], %s::text[], %s::text[], %s::text[], %s::float8[], %s::text[], %s::boolean[])
ON CONFLICT (id, pending) DO UPDATE SET (kind, database, status, version, body, root, file, managed, checksum,
    reviewer, reason, confidence, origin, edited, stale, stale_reason, changed_at)
= (excluded.kind, excluded.database, excluded.status, excluded.version, excluded.body, excluded.root, excluded.file,
    excluded.managed, excluded.checksum, excluded.reviewer, excluded.reason, excluded.confidence, excluded.origin,
    excluded.edited, false, '', clock_timestamp())
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A DataPoint, where it stands and what is known of its life."""

    datapoint: Fact
    pending: bool = False
    root: str | None = None
    file: str | None = None
    managed: bool = False
    checksum: str | None = None
    edited: bool = False
    stale: bool = False
    stale_reason: str = ""
    changed_at: datetime | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return self.datapoint.id

    @property
    def status(self) -> str:
        """Proposals are pending, whatever they say of themselves."""
        return "pending" if self.pending else self.datapoint.status

    def told(self) -> dict[str, JsonValue]:
        """All of it as JSON."""
        return {
            "id": self.id,
            "kind": self.datapoint.kind,
            "name": self.datapoint.name,
            "database": self.datapoint.database,
            "status": self.status,
            "version": self.datapoint.version,
            "file": self.file,
            "managed": self.managed,
            "edited": self.edited,
            "stale": self.stale,
            "stale_reason": self.stale_reason,
            "confidence": self.datapoint.confidence,
            "origin": self.datapoint.origin,
            "changed_at": self.changed_at.isoformat() if self.changed_at else None,
            "datapoint": body_of(self.datapoint),
        }


async def put(connection: "AsyncConnection", rows: list[Stored]) -> None:
    """Write the rows, replacing those of the same id; what is written anew is not stale."""
    if rows:
        await connection.execute(_PUT, [list(column) for column in zip(*map(_row, rows), strict=True)])


async def select(connection: "AsyncConnection", where: str = "true", values: Sequence[object] = ()) -> list[Stored]:
    """The rows that a condition picks, by id."""
    found = await connection.execute(
        f"SELECT {_FIELDS} FROM datachat.datapoints WHERE {where} ORDER BY id, pending",  # pyright: ignore[reportArgumentType]
        values,
    )
    return [_stored(row) for row in await found.fetchall()]


def digest(datapoint: Fact) -> str:
    """A hash of what is said, leaving out who said it when and how surely."""
    said = {key: value for key, value in body_of(datapoint).items() if key not in _LIFE}
    return blake2b(to_json(said), digest_size=16).hexdigest()


_LIFE = frozenset({"status", "version", "reviewer", "change_reason", "confidence", "origin"})


def _row(row: Stored) -> tuple[object, ...]:
    it = row.datapoint
    return (
        it.id,
        row.pending,
        it.kind,
        it.database,
        row.status,
        it.version,
        to_json(body_of(it)).decode(),
        row.root,
        row.file,
        row.managed,
        row.checksum,
        it.reviewer,
        it.change_reason,
        it.confidence,
        it.origin,
        row.edited,
    )


def _stored(row: tuple[Any, ...]) -> Stored:
    body, *told = row
    return Stored(datapoint_of(body), *told)
