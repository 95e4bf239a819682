"""One case, tried: what DataChat answers and finds, each asked for at most once."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from uuid import uuid4

from core.ports import Database
from core.values import Answer, Found, Result
from evals.cases import Case
from graph.assembly import House
from graph.turns import Question

FIRST = 10
"""So many tables count as found."""


@dataclass
class Trial:
    """A case in an open house; without a model unless the house has one."""

    case: Case
    house: House
    _answer: Answer | None = field(default=None, init=False)

    async def answer(self) -> Answer:
        """The answer to the case's question, asked after those that come before it."""
        if self._answer is None:
            conversation = uuid4().hex
            for text in self.case.after:
                await self._ask(text, conversation)
            self._answer = await self._ask(self.case.question, conversation)
        return self._answer

    async def found(self) -> Sequence[Found]:
        """The tables that retrieval finds for the question alone, best first."""
        return await (await self.database()).knowledge.find(self.case.question, limit=FIRST)

    async def expected(self, sql: str) -> Result:
        """The rows of the statement that is known to be right."""
        return await (await self.database()).connector.run(sql, limits=self.house.settings.limits)

    async def database(self) -> Database:
        """The database of the case."""
        return await self.house.databases.get(self.case.database)

    async def _ask(self, text: str, conversation: str) -> Answer:
        asked = Question(text=text, conversation=conversation, database=self.case.database)
        turns = self.house.passing if self.case.after else self.house.single
        async with aclosing(turns.say(asked)) as events:
            async for event in events:
                if event.type == "answer":
                    return Answer.model_validate(event.data)
        raise AssertionError("a turn ended without an answer")
