"""How often a user may ask, as a client of the API meets it."""

import asyncio
from collections.abc import Callable

from tests.api.client import Server, client_of, turn_of


async def test_too_many_questions_are_told_when_to_come_again(serving: Callable[..., Server]):
    server = serving(DATACHAT_BUDGETS__QUESTIONS_PER_MINUTE="2")
    async with client_of(server) as client:
        for _ in range(2):
            assert (await client.post("/chat", json={"message": "hello"})).status_code == 200
        refused = await client.post("/chat", json={"message": "hello"})
        assert refused.status_code == 429
        assert 50 <= int(refused.headers["retry-after"]) <= 60
        error = refused.json()["error"]
        assert (error["code"], "2 questions within a minute" in error["message"]) == ("limit", True)


async def test_only_so_many_questions_are_worked_on_at_once(serving: Callable[..., Server]):
    server = serving(DATACHAT_BUDGETS__QUESTIONS_AT_ONCE="2")
    async with client_of(server) as client:
        chats = ("one", "two")
        bodies = [{"message": "thinking", "conversation_id": chat} for chat in chats]
        working = [asyncio.create_task(client.post("/chat", json=body)) for body in bodies]
        for chat in chats:
            await turn_of(client, chat)
        refused = await client.post("/chat", json={"message": "hello"})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        assert [reply.status_code for reply in await asyncio.gather(*working)] == [200, 200]
        assert (await client.post("/chat", json={"message": "hello"})).status_code == 200
