import asyncio

from core.values import Spent
from store.budgets import AskedQuestions, UserSpending
from store.system import System


async def test_questions_of_the_last_minute_are_counted_for_each_user(system: System):
    asked = AskedQuestions(system)
    waits = await asyncio.gather(*(asked.count("ann", most=3) for _ in range(10)))
    assert sorted(waits)[:3] == [0, 0, 0]
    assert all(50 < wait <= 60 for wait in sorted(waits)[3:])
    assert await asked.count("bob", most=3) == 0


async def test_a_minute_later_there_is_room_again(system: System):
    asked = AskedQuestions(system)
    assert [await asked.count("ann", most=2) for _ in range(2)] == [0, 0]
    async with system.connection() as connection:
        await connection.execute(
            "UPDATE datachat.asked SET times = ARRAY[times[1] - interval '59.5 seconds', times[2]]"
        )
    assert 0 < await asked.count("ann", most=2) < 0.6
    await asyncio.sleep(0.6)
    assert await asked.count("ann", most=2) == 0
    assert await asked.count("ann", most=2) > 50


async def test_a_clock_that_was_ahead_locks_nobody_out(system: System):
    asked = AskedQuestions(system)
    await asked.count("ann", most=1)
    async with system.connection() as connection:
        await connection.execute("UPDATE datachat.asked SET times = ARRAY[now() + interval '1 day']")
    assert await asked.count("ann", most=1) == 0


async def test_what_is_spent_adds_up_for_a_user_and_a_day(system: System):
    mine, other = UserSpending(system, "ann"), UserSpending(system, "bob")
    assert await mine.today() == Spent()
    await asyncio.gather(*(mine.add(Spent(rows=10, bytes=20, cost=1.5, seconds=0.5)) for _ in range(4)))
    assert await mine.today() == Spent(rows=40, bytes=80, cost=6, seconds=2)
    assert await other.today() == Spent()
    async with system.connection() as connection:
        await connection.execute("UPDATE datachat.spent SET day = day - 1")
    assert await mine.today() == Spent()
