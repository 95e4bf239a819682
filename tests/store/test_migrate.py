import asyncio
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from core.errors import SetupError
from store.migrate import FOLDER, migrate, migrations, version
from store.system import System, dial

ROOT = Path(__file__).parents[2]
LATEST = migrations()[-1].version


def test_steps_are_numbered_without_a_gap():
    assert [step.version for step in migrations()] == list(range(1, LATEST + 1))


async def test_every_table_is_in_our_schema(system: System):
    async with system.connection() as connection:
        rows = await connection.execute(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        assert await rows.fetchall() == [("datachat",)]


async def test_the_second_time_does_nothing(fresh_url: str):
    async with await dial(fresh_url) as connection:
        assert await version(connection) == 0
        assert await migrate(connection) == LATEST
        ledger = "SELECT version, name, applied_at, checksum FROM datachat.schema_migrations ORDER BY version"
        before = await (await connection.execute(ledger)).fetchall()
        assert await migrate(connection) == LATEST == await version(connection)
        assert await (await connection.execute(ledger)).fetchall() == before
        assert (before[0][0], before[0][1]) == (1, "foundation")


async def test_four_processes_at_once(fresh_url: str):
    code = "import asyncio, sys; from pathlib import Path; from store.system import System\n"
    code += "async def main():\n    system = await System.open(sys.argv[1], Path('.'))\n"
    code += "    print(await system.version())\n    await system.close()\nasyncio.run(main())"
    together = [
        subprocess.Popen([sys.executable, "-c", code, fresh_url], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(4)
    ]
    said = [await asyncio.to_thread(each.communicate) for each in together]
    assert [out.strip() for out, _ in said] == [str(LATEST)] * 4
    async with await dial(fresh_url) as connection:
        rows = await connection.execute("SELECT count(*) FROM datachat.schema_migrations")
        assert await rows.fetchone() == (LATEST,)


async def test_a_newer_database_is_refused(system: System, tmp_path: Path):
    async with system.connection() as connection:
        await connection.execute(
            "INSERT INTO datachat.schema_migrations (version, name, checksum) VALUES (999, 'later', '')"
        )
    with pytest.raises(SetupError, match=f"is at version 999, this DataChat knows versions up to {LATEST}"):
        await System.open(system.url, tmp_path)


async def test_a_step_that_was_changed_after_it_ran_is_refused(system: System, tmp_path: Path):
    for path in FOLDER.glob("*.sql"):
        (tmp_path / path.name).write_text(path.read_text())
    (tmp_path / "0001_foundation.sql").write_text((FOLDER / "0001_foundation.sql").read_text() + "-- changed")
    async with system.connection() as connection:
        with pytest.raises(SetupError, match="0001_foundation"):
            await migrate(connection, folder=tmp_path)


async def test_a_step_that_fails_leaves_nothing_and_keeps_those_before(fresh_url: str, tmp_path: Path):
    (tmp_path / "0001_good.sql").write_text("CREATE TABLE datachat.good (n int);")
    (tmp_path / "0002_bad.sql").write_text("CREATE TABLE datachat.half (n int); SELECT 1 / 0;")
    async with await dial(fresh_url) as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            await migrate(connection, folder=tmp_path)
        assert await version(connection) == 1
        rows = await connection.execute("SELECT to_regclass('datachat.good'), to_regclass('datachat.half')")
        assert await rows.fetchone() == ("datachat.good", None)
        (tmp_path / "0002_bad.sql").write_text("CREATE TABLE datachat.half (n int);")
        assert await migrate(connection, folder=tmp_path) == 2
