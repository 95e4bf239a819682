"""A turn whose process is killed goes on from its last checkpoint: nothing that was finished is done again."""

import asyncio
import json
import os
import random
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from store.embedded import ensure_database
from tests.providers.fake_server import Behaviour, FakeServer, fake_server

KILLS = 60
ROOT = Path(__file__).parents[2]
QUESTION = "How many pairs of numbers are there?"
STATEMENT = "SELECT count(*) AS pairs FROM numbers a JOIN numbers b ON a.n <> b.n"
ROWS = 1_000
ANSWER = [[ROWS * (ROWS - 1)]]


@dataclass(frozen=True)
class Zygote:
    """The process that forks a child for every turn."""

    process: asyncio.subprocess.Process
    order: dict[str, str]

    async def start(self, conversation: str, journal: Path) -> int:
        """Start one turn and return its pid."""
        assert self.process.stdin and self.process.stdout
        order = {**self.order, "conversation": conversation, "journal": str(journal)}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        await self.process.stdin.drain()
        return int(await asyncio.wait_for(self.process.stdout.readline(), 120))


@pytest.fixture
async def model() -> AsyncGenerator[FakeServer]:
    async with fake_server() as server:
        server.then(Behaviour(text=json.dumps({"sql": STATEMENT, "confidence": 0.9}), seconds=0.1))
        yield server


@pytest.fixture
async def zygote(system_url: str, fresh_url: str, model: FakeServer, tmp_path: Path) -> AsyncGenerator[Zygote]:
    asked = await ensure_database(system_url, f"asked_{os.getpid()}")
    async with await psycopg.AsyncConnection.connect(asked, autocommit=True) as connection:
        await connection.execute("DROP TABLE IF EXISTS numbers")
        await connection.execute("CREATE TABLE numbers (n int PRIMARY KEY)")
        await connection.execute("INSERT INTO numbers SELECT generate_series(1, %s)", [ROWS])
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("zygote.py")),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    order = {
        "system": fresh_url,
        "database": asked,
        "model": model.url,
        "home": str(tmp_path),
        "question": QUESTION,
    }
    ready = Zygote(process, order)
    await ready.start("rehearsal", tmp_path / "rehearsal")
    yield ready
    assert process.stdin
    process.stdin.close()
    await process.wait()


def lines(journal: Path) -> list[str]:
    return journal.read_text().splitlines() if journal.exists() else []


async def until(journal: Path, wanted: str, *, seconds: float = 120) -> None:
    """Wait until the journal holds a line that begins like this."""
    async with asyncio.timeout(seconds):
        while not any(line.startswith(wanted) for line in lines(journal)):
            await asyncio.sleep(0.002)


@pytest.mark.slow
async def test_sixty_killed_turns_go_on_without_repeating_anything(
    zygote: Zygote, model: FakeServer, tmp_path: Path
) -> None:
    dice = random.Random(7)
    interrupted = 0
    for number in range(KILLS):
        first, second = tmp_path / f"{number}.first", tmp_path / f"{number}.second"
        pid = await zygote.start(f"c{number}", first)
        await until(first, "turn ")
        await asyncio.sleep(dice.uniform(0, 0.35))
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        seen, paid = lines(first), len(model.asked)
        await zygote.start(f"c{number}", second)
        await until(second, "result")
        resumed = lines(second)
        assert f"result answered {json.dumps(ANSWER)}" in resumed, (seen, resumed)
        begun = next(line for line in resumed if line.startswith("turn "))
        # A turn whose end was stored before it could be told is over, and the same question begins another one.
        if "turn.finished " in seen or ("node.finished answer" in seen and begun not in seen):
            continue
        interrupted += 1
        # A node is told to start only after the checkpoint of the one before is written.
        if "node.started validator" in seen:
            assert len(model.asked) == paid, (seen, resumed)
        if "node.started answer" in seen:
            assert "node.started executor" not in resumed, (seen, resumed)
    print(f"{interrupted} of {KILLS} were interrupted")
    assert interrupted >= KILLS // 2
