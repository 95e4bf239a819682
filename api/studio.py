"""The conversation for LangGraph Studio and `langgraph dev`: the same graph, lent its ports by the server itself.

Such a server hands over its context as JSON and refuses whatever blocks its loop. So the context is made of plain
words, settings are read when this file is imported, and the house is opened by the first turn that needs it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context as Variables
from dataclasses import InitVar, dataclass, fields
from typing import cast

from langgraph.config import get_stream_writer
from pydantic import JsonValue

from core.context import Context
from core.ports import Database, Spending
from core.settings import Settings, load_settings
from core.values import AuditedOutcome, AuditedStatement, Limits, Message, Reply, Result, Spent, User
from graph import conversation
from graph.assembly import House, open_house
from graph.turns import Question

ASKED = "asked in LangGraph Studio"

Lent = Callable[[], Awaitable[Context]]


class LateHouse:
    """A house that is opened when it is first needed, and stays open as long as the server runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._keeping: asyncio.Task[None] | None = None
        self._opened: asyncio.Future[House] | None = None

    async def house(self) -> House:
        """The open house; raises what keeps it closed, and tries anew the next time."""
        if self._opened is None or (self._opened.done() and self._opened.exception()):
            self._opened = asyncio.get_running_loop().create_future()
            # Neither a task nor a variable of the run that happens to come first: the house outlives it.
            self._keeping = asyncio.create_task(self._keep(self._opened), context=Variables())
        return await asyncio.shield(self._opened)

    async def _keep(self, opened: asyncio.Future[House]) -> None:
        try:
            async with open_house(self.settings) as house:
                opened.set_result(house)
                await asyncio.Event().wait()
        except BaseException as error:
            if not opened.done():
                opened.set_exception(error)
            raise


HOUSE = LateHouse(load_settings())


@dataclass(kw_only=True)
class ServerContext:
    """What may be chosen in Studio. The other attributes are those of any turn's context."""

    database: str | None = None
    """The database to ask; the default one if absent."""
    model: InitVar[str | None] = None
    """`provider:model`, or `none`; the configured one if absent."""
    user: InitVar[str] = "local"

    def __post_init__(self, model: str | None, user: str) -> None:
        """Lend the ports, each of which opens the house when it is first used."""
        name = model or HOUSE.settings.model
        question = Question(text=ASKED, model=model, user=User(name=user))

        async def lent() -> Context:
            return await (await HOUSE.house()).turns.lend(question)

        context = Context(
            databases=LateDatabases(lent, self.database),
            results=LateResults(lent),
            model=None if name in (None, "none") else LateModel(lent, name),
            user=question.user,
            limits=HOUSE.settings.limits,
            audit=LateAudit(lent),
            budgets=HOUSE.settings.budgets,
            calendar=HOUSE.settings.calendar,
            spending=LateSpending(lent) if HOUSE.settings.budgets.daily else None,
            tell=lambda told: get_stream_writer()(told),
        )
        for each in fields(Context):
            setattr(self, each.name, getattr(context, each.name))


@dataclass(frozen=True)
class LateDatabases:
    """The port Databases, with Studio's choice as the default one."""

    lent: Lent
    default: str | None

    async def get(self, name: str | None = None) -> Database:
        """The named database, else the chosen one."""
        return await (await self.lent()).databases.get(name or self.default)

    async def names(self) -> Sequence[str]:
        """Every name."""
        return await (await self.lent()).databases.names()


@dataclass(frozen=True)
class LateResults:
    """The port Results."""

    lent: Lent

    async def put(self, result: Result) -> str:
        """Store a result."""
        return await (await self.lent()).results.put(result)

    async def get(self, result_id: str, *, offset: int = 0, limit: int | None = None) -> Result:
        """Rows of a result."""
        return await (await self.lent()).results.get(result_id, offset=offset, limit=limit)


@dataclass(frozen=True)
class LateAudit:
    """The port Audit."""

    lent: Lent

    async def begin(self, statement: AuditedStatement) -> int:
        """Note a statement before it runs."""
        return await (await self.lent()).audit.begin(statement)

    async def end(self, number: int, outcome: AuditedOutcome) -> None:
        """Note what became of it."""
        await (await self.lent()).audit.end(number, outcome)

    async def refused(self, statement: AuditedStatement) -> None:
        """Note a statement that the gate refused."""
        await (await self.lent()).audit.refused(statement)


@dataclass(frozen=True)
class LateSpending:
    """The port Spending, which every turn has while a daily budget bounds it."""

    lent: Lent

    async def today(self) -> Spent:
        """The sum up to now."""
        return await (await self._spending()).today()

    async def add(self, spent: Spent) -> None:
        """Add what one more statement took."""
        await (await self._spending()).add(spent)

    async def _spending(self) -> Spending:
        spending = (await self.lent()).spending
        assert spending
        return spending


@dataclass
class LateModel:
    """The port ChatModel."""

    lent: Lent
    name: str

    async def reply(
        self,
        messages: Sequence[Message],
        *,
        schema: dict[str, JsonValue] | None = None,
        on_token: Callable[[str], None] | None = None,
        limits: Limits,
    ) -> Reply:
        """One reply of the model."""
        model = (await self.lent()).model
        assert model
        return await model.reply(messages, schema=schema, on_token=on_token, limits=limits)


# To the graph it is a context: it has every attribute of one.
graph = conversation.build(cast(type[Context], ServerContext)).compile()
