"""The Python door of DataChat.

async with datachat.open(database="postgresql://...", model="openai:gpt-4o") as dc:
    answer = await dc.ask("How many customers are active?")
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from core.collecting import passed_over, uncollected
from core.errors import UserError
from core.settings import load_settings
from core.values import Answer, Event, User

with uncollected():
    from graph.assembly import House, open_house
    from graph.turns import Question, Turns

__all__ = ["Answer", "DataChat", "Event", "open"]


@asynccontextmanager
async def open(
    *,
    database: str | None = None,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    home: str | Path | None = None,
    user: str | None = None,
) -> AsyncGenerator["DataChat"]:
    """Open DataChat; what is not given comes from the environment and `datachat.yaml`."""
    overrides = {"model": model, "openai_base_url": base_url, "openai_api_key": api_key}
    settings = load_settings(home=Path(home) if home else None, overrides=overrides)
    # Whoever asks without a name runs the program himself.
    async with open_house(settings, rated=user is not None) as house:
        name = await house.databases.known(database) if database else None
        # The model's libraries, too, are loaded before the first question: of many at once, all would wait for them.
        with uncollected():
            await asyncio.gather(house.prepare(), *([house.databases.get(name)] if name else []))
        with passed_over():
            yield DataChat(house=house, database=name, user=User(name=user) if user else User())


@dataclass(frozen=True, kw_only=True)
class DataChat:
    """An open DataChat. Turns of a named conversation are checkpointed; others pass in memory."""

    house: House
    database: str | None = None
    user: User = field(default_factory=User)

    async def ask(self, question: str, *, conversation: str | None = None, api_key: str | None = None) -> Answer:
        """One turn, from question to answer; in a conversation that waits for a reply, the reply."""
        async with aclosing(self.stream(question, conversation=conversation, api_key=api_key)) as events:
            async for event in events:
                if event.type == "answer":
                    return Answer.model_validate(event.data)
        raise AssertionError("a turn ended without an answer")

    async def stream(
        self, question: str, *, conversation: str | None = None, api_key: str | None = None
    ) -> AsyncGenerator[Event, None]:
        """The same as it happens; closing the iterator stops the turn, in the database too."""
        if conversation is not None and not conversation.strip():
            raise UserError("The name of the conversation is empty.", hint="Leave it out, or give it a name.")
        turns = await self._turns(conversation)
        asked = Question(
            text=question,
            conversation=conversation or uuid4().hex,
            database=self.database,
            user=self.user,
            api_key=api_key,
        )
        async with aclosing(turns.say(asked)) as events:
            async for event in events:
                yield event

    async def _turns(self, conversation: str | None) -> Turns:
        """A reply to a question that stood alone goes where that question waits."""
        if conversation is None or await self.house.single.ledger.last_turn(conversation):
            return self.house.single
        return self.house.turns if self.house.settings.checkpoints else self.house.passing
