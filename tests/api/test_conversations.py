from uuid import uuid4

import httpx2

from tests.api.client import Server, ask, client_of, stream
from tests.api.conftest import Serving


async def test_the_life_of_a_conversation(client: httpx2.AsyncClient):
    created = await client.post("/chat/conversations", json={"title": "Customers"})
    assert created.status_code == 201
    chat = created.json()["id"]
    await ask(client, "list the customers", conversation_id=chat)
    told = await stream(client, "POST", f"/chat/conversations/{chat}/messages", json={"message": "and by country?"})
    assert told[-1].type == "turn.finished"
    read = (await client.get(f"/chat/conversations/{chat}")).json()
    assert (read["title"], read["turns"]) == ("Customers", 2)
    assert [each["question"] for each in read["messages"]] == ["list the customers", "and by country?"]
    assert [each["answer"]["row_count"] for each in read["messages"]] == [40, 2]
    page = (await client.get(f"/chat/conversations/{chat}?limit=1&offset=1")).json()
    assert [each["question"] for each in page["messages"]] == ["and by country?"]
    renamed = await client.patch(f"/chat/conversations/{chat}", json={"title": "Countries"})
    assert renamed.json()["title"] == "Countries"
    assert (await client.delete(f"/chat/conversations/{chat}")).status_code == 204
    assert (await client.get(f"/chat/conversations/{chat}")).status_code == 404
    turn = read["messages"][0]["id"]
    assert (await client.get(f"/turns/{turn}/events")).status_code == 404


async def test_a_message_is_answered_as_json_where_that_is_asked_for(client: httpx2.AsyncClient):
    headers = {"Accept": "application/json"}
    response = await client.post(
        f"/chat/conversations/{uuid4().hex}/messages", json={"message": "hello"}, headers=headers
    )
    assert response.json()["status"] == "answered"


async def test_conversations_are_listed_by_page(serving: Serving):
    async with client_of(serving()) as client:
        for number in range(5):
            await client.post("/chat/conversations", json={"id": f"c{number}"})
        found: list[str] = []
        offset: int | None = 0
        while offset is not None:
            page = (await client.get(f"/chat/conversations?limit=2&offset={offset}")).json()
            found += [each["id"] for each in page["conversations"]]
            offset = page["next_offset"]
    assert found == ["c4", "c3", "c2", "c1", "c0"]


async def test_a_conversation_can_be_deleted_under_its_running_turn(server: Server, client: httpx2.AsyncClient):
    chat = uuid4().hex
    await stream(client, "POST", "/chat", json={"message": "slow", "conversation_id": chat}, until="sql")
    assert (await client.delete(f"/chat/conversations/{chat}")).status_code == 204
    assert (await ask(client, "hello", conversation_id=chat))["status"] == "answered"
    assert "Traceback" not in server.stderr()
