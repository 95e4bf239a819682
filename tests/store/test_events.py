import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from core.errors import NotFoundError, StaleError
from core.values import Answer, Event, EventType, TurnRecord
from store.conversations import Conversations
from store.events import Events
from store.system import System

ROOT = Path(__file__).parents[2]
TELL = """
import asyncio, sys
from pathlib import Path
from core.values import Event
from store.events import Events
from store.system import System
async def main():
    system = await System.open(sys.argv[1], Path('.'))
    await Events(system).append('t1', [Event(type='token', id=1, data={}), Event(type='turn.finished', id=2, data={})])
    await system.close()
asyncio.run(main())
"""
RECORD = TurnRecord(id="t1", conversation_id="c1", user="ann", question="How many?")


def event(number: int, type: EventType = "token") -> Event:
    return Event(type=type, id=number, data={"text": f"wört {number}\0", "n": [number, None, 0.1]})


@pytest.fixture
async def events(system: System) -> AsyncIterator[Events]:
    await Conversations(system).begin(RECORD)
    yield Events(system)


async def test_events_come_back_as_they_were(events: Events):
    told = [event(number) for number in range(1, 8)]
    await events.append("t1", told[:1])
    await events.append("t1", told[1:6])
    await events.append("t1", [])
    await events.append("t1", told[6:])
    assert await events.read("t1") == told
    assert await events.read("t1", after=5) == told[5:]
    assert await events.read("t1", after=2, limit=2) == told[2:4]
    assert await events.read("t1", after=99) == []
    assert await events.last_id("t1") == 7
    assert await events.last_id("other") == 0


@pytest.mark.parametrize("numbers", [[2], [1], [0], [4], [2, 3], [5, 6]])
async def test_ids_grow_by_one(events: Events, numbers: list[int]):
    await events.append("t1", [event(1), event(2)])
    before = await events.read("t1")
    with pytest.raises(StaleError):
        await events.append("t1", [event(number) for number in numbers])
    assert await events.read("t1") == before


@pytest.mark.parametrize("numbers", [[1, 3], [1, 1], [2, 1]])
async def test_a_batch_with_a_gap_is_a_mistake(events: Events, numbers: list[int]):
    with pytest.raises(ValueError, match="grow by one"):
        await events.append("t1", [event(number) for number in numbers])


async def test_of_two_writers_one_is_told(events: Events):
    for number in range(1, 30):
        both = (events.append("t1", [event(number)]) for _ in range(2))
        ends = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(type(end).__name__ for end in ends) == ["NoneType", "StaleError"]
    assert [each.id for each in await events.read("t1")] == list(range(1, 30))


async def test_an_unknown_turn(events: Events):
    with pytest.raises(NotFoundError):
        await events.append("nope", [event(1)])
    with pytest.raises(NotFoundError):
        await events.read("nope")
    with pytest.raises(NotFoundError):
        await anext(events.follow("nope"))


async def test_a_follower_gets_everything_once_and_ends(events: Events):
    async def tell() -> None:
        for number in range(1, 20):
            await events.append("t1", [event(number)])
            await asyncio.sleep(0.001)
        await events.append("t1", [event(20), event(21, "turn.finished")])

    telling = asyncio.ensure_future(tell())
    followers = [[each.id async for each in events.follow("t1", after=after)] for after in (0, 5)]
    await telling
    assert followers == [list(range(1, 22)), list(range(6, 22))]
    assert [each.id async for each in events.follow("t1", after=20)] == [21]
    assert [each async for each in events.follow("t1", after=21)] == []


async def test_an_event_of_this_process_comes_at_once(events: Events):
    await events.append("t1", [event(1)])
    async with aclosing(events.follow("t1")) as following:
        assert (await anext(following)).id == 1
        coming = asyncio.ensure_future(anext(following))
        await asyncio.sleep(0.7)
        await events.append("t1", [event(2)])
        assert (await coming).id == 2


async def test_an_event_of_another_process_comes_soon(system: System, events: Events):
    with subprocess.Popen([sys.executable, "-c", TELL, system.url], cwd=ROOT):
        async with asyncio.timeout(20):
            assert [each.id async for each in events.follow("t1")] == [1, 2]


async def test_a_turn_that_was_cancelled_without_a_last_event_ends(system: System, events: Events):
    await events.append("t1", [event(1)])
    async with system.connection() as connection:
        await connection.execute(
            "UPDATE datachat.turns SET status = 'cancelled', finished_at = now() - interval '1 minute'"
        )
    assert [each.id async for each in events.follow("t1")] == [1]


async def test_a_finished_turn_waits_a_moment_for_its_last_events(system: System, events: Events):
    await Conversations(system).finish(
        RECORD.model_copy(update={"status": "finished"}), Answer(status="answered", answer="3")
    )
    following = asyncio.ensure_future(anext(events.follow("t1")))
    await asyncio.sleep(0.3)
    await events.append("t1", [event(1, "turn.finished")])
    assert (await following).id == 1


async def test_a_deleted_turn_is_said_so(system: System, events: Events):
    following = asyncio.ensure_future(anext(events.follow("t1")))
    await asyncio.sleep(0.1)
    await Conversations(system).delete("c1", user="ann")
    with pytest.raises(NotFoundError):
        await following


async def test_many_events_are_read_by_pages(events: Events):
    await events.append("t1", [event(number) for number in range(1, 1_802)])
    await events.append("t1", [event(1_802, "turn.finished")])
    assert [each.id async for each in events.follow("t1")] == list(range(1, 1_803))
