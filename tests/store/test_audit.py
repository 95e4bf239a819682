import asyncio
import json
from collections.abc import AsyncGenerator

import psycopg
import pytest

from core.errors import UpstreamError
from core.values import AuditedOutcome, AuditedStatement
from store.audit import AuditLog, Line, TurnAudit
from store.audit_reading import runs, verify
from store.system import System

STATEMENT = AuditedStatement(
    database="shop", written="select 1 ", sql="select 1", tables=["public.a"], columns=["public.a.id"]
)


@pytest.fixture
async def log(system: System) -> AsyncGenerator[AuditLog]:
    async with AuditLog.open(system) as opened:
        yield opened


@pytest.fixture
def audit(log: AuditLog) -> TurnAudit:
    return TurnAudit(log, user="ann", turn="t1", question="How many?\0 \ud800 ä")


async def tamper(system: System, sql: str) -> None:
    """What somebody does who owns the database and has switched the triggers off."""
    async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as connection:
        await connection.execute("ALTER TABLE datachat.audit DISABLE TRIGGER USER")
        await connection.execute(sql.encode())


async def fill(audit: TurnAudit, count: int = 5) -> None:
    for _ in range(count):
        await audit.end(await audit.begin(STATEMENT), AuditedOutcome(status="ok", rows=1))


async def test_a_run_is_two_lines(system: System, audit: TurnAudit):
    number = await audit.begin(STATEMENT)
    [run] = await runs(system)
    assert (run.finished, run.status, run.seq) == (False, "unknown", number)
    assert (await verify(system)).unfinished == [number]
    await audit.end(number, AuditedOutcome(status="ok", rows=3, result_hash="ab", ms=1.5))
    [run] = await runs(system)
    assert (run.finished, run.status, run.rows, run.result_hash) == (True, "ok", 3, "ab")
    assert (run.user, run.turn, run.database, run.written, run.sql) == ("ann", "t1", "shop", "select 1 ", "select 1")
    assert (run.tables, run.columns, run.question) == (["public.a"], ["public.a.id"], "How many?\0 \ud800 ä")
    report = await verify(system)
    assert (report.ok, report.lines, report.unfinished) == (True, 2, [])


async def test_a_refusal_is_one_line(system: System, audit: TurnAudit):
    await audit.refused(STATEMENT.model_copy(update={"sql": "", "verdict": "nodes: no"}))
    [run] = await runs(system)
    assert (run.status, run.finished, run.verdict) == ("refused", True, "nodes: no")


async def test_a_second_outcome_changes_nothing(system: System, audit: TurnAudit):
    number = await audit.begin(STATEMENT)
    await audit.end(number, AuditedOutcome(status="failed"))
    await audit.end(number, AuditedOutcome(status="ok"))
    [run] = await runs(system)
    assert run.status == "failed"
    assert (await verify(system)).lines == 2


@pytest.mark.parametrize("sql", ["DELETE FROM datachat.audit", "UPDATE datachat.audit SET kind = 'refusal'"])
@pytest.mark.parametrize("role", ["origin", "replica"])
async def test_lines_cannot_be_changed(system: System, audit: TurnAudit, sql: str, role: str):
    await fill(audit, 1)
    async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as connection:
        await connection.execute(f"SET session_replication_role = {role}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="can only grow"):
            await connection.execute(sql.encode())
    assert (await verify(system)).lines == 2


@pytest.mark.parametrize("table", ["audit", "audit_head"])
async def test_it_cannot_be_emptied(system: System, table: str):
    async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="can only grow"):
            await connection.execute(f"TRUNCATE datachat.{table}".encode())


@pytest.mark.parametrize(
    ("sql", "broken", "why"),
    [
        ("DELETE FROM datachat.audit WHERE seq = 4", 4, "it is missing"),
        ("DELETE FROM datachat.audit WHERE seq = 1", 1, "it is missing"),
        ("DELETE FROM datachat.audit WHERE seq > 8", 9, "it and what followed are missing"),
        ("DELETE FROM datachat.audit", 1, "it and what followed are missing"),
        ("UPDATE datachat.audit SET at = at + interval '1 us' WHERE seq = 3", 3, "it was changed"),
        ("UPDATE datachat.audit SET entry = '{}' WHERE seq = 10", 10, "it was changed"),
        ("UPDATE datachat.audit SET about = NULL WHERE seq = 2", 2, "it was changed"),
        ("UPDATE datachat.audit SET kind = 'refusal' WHERE seq = 5", 5, "it was changed"),
        ("UPDATE datachat.audit SET seq = 11 WHERE seq = 6", 6, "it is missing"),
        ("UPDATE datachat.audit SET hash = sha256('x') WHERE seq = 10", 10, "it was changed"),
        ("INSERT INTO datachat.audit SELECT 11, at, kind, NULL, entry, hash FROM datachat.audit WHERE seq = 1", 11, ""),
    ],
)
async def test_the_first_missing_or_changed_line_is_told(
    system: System, audit: TurnAudit, sql: str, broken: int, why: str
):
    await fill(audit)
    assert (await verify(system)).ok
    await tamper(system, sql)
    report = await verify(system)
    assert (report.ok, report.broken) == (False, broken)
    assert why in report.why


async def test_a_chain_that_was_written_anew_misses_the_expected_head(system: System, audit: TurnAudit):
    await fill(audit)
    head = (await verify(system)).head
    await fill(audit, 1)
    assert (await verify(system, expect=head)).ok
    await tamper(
        system,
        "DELETE FROM datachat.audit; UPDATE datachat.audit_head SET seq = 0, hash = sha256('datachat')",
    )
    await fill(audit, 6)
    assert (await verify(system)).ok
    report = await verify(system, expect=head)
    assert (report.ok, report.broken) == (False, 10)


async def test_many_writers_make_one_chain(system: System):
    async def write(number: int) -> None:
        async with AuditLog.open(system) as log:
            mine = TurnAudit(log, user=f"u{number}", turn="t", question="q")
            await asyncio.gather(*(fill(mine, 5) for _ in range(4)))

    await asyncio.gather(*(write(number) for number in range(4)))
    report = await verify(system)
    assert (report.ok, report.lines, report.unfinished) == (True, 160, [])


async def test_what_nobody_waits_for_is_written(system: System):
    async with AuditLog.open(system) as log:
        waiting = asyncio.ensure_future(TurnAudit(log, "ann", "t", "q").begin(STATEMENT))
        await asyncio.sleep(0)
        waiting.cancel()
    assert (await verify(system)).lines == 1


async def test_a_lost_connection_is_made_again(system: System, log: AuditLog, audit: TurnAudit):
    await fill(audit, 1)
    async with system.connection() as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE '%audit_append%' AND pid <> pg_backend_pid()"
        )
    await fill(audit, 1)
    assert (await verify(system)).lines == 4


async def test_a_stuck_writer_of_another_process_is_an_error_and_no_wait(system: System, audit: TurnAudit):
    async with await psycopg.AsyncConnection.connect(system.url) as connection:
        await connection.execute("SELECT * FROM datachat.audit_head FOR UPDATE")
        with pytest.raises(UpstreamError):
            await audit.begin(STATEMENT)
    assert await audit.begin(STATEMENT) == 1


async def test_an_entry_that_is_no_json_is_refused_whole(system: System, log: AuditLog):
    good = log.append(Line("refusal", None, json.dumps({})))
    bad = log.append(Line("refusal", None, "{"))
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        await bad
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        await good
    assert (await verify(system)).lines == 0
