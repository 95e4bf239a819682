import asyncio

import pytest

from core.errors import NotFoundError
from core.values import Answer, Event, Result, TurnRecord
from store.conversations import Conversations
from store.events import Events
from store.results import StoredResults
from store.system import System


def turn(number: int = 1, *, conversation: str = "c1", user: str = "ann", question: str = "How many?") -> TurnRecord:
    return TurnRecord(id=f"{conversation}-t{number}", conversation_id=conversation, user=user, question=question)


def over(record: TurnRecord) -> TurnRecord:
    return record.model_copy(update={"status": "finished"})


ANSWER = Answer(status="answered", answer="Three.\0", rows=[["9007199254740993", 0.1]], sql="SELECT 1")


@pytest.fixture
def conversations(system: System) -> Conversations:
    return Conversations(system)


async def test_a_turn_is_noted_from_begin_to_finish(conversations: Conversations):
    record = turn(question="Wie viele\0\n Kunden?").model_copy(update={"database": "sales", "model": "none"})
    await conversations.begin(record)
    begun = await conversations.turn(record.id)
    assert (begun.status, begun.answer, begun.database, begun.model) == ("running", None, "sales", "none")
    assert begun.question == "Wie viele\ufffd\n Kunden?"
    assert begun.started_at is not None and begun.finished_at is None
    await conversations.finish(over(record), ANSWER)
    done = await conversations.turn(record.id)
    assert (done.status, done.answer) == ("finished", ANSWER)
    assert done.finished_at is not None and done.finished_at >= begun.started_at
    assert (await conversations.get("c1", user="ann")).title == "Wie viele\ufffd Kunden?"


async def test_a_waiting_turn_goes_on(conversations: Conversations):
    record = turn()
    await conversations.begin(record)
    await conversations.finish(record.model_copy(update={"status": "waiting"}), ANSWER)
    waiting = await conversations.turn(record.id)
    assert (waiting.status, waiting.finished_at) == ("waiting", None)
    await conversations.begin(waiting)
    assert (await conversations.turn(record.id)).status == "running"
    assert (await conversations.get("c1", user="ann")).turns == 1


async def test_a_new_turn_takes_the_place_of_an_open_one(conversations: Conversations):
    await conversations.begin(turn(1))
    await conversations.finish(over(turn(1)), ANSWER)
    await conversations.begin(turn(2))
    await conversations.begin(turn(3))
    assert [each.status for each in await conversations.messages("c1", user="ann")] == [
        "finished",
        "cancelled",
        "running",
    ]
    last = await conversations.last_turn("c1")
    assert last is not None and last.id == "c1-t3"


async def test_conversations_are_listed_latest_first_and_by_page(conversations: Conversations):
    for name in ("a", "b", "c"):
        await conversations.create(name, user="ann", title=name.upper())
    await conversations.begin(turn(conversation="a"))
    listed = await conversations.list(user="ann")
    assert [(each.id, each.title, each.turns) for each in listed] == [("a", "A", 1), ("c", "C", 0), ("b", "B", 0)]
    assert [each.id for each in await conversations.list(user="ann", limit=1, offset=1)] == ["c"]


async def test_a_title_is_short_and_can_be_changed(conversations: Conversations):
    await conversations.begin(turn(question="x" * 100_000))
    assert (await conversations.get("c1", user="ann")).title == "x" * 80
    assert (await conversations.rename("c1", "Customers", user="ann")).title == "Customers"
    await conversations.begin(turn(2, question="And now?"))
    assert (await conversations.get("c1", user="ann")).title == "Customers"


async def test_to_others_it_does_not_exist(conversations: Conversations):
    await conversations.begin(turn())
    assert await conversations.list(user="bob") == []
    assert await conversations.last_turn("c1", user="bob") is None
    for attempt in (
        conversations.get("c1", user="bob"),
        conversations.messages("c1", user="bob"),
        conversations.rename("c1", "mine", user="bob"),
        conversations.delete("c1", user="bob"),
        conversations.create("c1", user="bob"),
        conversations.turn("c1-t1", user="bob"),
        conversations.begin(turn(2, user="bob")),
        conversations.begin(turn(conversation="c2", user="bob").model_copy(update={"id": "c1-t1"})),
    ):
        with pytest.raises(NotFoundError):
            await attempt
    assert [each.id for each in await conversations.messages("c1", user="ann")] == ["c1-t1"]
    assert (await conversations.get("c1", user="ann")).title == "How many?"


async def test_messages_come_in_order_and_by_page(conversations: Conversations):
    for number in range(5):
        await conversations.begin(turn(number))
    page = await conversations.messages("c1", user="ann", limit=2, offset=3)
    assert [each.id for each in page] == ["c1-t3", "c1-t4"]


async def test_delete_takes_everything_along(system: System, conversations: Conversations):
    results, events = StoredResults(system), Events(system)
    for name in ("gone", "kept"):
        record = turn(conversation=name)
        await conversations.begin(record)
        await events.append(record.id, [Event(type="turn.started", id=1, data={})])
        result_id = await results.put(Result(columns=[], rows=[[1]]))
        await conversations.finish(over(record), ANSWER.model_copy(update={"result_id": result_id}))
    await conversations.delete("gone", user="ann")
    async with system.connection() as connection:
        for table in ("conversations", "turns", "events", "results", "result_chunks"):
            rows = await connection.execute(f"SELECT count(*) FROM datachat.{table}".encode())
            assert await rows.fetchone() == (1,), table
    with pytest.raises(NotFoundError):
        await conversations.delete("gone", user="ann")


async def test_the_thousandth_turn_is_found_as_fast_as_the_first(conversations: Conversations):
    for number in range(1_000):
        await conversations.begin(turn(number))
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(20):
        assert (await conversations.last_turn("c1")) is not None
    assert (loop.time() - began) / 20 < 0.02
