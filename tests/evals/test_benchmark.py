"""The benchmark measures what it says, in small; its figures depend on the machine, what is promised does not."""

from collections.abc import AsyncGenerator

import pytest

from evals.benchmark import catalogs, conversation, flight, links, memory, turns
from evals.benchmark.__main__ import PARTS, lines
from evals.benchmark.rig import Rig, open_rig
from evals.benchmark.timing import Figures, spread

CHECKPOINT_BYTES = 64 * 1024


@pytest.fixture
async def rig() -> AsyncGenerator[Rig]:
    async with open_rig() as opened:
        yield opened
    assert not opened.home.exists()


def inner(figures: Figures, *names: str) -> Figures:
    for name in names:
        found = figures[name]
        assert isinstance(found, dict)
        figures = found
    return figures


async def test_turns_and_their_checkpoints(rig: Rig) -> None:
    found = inner(await turns.measure(rig, sizes=(12,), rounds=2), "12_tables")
    assert set(found) == {
        "floor",
        "catalog_question",
        "catalog_question_checkpointed",
        "data_question",
        "data_question_checkpointed",
        "checkpoints",
    }
    assert inner(found, "floor")["times_floor"] == 1
    kept = inner(found, "checkpoints")
    assert kept["per_turn"] == 13
    assert isinstance(kept["max_bytes"], int) and 1_000 < kept["max_bytes"] <= CHECKPOINT_BYTES


async def test_catalogs(rig: Rig) -> None:
    found = await catalogs.measure(rig, sizes=(12, 60))
    assert [inner(found, name)["columns"] for name in ("12_tables", "60_tables")] == [120, 600]
    assert all(
        isinstance(each, int) or (isinstance(each, float) and each > 0) for each in inner(found, "60_tables").values()
    )


async def test_a_long_conversation_shrinks_by_retention(rig: Rig) -> None:
    found = await conversation.measure(rig, turns=100)
    before, after = found["bytes_per_turn"], found["bytes_per_turn_after_retention"]
    assert isinstance(before, int) and isinstance(after, int) and 0 < after < before / 2


async def test_questions_in_flight(rig: Rig) -> None:
    found = await flight.measure(rig, questions=16)
    rate = found["questions_per_s"]
    assert isinstance(rate, float) and rate > 1


async def test_links(rig: Rig) -> None:
    found = inner(await links.measure(rig, things=300, count=1_000, rounds=3), "postgresql")
    assert found["links"] == 1_000
    assert isinstance(found["reached"], int) and found["reached"] > 3
    assert set(found) == {"links", "load_s", "again_s", "reached", "three_hops", "impact", "path"}


@pytest.mark.slow
async def test_memory_of_fresh_processes(rig: Rig) -> None:
    found = await memory.measure(rig, imports=1)
    opened, later = found["open_mb"], found[f"after_{memory.QUESTIONS}_turns_mb"]
    assert isinstance(opened, float) and isinstance(later, float) and 20 < opened <= later < 2 * opened


def test_every_part_has_a_name() -> None:
    assert list(PARTS) == ["memory", "catalogs", "turns", "flight", "conversation", "links", "metrics"]


def test_figures_are_printed_one_line_per_group() -> None:
    printed = list(lines({"turns": {"floor": spread([1.0, 2.0, 3.0]), "rounds": 3}}))
    assert [line.split() for line in printed] == [
        ["turns", "rounds", "3"],
        ["turns", "floor", "p50_ms", "2.0", "p95_ms", "3.0"],
    ]


def test_a_spread_beside_its_floor() -> None:
    assert spread([4.0, 8.0, 6.0], floor=[2.0, 2.0, 9.0]) == {"p50_ms": 6.0, "p95_ms": 8.0, "times_floor": 3.0}
