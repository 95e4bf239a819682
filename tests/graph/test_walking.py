"""A question that stands alone is walked: without LangGraph's steps, and with everything else as by them."""

import asyncio
from collections.abc import Sequence

import psycopg
import pytest
from langchain_core.runnables import RunnableConfig

from core.values import Answer, Event
from graph.turns import Question, Turns
from tests.graph.conftest import Opening, Script, answer_of, told

SURE: Script = [{"sql": "SELECT country, count(*) AS n FROM customers GROUP BY country ORDER BY 1", "confidence": 0.9}]
REFUSED_ONCE: Script = [
    {"sql": "SELECT CAST(name AS int) FROM customers", "confidence": 0.9, "times": 1},
    {"sql": "DROP TABLE customers", "confidence": 0.9, "times": 1},
    {"sql": "SELECT max(name) AS n FROM customers", "confidence": 0.9},
]
UNSURE: Script = [{"sql": "SELECT count(*) AS n FROM customers", "confidence": 0.4}]
SLOW: Script = [{"sql": "SELECT count(*) AS n FROM orders AS a, orders AS b, orders AS c", "confidence": 0.9}]
CAME_BACK = "How many customers came back by country?"


def happened(events: Sequence[Event]) -> list[object]:
    """What was told, without what differs from run to run."""
    return [event.data.get("node") or event.type for event in events]


def said(answer: Answer) -> dict[str, object]:
    """The answer, without what differs from run to run."""
    return answer.model_dump(
        exclude={
            "timing_ms": True,
            "turn_id": True,
            "conversation_id": True,
            "usage": True,
            "trace": {"__all__": {"ms"}},
        }
    )


@pytest.mark.parametrize(
    ("script", "question", "replies"),
    [
        (SURE, "Hello!", []),
        (SURE, "How many rows are in customers?", []),
        (SURE, CAME_BACK, []),
        (REFUSED_ONCE, CAME_BACK, []),
        (SURE, "What columns does orders have?", ["archive.orders"]),
        (SURE, "What columns does orders have?", ["the other one", "no, the other one"]),
        (UNSURE, CAME_BACK, ["run"]),
        (UNSURE, CAME_BACK, ["cancel"]),
    ],
)
async def test_it_tells_and_answers_what_the_steps_do(
    opening: Opening, script: Script, question: str, replies: Sequence[str]
) -> None:
    found: list[object] = []
    for way in ("single", "turns"):
        async with opening(script) as house:
            turns: Turns = getattr(house, way)
            told_to_all = [await told(turns, said_next, conversation="c") for said_next in (question, *replies)]
            found.append([(happened(events), said(answer_of(events))) for events in told_to_all])
    assert found[0] == found[1]


async def test_a_finished_turn_leaves_nothing(opening: Opening) -> None:
    async with opening(SURE) as house:
        await told(house.single, "What columns does orders have?", conversation="c")
        config: RunnableConfig = {"configurable": {"thread_id": "c"}}
        assert (await house.single.runner.graph.aget_state(config)).interrupts
        await told(house.single, "archive.orders", conversation="c")
        assert not (await house.single.runner.graph.aget_state(config)).values


async def test_a_connection_that_breaks_under_a_statement_is_tried_again(opening: Opening, shop_url: str) -> None:
    async with opening(SLOW, limits={"review_below": 0.0}) as house:
        asked = asyncio.create_task(told(house.single, CAME_BACK))
        async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
            for _ in range(200):
                found = await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%orders AS c%'"
                    " AND state = 'active' AND pid <> pg_backend_pid()"
                )
                if await found.fetchall():
                    break
                await asyncio.sleep(0.02)
        answer = answer_of(await asked)
    assert answer.rows == [[250**3]]


async def test_who_goes_away_stops_it(opening: Opening) -> None:
    async with opening(SURE) as house:
        events = house.single.say(Question(text=CAME_BACK, conversation="c"))
        async for event in events:
            if event.data.get("node") == "sql_agent":
                break
        await events.aclose()
        assert await house.single.leases.acquire("c")
