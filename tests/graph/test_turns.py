"""Whole turns through the real graph: answered, clarified, repaired, reviewed, followed up and stopped."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import cast

import psycopg
import pytest
from pydantic import JsonValue

from core.errors import NotFoundError, StaleError, UserError
from core.values import Answer, User
from graph.turns import Ledger, Question, TurnRecord
from tests.graph.conftest import Opening, Script, answer_of, answered, told

COUNT = "SELECT country, count(*) AS customers FROM customers GROUP BY country ORDER BY country"
BY_COUNTRY = "How many customers came back by country?"
"""Nothing in the shop says who came back, so this is a question for the model."""


def says(sql: str, **more: object) -> Script:
    """A model that has one thing to say."""
    return [{"sql": sql, "confidence": 0.9, **more}]


async def test_a_question_is_answered_with_its_proof(opening: Opening) -> None:
    async with opening(says(COUNT)) as house:
        events = await told(house.turns, BY_COUNTRY, conversation="c")
    answer = answer_of(events)
    assert answer.status == "answered"
    assert answer.rows == [["DE", 20], ["FR", 20]]
    assert answer.sql == COUNT
    assert answer.source == "model"
    assert "public.customers" in [each.id for each in answer.evidence]
    nodes = ["intent_gate", "retriever", "compiler", "sql_agent", "validator", "executor", "answer"]
    assert [step.node for step in answer.trace] == nodes
    assert answer.usage.llm_calls == 1
    assert answer.timing_ms.total >= answer.timing_ms.database > 0


async def test_events_are_numbered_from_one_and_end_with_the_answer(opening: Opening) -> None:
    async with opening(says(COUNT)) as house:
        events = await told(house.turns, BY_COUNTRY)
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    kinds = [event.type for event in events]
    assert kinds[0] == "turn.started"
    assert kinds[-2:] == ["answer", "turn.finished"]
    assert kinds.index("token") < kinds.index("sql") < kinds.index("rows") < kinds.index("answer")
    assert events[-1].data == events[-2].data


async def test_no_statement_of_the_catalog_is_sent_for_a_question(opening: Opening, shop_url: str) -> None:
    async with opening(says(COUNT)) as house:
        await answered(house.turns, BY_COUNTRY)
        database = await house.databases.get()
        async with await psycopg.AsyncConnection.connect(shop_url) as connection:
            await connection.execute("ALTER TABLE customers RENAME TO clients")
            await connection.commit()
        assert "public.customers" in database.catalog.by_text
        assert "public.clients" in (await house.databases.refresh()).catalog.by_text


async def test_more_rows_than_a_checkpoint_holds_come_whole(opening: Opening) -> None:
    async with opening(says("SELECT id, total FROM public.orders ORDER BY id")) as house:
        answer = await answered(house.turns, "Which orders came back first?", conversation="c")
        assert answer.row_count == len(answer.rows) == 250
        assert answer.result_id
        stored = await house.results.get(answer.result_id, offset=249)
    assert stored.rows == [[250, 312.5]]


async def test_a_name_in_two_schemas_is_clarified_and_a_number_chooses(opening: Opening) -> None:
    async with opening() as house:
        asked = await answered(house.turns, "What columns does orders have?", conversation="c")
        assert asked.status == "clarify"
        assert asked.clarification
        assert len(asked.clarification.options) == 2
        chosen = asked.clarification.options.index("archive.orders") + 1
        answer = await answered(house.turns, str(chosen), conversation="c")
    assert answer.status == "answered"
    assert [row[0] for row in answer.rows] == ["id", "total"]
    assert answer.turn_id == asked.turn_id
    assert [step.node for step in answer.trace].count("intent_gate") == 2


async def test_a_reply_counts_once(opening: Opening) -> None:
    async with opening() as house:
        asked = await answered(house.turns, "What columns does orders have?", conversation="c")
        question = Question(text="", conversation="c")
        replies = house.turns.resume(asked.turn_id, "archive.orders", question=question)
        answer = answer_of([event async for event in replies])
        assert answer.status == "answered"
        with pytest.raises(StaleError, match="does not wait"):
            await anext(house.turns.resume(asked.turn_id, "public.orders", question=question))
        with pytest.raises(UserError, match="empty"):
            waiting = await answered(house.turns, "What columns does orders have?", conversation="d")
            await anext(house.turns.resume(waiting.turn_id, " ", question=Question(text="", conversation="d")))


async def test_a_new_question_may_follow_a_question_back(opening: Opening) -> None:
    async with opening() as house:
        await answered(house.turns, "What columns does orders have?", conversation="c")
        answer = await answered(house.turns, "How many tables are there?", conversation="c")
    assert answer.status == "answered"
    assert answer.rows == [[3]]


async def test_after_the_last_clarification_the_turn_abstains(opening: Opening) -> None:
    async with opening(limits={"clarifications": 1}) as house:
        asked = await answered(house.turns, "What columns does orders have?", conversation="c")
        assert asked.status == "clarify"
        answer = await answered(house.turns, "the other one", conversation="c")
    assert answer.status == "abstain"


async def test_a_refused_draft_is_repaired(opening: Opening) -> None:
    script: Script = [
        {"sql": "SELECT count(*) FROM client", "confidence": 0.9, "times": 1},
        {"prompt": "client", "sql": "SELECT count(*) AS n FROM customers", "confidence": 0.9},
    ]
    async with opening(script) as house:
        answer = await answered(house.turns, "How many clients signed up in total?")
    assert answer.status == "answered"
    assert answer.rows == [[40]]
    assert answer.usage.llm_calls == 2


async def test_a_statement_that_the_database_refuses_is_repaired(opening: Opening) -> None:
    script: Script = [
        {"sql": "SELECT CAST(name AS int) FROM customers", "confidence": 0.9, "times": 1},
        {"sql": "SELECT max(name) AS n FROM customers", "confidence": 0.9},
    ]
    async with opening(script) as house:
        answer = await answered(house.turns, "What is the last customer name by letter?")
    assert answer.status == "answered"
    assert answer.rows == [["Customer 9"]]


async def test_repairs_are_bounded_and_the_refusal_is_told(opening: Opening) -> None:
    async with opening(says("DROP TABLE customers"), limits={"repairs": 2}) as house:
        answer = await answered(house.turns, "How many customers came back last year?")
        after = await answered(house.turns, "How many rows are in customers?")
    assert answer.status == "refused"
    assert answer.usage.llm_calls == 3
    assert after.rows == [[40]]


async def test_an_unsure_statement_waits_for_a_person_and_runs_as_edited(opening: Opening) -> None:
    async with opening(says(COUNT, confidence=0.4)) as house:
        waiting = await answered(house.turns, BY_COUNTRY, conversation="c")
        assert waiting.status == "waiting"
        assert waiting.sql == COUNT
        question = Question(text="", conversation="c")
        with pytest.raises(UserError, match="none of run, edit and cancel"):
            await anext(house.turns.resume(waiting.turn_id, "perhaps", question=question))
        edit: JsonValue = {"choice": "edit", "sql": "SELECT count(*) AS n FROM customers"}
        answer = answer_of([each async for each in house.turns.resume(waiting.turn_id, edit, question=question)])
    assert answer.status == "answered"
    assert answer.rows == [[40]]


async def test_an_edit_passes_the_same_gate(opening: Opening) -> None:
    async with opening(says(COUNT, confidence=0.4)) as house:
        waiting = await answered(house.turns, BY_COUNTRY, conversation="c")
        question = Question(text="", conversation="c")
        edit: JsonValue = {"choice": "edit", "sql": "DELETE FROM customers"}
        again = answer_of([each async for each in house.turns.resume(waiting.turn_id, edit, question=question)])
        assert again.status == "waiting"
        assert again.review
        assert "refused" in again.review.reason
        cancelled = await answered(house.turns, "cancel", conversation="c")
    assert cancelled.status == "abstain"


async def test_a_follow_up_leans_on_the_last_turn(opening: Opening) -> None:
    script: Script = [
        {"question": "only the last three", "prompt": "ORDER BY id", "sql": "SELECT id FROM public.orders LIMIT 3"},
        {"sql": "SELECT id FROM public.orders ORDER BY id LIMIT 5"},
    ]
    async with opening(script) as house:
        await answered(house.turns, "Which orders were placed first?", conversation="c")
        answer = await answered(house.turns, "only the last three", conversation="c")
    assert answer.row_count == 3


async def test_a_new_turn_starts_clean(opening: Opening) -> None:
    async with opening(says("DROP TABLE customers"), limits={"repairs": 0}) as house:
        refused = await answered(house.turns, "How many customers came back?", conversation="c")
        fresh = await answered(house.turns, "How many rows are in customers?", conversation="c")
    assert refused.status == "refused"
    assert fresh.status == "answered"
    assert fresh.usage.llm_calls == 0


async def test_one_turn_of_a_conversation_at_a_time(opening: Opening) -> None:
    async with opening([{"sql": COUNT, "seconds": 0.5}]) as house:
        first = asyncio.create_task(answered(house.turns, BY_COUNTRY, conversation="c"))
        while await house.conversations.last_turn("c") is None:
            await asyncio.sleep(0.02)
        with pytest.raises(StaleError, match="being worked on"):
            await answered(house.turns, BY_COUNTRY, conversation="c")
        assert (await first).status == "answered"


class Dying:
    """A ledger whose process dies before it notes the end of a turn."""

    def __init__(self, inner: Ledger) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    async def finish(self, turn: TurnRecord, answer: Answer) -> None:
        raise ConnectionResetError


async def test_a_turn_that_was_cut_off_behind_its_last_step_repeats_none(opening: Opening) -> None:
    async with opening(says(COUNT)) as house:
        dying = replace(house.turns, ledger=cast(Ledger, Dying(house.turns.ledger)))
        with pytest.raises(ConnectionResetError):
            await told(dying, BY_COUNTRY, conversation="c")
        events = await told(house.turns, BY_COUNTRY, conversation="c")
        again = await told(house.turns, BY_COUNTRY, conversation="c")
    assert answer_of(events).rows == [["DE", 20], ["FR", 20]]
    assert [event.type for event in events] == ["turn.started", "chart", "answer", "turn.finished"]
    assert "node.started" in [event.type for event in again], "the same question after its answer is a new turn"


async def test_others_do_not_see_a_conversation(opening: Opening) -> None:
    async with opening() as house:
        mine = await answered(house.turns, "What columns does orders have?", conversation="c")
        theirs = Question(text="", conversation="c", user=User(name="mallory"))
        with pytest.raises(NotFoundError):
            await anext(house.turns.resume(mine.turn_id, "public.orders", question=theirs))
        with pytest.raises(NotFoundError):
            await anext(house.turns.say(Question(text="hello", conversation="c", user=User(name="mallory"))))


async def test_a_closed_stream_stops_the_statement_and_the_same_question_goes_on(
    opening: Opening, shop_url: str
) -> None:
    slow = "SELECT count(*) AS n FROM public.orders a, public.orders b, public.orders c, public.orders d"
    async with opening(says(slow)) as house:
        stream = house.turns.say(Question(text="How many combinations of orders exist?", conversation="c"))
        async with aclosing(stream) as events:
            async for event in events:
                if event.type == "sql":
                    break
            await asyncio.sleep(0.1)
        async with await psycopg.AsyncConnection.connect(shop_url) as connection:
            active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%orders d%'"
            own = "AND pid <> pg_backend_pid() AND datname = current_database()"
            async with asyncio.timeout(2):
                while (await (await connection.execute(f"{active} {own}".encode())).fetchone()) != (0,):
                    await asyncio.sleep(0.05)
        record = await house.conversations.last_turn("c")
        assert record
        assert record.status == "running"
        with pytest.raises(StaleError):
            await anext(house.turns.resume(record.id, "x", question=Question(text="", conversation="c")))
        going_on = house.turns.say(Question(text="How many combinations of orders exist?", conversation="c"))
        nodes: list[object] = []
        async with aclosing(going_on) as events:
            async for event in events:
                nodes.append(event.data.get("node"))
                if event.type == "sql":
                    break
    assert "sql_agent" not in nodes


async def test_without_a_database_the_next_step_is_told(opening: Opening) -> None:
    async with opening(database_url=None) as house:
        answer = await answered(house.turns, "List the tables")
    assert answer.status == "error"
    assert answer.error
    assert answer.error.code == "not_set_up"
    assert "datachat demo" in answer.error.hint


async def test_an_unknown_database_names_the_known_ones(opening: Opening) -> None:
    async with opening() as house:
        answer = await answered(house.turns, "List the tables", database="nope")
    assert answer.error
    assert answer.error.code == "not_found"
    assert "shop_" in answer.error.hint


@pytest.mark.parametrize("odd", ["tables\0?", "tables \ud800?"])
async def test_what_postgresql_cannot_keep_harms_no_turn(opening: Opening, odd: str) -> None:
    async with opening() as house:
        answer = await answered(house.turns, f"List the {odd}", conversation="c")
        assert answer.status in ("answered", "abstain", "error")
        assert (await answered(house.turns, "List the tables", conversation="c")).status == "answered"
