import asyncio
import os
import time
from pathlib import Path

import pytest

from graph.housekeeping import EVERY_SECONDS, LEASE
from store.leases import Leases
from store.system import System
from tests.graph.conftest import Opening, answered

INNER = "SELECT count(*) FROM datachat.checkpoints WHERE checkpoint_ns <> ''"


async def inner_checkpoints(system: System) -> int:
    async with system.connection() as connection:
        [(count,)] = await (await connection.execute(INNER.encode())).fetchall()
    return count


@pytest.fixture
async def mark(opening: Opening, tmp_path: Path) -> Path:
    """A conversation with one turn, and housekeeping that was done hours ago."""
    async with opening() as house:
        await answered(house.turns, "Which tables are there?", conversation="c")
    path = tmp_path / "housekeeping"
    long_ago = time.time() - 2 * EVERY_SECONDS
    os.utime(path, (long_ago, long_ago))
    return path


async def test_old_inner_checkpoints_go_and_the_turn_stays(opening: Opening, system: System, mark: Path) -> None:
    async with opening(checkpoint_days=0) as house:
        async with asyncio.timeout(10):
            while await inner_checkpoints(system):
                await asyncio.sleep(0.02)
        [turn] = await house.conversations.messages("c", user="local")
        assert turn.answer and [step.node for step in turn.answer.trace][-1] == "answer"
        kept = await house.turns.runner.graph.aget_state({"configurable": {"thread_id": "c"}})
    assert [each.question for each in kept.values["turns"]] == ["Which tables are there?"]
    assert time.time() - mark.stat().st_mtime < EVERY_SECONDS


async def test_what_is_young_stays(opening: Opening, system: System, mark: Path) -> None:
    async with opening():
        await asyncio.sleep(0.5)
    assert time.time() - mark.stat().st_mtime < EVERY_SECONDS
    assert await inner_checkpoints(system)


async def test_short_commands_together_do_it_once_an_hour(opening: Opening, system: System, mark: Path) -> None:
    mark.touch()
    async with opening(checkpoint_days=0):
        await asyncio.sleep(0.5)
    assert await inner_checkpoints(system)


async def test_one_process_does_it_at_a_time(opening: Opening, system: System, mark: Path) -> None:
    async with Leases.open(system) as other:
        assert await other.acquire(LEASE)
        async with opening(checkpoint_days=0):
            await asyncio.sleep(0.5)
    assert await inner_checkpoints(system)


async def test_a_home_that_cannot_be_written_is_no_hindrance(opening: Opening, system: System, mark: Path) -> None:
    mark.unlink()
    mark.symlink_to(mark.parent / "nowhere" / "mark")
    async with opening(checkpoint_days=0):
        async with asyncio.timeout(10):
            while await inner_checkpoints(system):
                await asyncio.sleep(0.02)
