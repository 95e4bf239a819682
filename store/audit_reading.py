"""Reads the audit, and finds the first line that is missing or was changed."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.values import AuditedRun, AuditReport

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg import AsyncConnection

    from store.system import System

_FIRST_HASH = sha256(b"datachat").digest()
_BATCH = 1_000
_HEAD = "SELECT seq, hash FROM datachat.audit_head"
_LINES = "SELECT seq, at, kind, about, entry::text, hash FROM datachat.audit WHERE seq > %s ORDER BY seq LIMIT %s"
_RUNS = """
SELECT i.seq, i.at, i.kind, i.entry::text, o.entry::text
FROM datachat.audit i LEFT JOIN datachat.audit o ON o.about = i.seq
WHERE i.kind <> 'outcome' ORDER BY i.seq DESC LIMIT %s
"""

Row = tuple[int, "datetime", str, int | None, str, bytes]


async def runs(system: "System", *, limit: int = 50) -> list[AuditedRun]:
    """The last statements with their outcomes, the latest first."""
    async with system.connection() as connection:
        rows = await (await connection.execute(_RUNS, [limit])).fetchall()
    return [_run(*row) for row in rows]


async def verify(system: "System", *, expect: str = "") -> AuditReport:
    """Check every line against the one before it, and the last one against the head.

    `expect` is an earlier report's `head`: that line must still be there, with that hash.
    """
    number, expected = _expected(expect)
    async with _snapshot(system) as connection:
        row = await (await connection.execute(_HEAD)).fetchone()
        head: tuple[int, bytes] = row if row else (0, b"")
        seq, previous = 0, _FIRST_HASH
        open_intents: dict[int, None] = {}
        async for line in _lines(connection):
            why = _wrong(line, seq, previous)
            if not why and line[0] == number and line[5].hex() != expected:
                why = "its hash is not the expected one, so the chain was written anew"
            if why:
                return _broken(seq + 1, why, lines=seq)
            seq, previous = line[0], line[5]
            _note(line, open_intents)
    if head[0] != seq or number > seq:
        return _broken(seq + 1, "it and what followed are missing", lines=seq)
    if seq and head[1] != previous:
        return _broken(seq, "its hash is not that of the head", lines=seq)
    return AuditReport(ok=True, lines=seq, unfinished=list(open_intents), head=f"{seq}:{previous.hex()}")


def _expected(text: str) -> tuple[int, str]:
    number, _, expected = text.partition(":")
    if text and not (number.isdecimal() and expected):
        raise UserError(f"{text[:80]!r} is no head of an audit.", hint="It looks like 12:9f86d081..., as verify says.")
    return int(number or 0), expected.lower()


@asynccontextmanager
async def _snapshot(system: "System") -> AsyncGenerator["AsyncConnection"]:
    """A connection that sees one moment, while others write on."""
    async with system.connection() as connection, connection.transaction():
        await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


async def _lines(connection: "AsyncConnection") -> AsyncGenerator[Row]:
    last = 0
    while rows := await (await connection.execute(_LINES, [last, _BATCH])).fetchall():
        for row in rows:
            yield row
        last = rows[-1][0]


def _wrong(line: Row, seq: int, previous: bytes) -> str:
    """What is wrong with the line after number `seq`, "" when it is in order."""
    if line[0] != seq + 1:
        return "it is missing"
    return "" if _hash(line, previous) == line[5] else "it was changed, or the line before it was"


def _hash(line: Row, previous: bytes) -> bytes:
    from datetime import UTC

    seq, at, kind, about, entry, _ = line
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = "\n".join((str(seq), moment, kind, str(about or 0), entry))
    return sha256(previous + text.encode()).digest()


def _note(line: Row, open_intents: dict[int, None]) -> None:
    if line[2] == "intent":
        open_intents[line[0]] = None
    elif line[3] is not None:
        open_intents.pop(line[3], None)


def _broken(seq: int, why: str, *, lines: int) -> AuditReport:
    return AuditReport(ok=False, lines=lines, broken=seq, why=why)


def _run(seq: int, at: "datetime", kind: str, entry: str, outcome: str | None) -> AuditedRun:
    told: dict[str, Any] = json.loads(entry)
    if kind == "refusal":
        became: dict[str, Any] = {"status": "refused"}
    else:
        became = json.loads(outcome) if outcome else {"status": "unknown"}
    return AuditedRun(seq=seq, at=at, finished=kind == "refusal" or outcome is not None, **told, **became)
