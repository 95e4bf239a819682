"""Limits, budgets and the audit through whole turns."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from core.errors import LimitError, UpstreamError
from core.values import Event, User
from graph.assembly import House, open_house, passing_turns
from graph.rates import PassingAsked
from graph.turns import Question, Turns
from store.audit_reading import runs, verify
from store.system import System
from tests.graph.conftest import Opening, Script, answered

COUNT = "How many customers are there?"
NEVER = "SELECT count(*) FROM generate_series(1, 9000000) AS a, generate_series(1, 9000000) AS b"
SLOW: Script = [{"sql": NEVER, "confidence": 1.0}]


@pytest.fixture(autouse=True)
async def measured(shop_url: str) -> None:
    """The shop with statistics, so that its sizes are known exactly."""
    async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
        await connection.execute("ANALYZE")


async def ask(turns: Turns, text: str, user: str) -> list[Event]:
    return [event async for event in turns.say(Question(text=text, user=User(name=user)))]


def rated(opened: House):
    """Another process that serves users, over the same databases."""
    return open_house(opened.settings, rated=True)


def another(question: Question) -> Question:
    """The same in another conversation."""
    return Question(text=question.text, user=question.user)


async def last_run(house: House):
    return (await runs(house.system))[0]


@pytest.mark.parametrize("kind", ["turns", "passing"])
async def test_a_statement_is_audited_before_and_after(opening: Opening, kind: str):
    async with opening() as house:
        answer = await answered(getattr(house, kind), COUNT)
        run = await last_run(house)
        assert (run.status, run.rows, run.user, run.question, run.turn) == ("ok", 1, "local", COUNT, answer.turn_id)
        assert (run.tables, run.sql, run.verdict) == (["public.customers"], answer.sql, "accepted")
        assert len(run.result_hash) == 64 and run.ms > 0
        report = await verify(house.system)
        assert (report.ok, report.lines, report.unfinished) == (True, 2, [])


async def test_without_an_audit_nothing_is_noted(opening: Opening):
    async with opening(audit=False) as house:
        await answered(house.passing, COUNT)
        assert await runs(house.system) == []


async def test_what_cannot_be_noted_is_not_run(opening: Opening):
    async with opening() as house:
        async with house.system.connection() as connection:
            await connection.execute("ALTER TABLE datachat.audit RENAME TO gone")
            # The same error that a full disk gives.
            await connection.execute(
                "CREATE FUNCTION datachat.full() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
            )
            await connection.execute("ALTER TABLE datachat.gone RENAME TO audit")
            await connection.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON datachat.audit FOR EACH ROW EXECUTE FUNCTION datachat.full()"
            )
        answer = await answered(house.passing, COUNT)
        assert (answer.status, answer.rows) == ("error", [])
        assert answer.error and answer.error.code == UpstreamError.code
        assert "disk" in answer.error.message
        async with house.system.connection() as connection:
            await connection.execute("DROP TRIGGER full_disk ON datachat.audit")
        assert (await answered(house.passing, COUNT)).status == "answered"
        assert (await verify(house.system)).lines == 2


@pytest.fixture
async def small_disk(system: System) -> AsyncGenerator[Path]:
    """A disk of one megabyte, with nothing on it but the audit."""
    folder = Path(tempfile.mkdtemp(prefix="datachat-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        folder.rmdir()
        pytest.skip("may not mount a small disk")
    name = f"small_{uuid4().hex}"
    try:
        async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as connection:
            [(data,)] = await (await connection.execute("SHOW data_directory")).fetchall()
            place = folder / "tables"
            place.mkdir(mode=0o700)
            os.chown(place, Path(data).stat().st_uid, Path(data).stat().st_gid)
            folder.chmod(0o755)
            await connection.execute(f"CREATE TABLESPACE {name} LOCATION '{place}'".encode())
            await connection.execute(f"ALTER TABLE datachat.audit SET TABLESPACE {name}".encode())
            yield folder
            await connection.execute("ALTER TABLE datachat.audit SET TABLESPACE pg_default")
            await connection.execute(f"DROP TABLESPACE {name}".encode())
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


async def test_a_full_disk_stops_statements_until_there_is_room(opening: Opening, small_disk: Path):
    async with opening() as house:
        ballast = small_disk / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        answer = await answered(house.passing, COUNT)
        for _ in range(30):
            if answer.status != "answered":
                break
            answer = await answered(house.passing, COUNT)
        assert (answer.status, answer.error and answer.error.code) == ("error", UpstreamError.code)
        assert "disk" in answer.answer and answer.rows == []
        ballast.unlink()
        assert (await answered(house.passing, COUNT)).status == "answered"
        report = await verify(house.system)
        assert report.ok and len(report.unfinished) <= 1


async def test_a_cut_cell_is_said(opening: Opening):
    async with opening([{"sql": "SELECT repeat('x', 9000000) AS long, 1 AS one", "confidence": 1.0}]) as house:
        answer = await answered(house.turns, "What is long?")
        assert answer.status == "answered"
        assert "1 cell was cut." in answer.assumptions and "1 cell was cut" in answer.answer
        assert 900_000 < len(str(answer.rows[0][0])) <= 1_000_001
        assert answer.rows[0][1] == 1 and len(answer.answer) < 30_000


async def test_a_budget_refuses_with_the_code_of_a_limit(opening: Opening):
    async with opening(budgets={"rows": 30}) as house:
        answer = await answered(house.passing, COUNT)
        assert (answer.status, answer.error and answer.error.code) == ("error", "limit")
        assert "40 rows (the limit is 30)" in answer.answer
        run = await last_run(house)
        assert (run.status, run.finished) == ("refused", True)


async def test_above_the_soft_limit_a_person_looks_first(opening: Opening):
    async with opening(limits={"scan_rows": 30}) as house:
        answer = await answered(house.passing, COUNT, conversation="c")
        assert answer.status == "waiting" and "40 rows" in answer.answer
        assert (await answered(house.passing, "run", conversation="c")).status == "answered"
        assert (await last_run(house)).question == COUNT


async def test_a_day_s_budget_is_spent_by_all_processes_together(opening: Opening):
    async with opening(budgets={"day_rows": 100}) as house, opening(budgets={"day_rows": 100}) as other:
        assert (await answered(house.passing, COUNT)).status == "answered"
        assert (await answered(other.turns, COUNT)).status == "answered"
        refused = await answered(house.turns, COUNT)
        assert refused.error and refused.error.code == "limit"
        assert "today" in refused.answer


async def test_a_minute_has_so_many_questions_for_each_user(opening: Opening):
    async with opening(budgets={"questions_per_minute": 2}) as opened, rated(opened) as house, rated(opened) as other:
        await ask(house.turns, "hello", "ann")
        await ask(other.turns, "hello", "ann")
        with pytest.raises(LimitError, match="2 questions within a minute") as caught:
            await ask(house.turns, "hello", "ann")
        assert 50 <= (caught.value.retry_after or 0) <= 60
        await ask(house.turns, "hello", "bob")
        # Who runs the program is not bounded.
        for _ in range(3):
            await ask(opened.turns, "hello", "ann")


async def test_so_many_questions_at_once_over_all_processes(opening: Opening):
    mine = Question(text="hello", user=User(name="ann"))
    async with opening(budgets={"questions_at_once": 2}) as opened, rated(opened) as house, rated(opened) as other:
        async with aclosing(house.turns.ask(mine)) as first, aclosing(other.turns.ask(another(mine))) as second:
            await anext(first)
            await anext(second)
            with pytest.raises(LimitError, match="2 questions of yours") as caught:
                await ask(house.turns, "hello", "ann")
            assert caught.value.retry_after
            await ask(house.turns, "hello", "bob")
        await ask(house.turns, "hello", "ann")


async def test_turns_in_passing_count_in_memory(opening: Opening):
    async with opening(budgets={"questions_per_minute": 1}) as house:
        turns = passing_turns(house.passing.lend, rated=True)  # pyright: ignore[reportArgumentType]
        await ask(turns, "hello", "ann")
        with pytest.raises(LimitError):
            await ask(turns, "hello", "ann")
        await ask(turns, "hello", "bob")


async def test_counts_in_memory_pass_with_time(monkeypatch: pytest.MonkeyPatch):
    asked = PassingAsked()
    assert [await asked.count("ann", most=1), await asked.count("bob", most=1)] == [0, 0]
    assert 59 < await asked.count("ann", most=1) <= 60
    monkeypatch.setattr("graph.rates.MINUTE", 0.0)
    assert await asked.count("ann", most=1) == 0


async def test_a_cancelled_statement_is_unknown_and_ends_its_intent(opening: Opening):
    async with opening(SLOW) as house:
        asking = asyncio.create_task(ask(house.passing, "Sleep", "ann"))
        while not (await verify(house.system)).unfinished:
            await asyncio.sleep(0.05)
        asking.cancel()
        await asyncio.wait({asking})
        run = await last_run(house)
        assert (run.status, run.finished, run.error) == ("unknown", True, "CancelledError")


async def test_a_statement_whose_session_is_killed_is_never_ok(opening: Opening, shop_url: str):
    async with opening(SLOW) as house:
        asking = asyncio.create_task(ask(house.passing, "Sleep", "ann"))
        async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
            killed = 0
            while not asking.done():
                found = await connection.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE query LIKE '%generate_series%' AND state = 'active' AND pid <> pg_backend_pid()"
                )
                killed += (await found.fetchall())[0][0]
                await asyncio.sleep(0.05)
        assert killed
        assert {run.status for run in await runs(house.system)} == {"unknown"}
        assert (await verify(house.system)).ok


KILLED = """
import asyncio, sys
from pathlib import Path
from core.settings import load_settings
from graph.assembly import open_house
from graph.turns import Question
async def main():
    urls = {"system_database_url": sys.argv[1], "database_url": sys.argv[2], "model": "scripted:" + sys.argv[3]}
    async with open_house(load_settings(home=Path(sys.argv[4]), overrides=urls), rated=True) as house:
        async for event in house.turns.say(Question(text="Sleep", conversation="c")):
            print(event.type, flush=True)
asyncio.run(main())
"""


async def test_a_killed_process_leaves_an_unfinished_line_and_frees_its_place(
    opening: Opening, system: System, shop_url: str, tmp_path: Path
):
    async with opening(SLOW, budgets={"questions_at_once": 1}) as opened:
        arguments = [system.url, shop_url, str(tmp_path / "script.yaml"), str(tmp_path)]
        process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], stdout=subprocess.PIPE)
        while not (await verify(system)).unfinished:
            await asyncio.sleep(0.05)
        process.kill()
        process.communicate()
        report = await verify(system)
        assert (report.ok, report.unfinished) == (True, [1])
        run = await last_run(opened)
        assert (run.status, run.finished) == ("unknown", False)
        async with open_house(opened.settings, rated=True) as house:
            await ask(house.turns, "hello", "local")
