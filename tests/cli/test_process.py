"""The command as a process: its start, its streams, its signals."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import ROOT, Started

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_help_imports_next_to_nothing() -> None:
    """What makes it quick."""
    probe = (
        "import sys; sys.argv = ['datachat', '--help']\n"
        "from cli.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = done.stderr.split()
    assert "demo" in done.stdout
    assert not {"pydantic", "rich.console", "langgraph", "psycopg"} & set(modules)


def test_the_reader_of_a_pipe_may_leave(started: Started, shop: Path) -> None:
    with started("ask", "list tables", "--db", shop) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert (process.wait(30), process.stderr.read()) == (0, b"")


def test_no_colours_without_a_terminal_and_any_encoding(started: Started, shop: Path) -> None:
    for variables in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1", "TERM": "dumb"}):
        with started("ask", "Show 2 rows of customers", "--db", shop, **variables) as process:
            out, err = process.communicate(timeout=30)
        assert (process.returncode, b"Ada" in out, b"\x1b" in out + err) == (0, True, False)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_survived(started: Started, shop: Path, closed: str) -> None:
    datachat = Path(sys.executable).with_name("datachat")
    script = f'"$0" ask "list tables" --db "$1" {closed}'
    with started(shop, command=["sh", "-c", script, str(datachat)]) as process:
        _, err = process.communicate(timeout=30)
    assert (process.returncode, b"Traceback" in err) == (0, False)


def test_a_secret_is_not_in_any_process_that_it_starts(started: Started, shop: Path) -> None:
    secret = "sk-hunter2"
    with started("chat", "--db", shop, OPENAI_API_KEY=secret, SYSTEM_DATABASE_URL=None) as process:
        assert process.stdin and process.stderr
        process.stdin.write(b"How many rows are in customers?\n")
        process.stdin.flush()
        assert process.stdout and process.stdout.readline()
        assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if secret.encode() in read(path)]
        out, err = process.communicate(timeout=60)
    assert secret.encode() not in out + err


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def left_behind(folder: Path) -> list[bytes]:
    """Command lines of processes that still work in a folder."""
    lines = [read(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    return [line for line in lines if str(folder).encode() in line]


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_any_moment_leaves_nothing_behind(
    started: Started, shop: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """Its own embedded server is started and stopped each time; once it has begun, the exit code says what ended it."""
    home = tmp_path / "own"
    chance = random.Random(how)
    for _ in range(6):
        command = ("--home", home, "ask", "list tables", "--db", shop)
        with started(*command, SYSTEM_DATABASE_URL=None) as process:
            time.sleep(chance.uniform(0.1, 3))
            os.killpg(process.pid, how)
            time.sleep(chance.uniform(0, 0.2))
            if process.poll() is None:
                os.killpg(process.pid, how)
            _, err = process.communicate(timeout=60)
        assert b"Traceback" not in err, err.decode()
        assert b"Warning" not in err, err.decode()
        assert process.returncode in (0, 128 + how, -how)
        assert left_behind(home) == []


def test_ctrl_c_ends_the_statement_in_the_database(started: Started, fresh_url: str) -> None:
    name = f"endless_{os.getpid()}"
    with psycopg.connect(fresh_url) as connection:
        connection.execute("CREATE TABLE t AS SELECT * FROM generate_series(1, 10000) AS i")
    lines = f'{{"id": 1, "sql": "SELECT count(*) AS {name} FROM t a, t b, t c"}}\n'.encode()
    with started("sql", "run", "--db", fresh_url, "--timeout", "60") as process:
        assert process.stdin
        process.stdin.write(lines)
        process.stdin.flush()
        assert wait_until(lambda: running(fresh_url, name) == 1)
        process.send_signal(signal.SIGINT)
        assert wait_until(lambda: running(fresh_url, name) == 0, seconds=2)
        process.communicate(timeout=30)
    assert process.returncode == 130


def running(url: str, name: str) -> int:
    """How many statements with this name are at work."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE state = 'active' AND query LIKE %s AND pid <> pg_backend_pid()",
            [f"%{name}%"],
        ).fetchone()
    return row[0] if row else 0


def computed(pid: int) -> float:
    """How many seconds a process has computed."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_until(happened: Callable[[], bool], *, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_ctrl_c_ends_a_question_of_a_chat_and_not_the_chat(started: Started, shop: Path, tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(f"replies:\n  - sql: {ENDLESS}, customers\n    confidence: 0.9\n")
    model = f"scripted:{tmp_path / 'model.yaml'}"
    with started("chat", "--db", shop, "--model", model) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(b"What is the largest number?\n")
        process.stdin.flush()
        # Starting takes less; the rest is the statement, which runs inside the process.
        assert wait_until(lambda: computed(process.pid) > 5)
        process.send_signal(signal.SIGINT)
        assert b"Stopped." in next(line for line in process.stderr if b"Stopped" in line)
        process.stdin.write(b"How many rows are in customers?\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"Row count: 3.\n"
        process.stdin.close()
        assert process.wait(30) == 0


def test_ctrl_c_ends_waiting_for_input(started: Started, shop: Path) -> None:
    for command in (["ask", "-", "--db", shop], ["sql", "run", "--db", shop], ["chat", "--db", shop]):
        with started(*command) as process:
            time.sleep(4)
            process.send_signal(signal.SIGINT)
            time.sleep(0.3)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
        assert process.returncode in (0, 130, -signal.SIGINT)
        assert b"Traceback" not in err


@pytest.mark.slow
def test_serve_refuses_other_machines_and_leaves_on_ctrl_c(started: Started) -> None:
    with started("serve", "--host", "0.0.0.0") as process:
        _, err = process.communicate(timeout=30)
        assert (process.returncode, b"127.0.0.1" in err) == (2, True)
    with started("serve", "--port", "0") as process:
        assert process.stdout and process.stderr
        assert b"http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert b"Traceback" not in process.stderr.read()
