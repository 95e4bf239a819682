import asyncio
import time
from uuid import uuid4

import httpx2
import pytest

from core.values import Answer
from tests.api.client import Server, Told, ask, client_of, stream, turn_of
from tests.api.conftest import Serving
from tests.api.test_disconnects import quiet_after, until_running

AMBIGUOUS = "What are the columns of orders?"


async def test_a_clarification_and_its_reply(client: httpx2.AsyncClient):
    told = await stream(client, "POST", "/chat", json={"message": AMBIGUOUS})
    assert [each.type for each in told[-2:]] == ["clarification", "answer"], "the stream ends while the turn waits"
    asked = told[-1].data
    options = asked["clarification"]["options"]
    assert asked["status"] == "clarify"
    assert len(options) == 2
    turn = asked["turn_id"]
    again = await stream(client, "GET", f"/turns/{turn}/events", headers={"Last-Event-ID": str(told[-1].id)})
    assert again == [], "there is nothing to wait for"
    resumed = await stream(client, "POST", f"/turns/{turn}/resume", json={"reply": options[1]})
    assert [each.id for each in resumed] == [len(told) + 1 + place for place in range(len(resumed))]
    assert resumed[-1].type == "turn.finished"
    assert resumed[-1].data["status"] == "answered"
    assert await stream(client, "GET", f"/turns/{turn}/events") == told + resumed


async def test_a_reply_may_come_as_the_next_message(client: httpx2.AsyncClient):
    chat = uuid4().hex
    asked = await ask(client, AMBIGUOUS, conversation_id=chat)
    answer = await ask(client, "1", conversation_id=chat)
    assert (answer["status"], answer["turn_id"]) == ("answered", asked["turn_id"])


async def test_a_stale_reply_is_refused(client: httpx2.AsyncClient):
    asked = await ask(client, AMBIGUOUS)
    turn = asked["turn_id"]
    assert (await client.post(f"/turns/{turn}/resume", json={"reply": "1"})).json()["status"] == "answered"
    late = await client.post(f"/turns/{turn}/resume", json={"reply": "2"})
    assert late.status_code == 409
    assert late.json()["error"]["code"] == "stale"
    answered = await ask(client, "hello")
    late = await client.post(f"/turns/{answered['turn_id']}/resume", json={"reply": "2"})
    assert late.status_code == 409


async def test_a_review_is_run(client: httpx2.AsyncClient):
    told = await stream(client, "POST", "/chat", json={"message": "an unsure question"})
    assert [each.type for each in told[-2:]] == ["approval", "answer"]
    asked = told[-1].data
    assert asked["status"] == "waiting"
    assert "customers" in asked["review"]["sql"]
    done = await client.post(f"/turns/{asked['turn_id']}/resume", json={"choice": "run"})
    assert (done.json()["status"], done.json()["rows"]) == ("answered", [["Customer 7"]])


async def test_a_review_is_edited(client: httpx2.AsyncClient):
    asked = await ask(client, "an unsure question")
    edit = {"choice": "edit", "sql": "SELECT name FROM customers WHERE id = 9"}
    done = await client.post(f"/turns/{asked['turn_id']}/resume", json=edit)
    assert done.json()["rows"] == [["Customer 9"]]


async def test_an_edit_passes_the_gate_like_any_statement(client: httpx2.AsyncClient):
    asked = await ask(client, "an unsure question")
    edit = {"choice": "edit", "sql": "DELETE FROM customers"}
    refused = (await client.post(f"/turns/{asked['turn_id']}/resume", json=edit)).json()
    assert refused["status"] == "waiting"
    assert (await client.post(f"/turns/{asked['turn_id']}/resume", json={"choice": "cancel"})).json()["rows"] == []


@pytest.mark.parametrize("reply", [{"reply": "maybe"}, {"choice": "edit"}])
async def test_a_reply_that_makes_no_sense_changes_nothing(client: httpx2.AsyncClient, reply: dict[str, str]):
    asked = await ask(client, "an unsure question")
    refused = await client.post(f"/turns/{asked['turn_id']}/resume", json=reply)
    assert refused.status_code == 400
    done = await client.post(f"/turns/{asked['turn_id']}/resume", json={"choice": "run"})
    assert done.json()["status"] == "answered"


async def test_a_review_is_cancelled(client: httpx2.AsyncClient):
    asked = await ask(client, "an unsure question")
    done = await client.post(f"/turns/{asked['turn_id']}/resume", json={"choice": "cancel"})
    assert (done.json()["status"], done.json()["sql"]) == ("abstain", None)


async def begun(client: httpx2.AsyncClient, message: str) -> tuple[str, "asyncio.Task[list[Told]]"]:
    """The id of a running turn, and the task that follows it."""
    chat = uuid4().hex
    body = {"message": message, "conversation_id": chat}
    following = asyncio.create_task(stream(client, "POST", "/chat", json=body))
    return await turn_of(client, chat), following


async def test_a_running_turn_is_cancelled(client: httpx2.AsyncClient, shop_url: str):
    turn, following = await begun(client, "slow")
    await until_running(shop_url)
    response = await client.post(f"/turns/{turn}/cancel")
    assert response.status_code == 200
    assert response.json()["error"]["code"] == "cancelled"
    await quiet_after(shop_url, seconds=2)
    told = await following
    assert [each.id for each in told] == list(range(1, len(told) + 1))
    assert told[-1].type == "turn.finished"
    assert Answer.model_validate(told[-1].data).error == Answer.model_validate(response.json()).error
    assert (await client.post(f"/turns/{turn}/cancel")).status_code == 409


async def test_a_waiting_turn_is_cancelled(client: httpx2.AsyncClient):
    asked = await ask(client, AMBIGUOUS)
    assert (await client.post(f"/turns/{asked['turn_id']}/cancel")).status_code == 200
    told = await stream(client, "GET", f"/turns/{asked['turn_id']}/events")
    assert [each.type for each in told[-3:]] == ["answer", "answer", "turn.finished"]
    assert (await client.post(f"/turns/{asked['turn_id']}/resume", json={"reply": "1"})).status_code == 409


async def test_a_finished_turn_cannot_be_cancelled(client: httpx2.AsyncClient):
    answered = await ask(client, "hello")
    assert (await client.post(f"/turns/{answered['turn_id']}/cancel")).status_code == 409


async def test_a_turn_of_another_process_is_cancelled(server: Server, serving: Serving, shop_url: str):
    other = serving(server)
    async with client_of(server) as client, client_of(other) as elsewhere:
        turn, following = await begun(client, "slow")
        await until_running(shop_url)
        heard = asyncio.Event()
        far = asyncio.create_task(stream(elsewhere, "GET", f"/turns/{turn}/events", each=lambda _: heard.set()))
        await heard.wait()
        started = time.monotonic()
        assert (await elsewhere.post(f"/turns/{turn}/cancel")).status_code == 200
        near, far_told = await asyncio.gather(following, far)
        assert time.monotonic() - started < 3
        assert near == far_told
        assert near[-1].data["error"]["code"] == "cancelled"
        await quiet_after(shop_url, seconds=2)


async def test_only_one_turn_at_a_time_in_a_conversation(client: httpx2.AsyncClient):
    chat = uuid4().hex
    first = asyncio.create_task(ask(client, "thinking", conversation_id=chat))
    await turn_of(client, chat)
    busy = await client.post("/chat", json={"message": "hello", "conversation_id": chat})
    assert busy.status_code == 409
    assert busy.json()["error"]["code"] == "busy"
    assert (await first)["status"] == "answered"


async def test_of_two_replies_at_once_one_counts(server: Server, serving: Serving):
    """Whichever process they reach: the other one is stale."""
    other = serving(server)
    async with client_of(server) as client, client_of(other) as elsewhere:
        for _ in range(20):
            asked = await ask(client, "an unsure question")
            path = f"/turns/{asked['turn_id']}/resume"
            replies = [each.post(path, json={"choice": "run"}) for each in (client, elsewhere, client, elsewhere)]
            codes = sorted(each.status_code for each in await asyncio.gather(*replies))
            assert codes == [200, 409, 409, 409]
            told = await stream(client, "GET", f"/turns/{asked['turn_id']}/events")
            assert [each.id for each in told] == list(range(1, len(told) + 1))
            assert [each.type for each in told].count("rows") == 1


@pytest.mark.parametrize("seen", ["x", "-1", "1e3", "9" * 30])
async def test_a_last_event_that_is_no_number(client: httpx2.AsyncClient, seen: str):
    answered = await ask(client, "hello")
    response = await client.get(f"/turns/{answered['turn_id']}/events", headers={"Last-Event-ID": seen})
    assert response.status_code == 400


async def test_a_finished_turn_can_be_read_again(client: httpx2.AsyncClient):
    told = await stream(client, "POST", "/chat", json={"message": "list the customers"})
    turn = told[-1].data["turn_id"]
    assert await stream(client, "GET", f"/turns/{turn}/events") == told
    assert await stream(client, "GET", f"/turns/{turn}/events?after=3") == told[3:]
    assert await stream(client, "GET", f"/turns/{turn}/events", headers={"Last-Event-ID": "999"}) == []
