"""The command line in this process, over a system database and a small shop of its own."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from cli.app import app
from store.embedded import ensure_database

ROOT = Path(__file__).parents[2]
FOR_THE_MODEL = "How generous are our customers?"
"""Nothing in the shop says what generous is, so no plan answers this."""


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Datachat = Callable[..., Done]


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with three customers, and two tables that are easily taken for each other."""
    path = tmp_path_factory.mktemp("shop") / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, balance NUMERIC)")
        connection.executemany(
            "INSERT INTO customers VALUES (?, ?, ?)", [(1, "Ada", 10), (2, "Bob", 2.5), (3, None, 0)]
        )
        connection.execute("CREATE TABLE stock_north (id INTEGER)")
        connection.execute("CREATE TABLE stock_south (id INTEGER)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def outside(system_url: str) -> str:
    """The URL of a system database that all tests of this room share."""
    return asyncio.run(ensure_database(system_url, f"cli_{uuid4().hex}"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder that goes with it: it holds the key of the connections."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def environment(home: Path, outside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Variables under which every command of a test runs, in an empty folder."""
    for name in list(os.environ):
        if name.startswith(("DATACHAT_", "DATABASE_", "OPENAI_", "LLM_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    chosen = {"DATACHAT_HOME": str(home), "SYSTEM_DATABASE_URL": outside}
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    return chosen


@pytest.fixture
def datachat(environment: Mapping[str, str]) -> Datachat:
    """Runs a command in this process."""

    def run(*arguments: str | Path, stdin: str | bytes = "", **variables: str) -> Done:
        handler = signal.getsignal(signal.SIGINT)
        try:
            done = CliRunner().invoke(app, [str(each) for each in arguments], input=stdin, env=dict(variables))
        finally:
            signal.signal(signal.SIGINT, handler)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


Started = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def started(environment: Mapping[str, str]) -> Started:
    """Starts the command as a process group of its own."""

    def start(*arguments: str | Path, command: Sequence[str] = (), **variables: str | None) -> subprocess.Popen[bytes]:
        chosen = {**os.environ, **environment, **variables}
        return subprocess.Popen(
            [*(command or [str(Path(sys.executable).with_name("datachat"))]), *map(str, arguments)],
            env={name: value for name, value in chosen.items() if value is not None},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    return start
