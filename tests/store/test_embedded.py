import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from core.errors import SetupError, UpstreamError
from store.embedded import ensure_database, start
from store.programs import MAJOR

if TYPE_CHECKING:
    from tests.store.conftest import Sharer

    Share = Callable[..., Sharer]

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row[0] if row else None


def is_running(home: Path) -> bool:
    from store.locks import FileLock

    with FileLock(home / "postgres" / "running") as lock:
        return not lock.take()


async def start_and_leave(home: Path) -> None:
    await (await start(home)).leave()
    assert not is_running(home)


class TestOneProcess:
    async def test_it_starts_fast_and_is_joined_at_once(self, home: Path):
        await start_and_leave(home)
        began = time.perf_counter()
        first = await start(home)
        started = time.perf_counter()
        second = await start(home)
        joined = time.perf_counter()
        await second.leave()
        assert ask(first.url, "SELECT 1") == 1
        await first.leave()
        print(f"\nsecond start {started - began:.3f} s, join {joined - started:.4f} s")

    async def test_a_server_that_lost_its_socket_is_started_again(self, home: Path):
        cut_off = await start(home)
        for socket in (home / "postgres" / "data").glob(".s.PGSQL.*"):
            socket.unlink()
        again = await start(home)
        assert ask(again.url, "SELECT 1") == 1
        await again.leave()
        await cut_off.leave()
        assert not is_running(home)

    async def test_it_is_a_real_postgres_with_vectors_and_no_network(self, home: Path):
        embedded = await start(home)
        assert str(ask(embedded.url, "SHOW server_version")).startswith(MAJOR)
        assert ask(embedded.url, "SHOW listen_addresses") == ""
        assert ask(embedded.url, "SHOW fsync") == "on"
        with psycopg.connect(embedded.url) as connection:
            connection.execute("CREATE EXTENSION vector")
            assert connection.execute("SELECT '[1,2]'::vector <-> '[1,3]'").fetchone() == (1.0,)
        pid = int((home / "postgres/data/postmaster.pid").read_text().split()[0])
        sockets = "".join(Path(f"/proc/{pid}/net/{name}").read_text() for name in ("tcp", "tcp6"))
        assert ":1538 " not in sockets
        await embedded.leave()

    async def test_data_stays(self, home: Path):
        embedded = await start(home)
        with psycopg.connect(embedded.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
        await embedded.leave()
        embedded = await start(home)
        assert ask(embedded.url, "SELECT n FROM kept") == 42
        await embedded.leave()

    async def test_to_leave_twice_or_from_a_lost_folder_is_harmless(self, home: Path):
        embedded = await start(home)
        other = await start(home)
        await other.leave()
        await other.leave()
        assert ask(embedded.url, "SELECT 1") == 1
        (home / "postgres" / "starting").unlink()
        (home / "postgres" / "starting").mkdir()
        await embedded.leave()
        (home / "postgres" / "starting").rmdir()
        await start_and_leave(home)

    async def test_a_cancelled_start_leaves_nothing_behind(self, home: Path):
        starting = asyncio.ensure_future(start(home))
        await asyncio.sleep(0.05)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        assert not is_running(home)

    async def test_a_long_or_odd_home_has_its_socket_elsewhere(self, home: Path):
        far = home / ("long" * 30) / "with, 'quotes' and ünicode"
        embedded = await start(far)
        assert ask(embedded.url, "SELECT 1") == 1
        socket = Path(str(ask(embedded.url, "SHOW unix_socket_directories")))
        assert far not in socket.parents
        assert socket.stat().st_mode & 0o077 == 0
        await embedded.leave()
        socket.rmdir()


class TestTrouble:
    async def test_data_of_another_major_version(self, home: Path):
        await start_and_leave(home)
        (home / "postgres/data/PG_VERSION").write_text("16\n")
        with pytest.raises(SetupError, match=r"made by PostgreSQL 16.*brings PostgreSQL 18"):
            await start(home)
        (home / "postgres/data/PG_VERSION").write_text("18\n")
        await start_and_leave(home)

    async def test_a_stale_pid_file_whose_number_is_in_use_again(self, home: Path):
        embedded = await start(home)
        pid_file = home / "postgres/data/postmaster.pid"
        lines = pid_file.read_text().splitlines()
        await embedded.leave()
        # As after a power cut: the file says ready, and its number now belongs to a living process.
        bystander = subprocess.Popen(["sleep", "60"])
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        embedded = await start(home)
        assert ask(embedded.url, "SELECT 1") == 1
        await embedded.leave()
        assert bystander.poll() is None
        bystander.kill()
        bystander.wait()

    async def test_a_torn_pid_file(self, home: Path):
        await start_and_leave(home)
        (home / "postgres/data/postmaster.pid").write_text("12\n")
        await start_and_leave(home)

    async def test_a_killed_server_is_recovered(self, home: Path):
        embedded = await start(home)
        with psycopg.connect(embedded.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
        os.kill(int((home / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            while True:
                ask(embedded.url, "SELECT 1")
        again = await start(home)
        assert ask(again.url, "SELECT n FROM kept") == 42
        await embedded.leave()
        assert ask(again.url, "SELECT n FROM kept") == 42
        await again.leave()
        assert not is_running(home)

    async def test_a_broken_server_says_why(self, home: Path):
        await start_and_leave(home)
        (home / "postgres/data/pg_hba.conf").write_text("nonsense\n")
        with pytest.raises(UpstreamError, match="did not start: could not load"):
            await start(home)

    async def test_a_home_that_cannot_be_written(self, home: Path):
        home.parent.joinpath("file").touch()
        with pytest.raises(UpstreamError, match="Not a directory"):
            await start(home.parent / "file" / "home")
        with pytest.raises(UpstreamError):
            await start(Path("/proc/datachat"))

    @pytest.fixture
    def small_disk(self, home: Path) -> Generator[Path]:
        if os.geteuid() != 0:
            pytest.skip("needs root to mount a small disk")
        home.mkdir()
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", home], check=False)
        if mount.returncode != 0:
            pytest.skip("may not mount a small disk")
        yield home
        subprocess.run(["umount", "--lazy", home], check=True)

    async def test_a_disk_too_full_to_begin(self, small_disk: Path):
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * 60_000_000)
        with pytest.raises(UpstreamError, match=r"disk that holds .* is full"):
            await start(small_disk)
        filler.unlink()
        await start_and_leave(small_disk)
        assert not list((small_disk / "postgres").glob("new-*"))

    async def test_a_disk_that_fills_up_later(self, small_disk: Path):
        from store.system import System

        system = await System.open(None, small_disk)
        async with system.connection() as connection:
            await connection.execute("CREATE TABLE many (text text)")
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 2_000_000))
        with pytest.raises(UpstreamError, match="disk of the system database is full"):
            async with system.connection() as connection:
                await connection.execute("INSERT INTO many SELECT repeat('x', 2000) FROM generate_series(1, 100000)")
        filler.unlink()
        async with system.connection() as connection:
            await connection.execute("INSERT INTO many VALUES ('room again')")
        await system.close()


class TestManyProcesses:
    async def test_the_last_to_leave_stops_it(self, home: Path, share: "Share"):
        first, second = share(), share()
        url = first.says()
        assert second.says() == url
        first.leave()
        assert ask(url, "SELECT 1") == 1
        second.leave()
        assert not is_running(home)

    async def test_a_killed_starter_takes_nobody_with_it(self, home: Path, share: "Share"):
        starter = share()
        url = starter.says()
        other = share()
        other.says()
        starter.kill()
        assert ask(url, "SELECT 1") == 1
        other.leave()
        assert not is_running(home)

    async def test_a_killed_sharer_is_not_waited_for(self, home: Path, share: "Share"):
        starter = share()
        starter.says()
        other = share()
        other.says()
        other.kill()
        starter.leave()
        assert not is_running(home)

    async def test_after_the_last_was_killed_the_next_finds_it_and_stops_it(self, home: Path, share: "Share"):
        only = share()
        url = only.says()
        only.kill()
        assert ask(url, "SELECT 1") == 1
        next_one = share()
        assert next_one.says() == url
        next_one.leave()
        assert not is_running(home)

    async def test_ctrl_c_reaches_the_starter_alone(self, home: Path, share: "Share"):
        starter = share()
        url = starter.says()
        other = share()
        other.says()
        os.killpg(starter.process.pid, signal.SIGINT)
        starter.close()
        assert ask(url, "SELECT 1") == 1
        other.leave()
        assert not is_running(home)

    @pytest.mark.parametrize("after", [0.0, 0.3, 0.6])
    async def test_killed_while_it_begins(self, home: Path, share: "Share", after: float):
        first = share()
        await asyncio.sleep(0.3 + after)
        first.kill()
        second = share()
        assert ask(second.says(), "SELECT 1") == 1
        second.leave()
        assert not is_running(home)
        assert not list((home / "postgres").glob("new-*"))

    async def test_several_begin_at_once(self, home: Path, share: "Share"):
        together = [share() for _ in range(4)]
        assert len({each.says() for each in together}) == 1
        for each in together:
            each.leave()
        assert not is_running(home)

    async def test_the_server_does_not_know_our_keys(self, home: Path, share: "Share"):
        one = share()
        one.says()
        pid = (home / "postgres/data/postmaster.pid").read_text().split()[0]
        assert b"canary" not in Path(f"/proc/{pid}/environ").read_bytes()
        one.leave()


class TestAccounts:
    @as_root
    async def test_as_root_the_server_is_somebody_else(self, home: Path, share: "Share"):
        one = share()
        one.says()
        pid = (home / "postgres/data/postmaster.pid").read_text().split()[0]
        assert Path(f"/proc/{pid}").stat().st_uid == pwd.getpwnam("datachat").pw_uid
        assert (home / "postgres").stat().st_uid == 0
        one.leave()

    @as_root
    async def test_as_an_ordinary_user_the_server_is_that_user(self, home: Path, share: "Share"):
        nobody = pwd.getpwnam("nobody").pw_uid
        home.parent.chmod(0o755)
        home.mkdir()
        os.chown(home, nobody, nobody)
        one, other = share(str(nobody)), share(str(nobody))
        url = one.says()
        assert url == other.says()
        pid = (home / "postgres/data/postmaster.pid").read_text().split()[0]
        assert Path(f"/proc/{pid}").stat().st_uid == nobody
        assert ask(url, "SELECT 1") == 1
        with pytest.raises(SetupError, match="belongs to nobody"):
            await start(home)
        one.leave()
        other.kill()
        last = share(str(nobody))
        last.says()
        last.leave()
        assert not is_running(home)

    @as_root
    async def test_an_ordinary_user_may_not_use_a_home_of_root(self, home: Path, share: "Share"):
        home.parent.chmod(0o755)
        await start_and_leave(home)
        said = share(str(pwd.getpwnam("nobody").pw_uid)).says()
        assert said.startswith("UpstreamError") and "Permission denied" in said

    @as_root
    async def test_only_the_server_s_account_may_pass_a_closed_folder(self, home: Path):
        closed = home / "closed"
        closed.mkdir(parents=True, mode=0o700)
        home.parent.chmod(0o700)
        embedded = await start(closed / "home")
        for name, passes in (("datachat", True), ("nobody", False)):
            user = pwd.getpwnam(name)
            looks = subprocess.run(
                ["test", "-x", closed], check=False, user=user.pw_uid, group=user.pw_gid, extra_groups=[]
            )
            assert (looks.returncode == 0) is passes
        assert ask(embedded.url, "SELECT 1") == 1
        await embedded.leave()


class TestFurtherDatabases:
    @pytest.mark.parametrize("name", ["demo", "Ünï cödé", "a%b/c?d#e&f", 'quo"te', "it's"])
    async def test_any_name_works_and_twice_is_once(self, system_url: str, name: str):
        url = await ensure_database(system_url, name)
        assert await ensure_database(system_url, name) == url
        assert ask(url, "SELECT current_database()") == name

    async def test_several_make_it_at_once(self, system_url: str):
        urls = await asyncio.gather(*(ensure_database(system_url, "together") for _ in range(8)))
        assert ask(urls[0], "SELECT current_database()") == "together"

    async def test_a_server_that_is_gone(self):
        with pytest.raises(UpstreamError):
            await ensure_database("postgresql://postgres@/x?host=/nowhere", "demo")
