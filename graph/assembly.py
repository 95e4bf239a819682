"""The one place where settings become live things."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import cast

from core.context import Context, NoAudit
from core.errors import DataChatError
from core.ports import ChatModel, Databases, Lineage, Results
from core.settings import Settings
from core.values import User
from graph import conversation, turn
from graph.checkpoints import open_checkpoints
from graph.databases import OpenDatabases
from graph.housekeeping import housekeeping
from graph.knowing import open_knowing
from graph.passing import PassingLeases, PassingLedger, PassingSaver
from graph.rates import PassingAsked, Rates
from graph.relinking import FreshLineage, open_lineage
from graph.routing import Router
from graph.running import Graph, Runner
from graph.seen import Sight
from graph.turns import Question, Turns
from graph.walking import Walk
from providers.registry import Models
from sql.policy.load import read_policy
from store.audit import AuditLog, TurnAudit
from store.budgets import AskedQuestions, UserSpending
from store.catalogs import Catalogs
from store.connections import Connections
from store.conversations import Conversations
from store.events import Events
from store.leases import Leases
from store.memory import MemoryResults
from store.results import StoredResults
from store.secrets import open_cipher
from store.system import System
from store.values import Values


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything that is alive while DataChat runs.

    `turns` are checkpointed, `passing` ones stay in memory, and `single` ones stand in no conversation at all.
    """

    settings: Settings
    system: System
    connections: Connections
    catalogs: Catalogs
    databases: OpenDatabases
    conversations: Conversations
    events: Events
    results: Results
    turns: Turns
    passing: Turns
    single: Turns
    models: Models
    lineage: FreshLineage
    leases: Leases
    sight: Sight | None = None

    def databases_of(self, user: User) -> Databases:
        """The databases as the user may see them: as they are, where no policy is configured."""
        return self.sight.of(user) if self.sight else self.databases

    async def prepare(self) -> None:
        """Load what the first question to the configured model would wait for; that question tells what is wrong."""
        name = self.settings.model
        if name and name != "none":
            with suppress(DataChatError):
                await (await self.models.get(name)).prepare()

    async def check_policy(self) -> None:
        """Raise UserError, with file and line, where the policy does not fit a database that can be reached."""
        if self.sight:
            await self.sight.check(await self.databases.names())


@asynccontextmanager
async def open_house(settings: Settings, *, rated: bool = False) -> AsyncGenerator[House]:
    """Open the system database and everything that rests on it; give all of it back at the end.

    `rated` bounds how often and how much at once a user may ask; who runs the program himself needs no such bound.
    """
    async with AsyncExitStack() as stack:
        url = settings.system_database_url
        system = await System.open(url.get_secret_value() if url else None, settings.home)
        stack.push_async_callback(system.close)
        key = settings.database_credentials_key
        cipher = await asyncio.to_thread(open_cipher, settings.home, key.get_secret_value() if key else None)
        connections, catalogs = Connections(system, cipher), Catalogs(system)
        databases = OpenDatabases(
            connections, catalogs, settings.limits, settings.catalog_seconds, knowing=open_knowing(settings, system)
        )
        stack.push_async_callback(databases.close)
        if settings.database_url:
            databases.add_url(settings.database_url.get_secret_value(), default=True)
        sight = await _sight(settings, databases, mask_key=cipher.mask_key)
        router = Router(databases, sight, Values(system))
        lineage = await stack.enter_async_context(open_lineage(databases, system, neo4j_url=settings.neo4j_url))
        conversations, results = Conversations(system), StoredResults(system)
        leases = await stack.enter_async_context(Leases.open(system))
        await stack.enter_async_context(housekeeping(system, leases, checkpoint_days=settings.checkpoint_days))
        saver = await stack.enter_async_context(open_checkpoints(system))
        audit = await stack.enter_async_context(AuditLog.open(system)) if settings.audit else None
        rates = Rates(settings.budgets, leases, AskedQuestions(system)) if rated else None
        model_key = settings.openai_api_key
        models = Models(base_url=settings.openai_base_url, api_key=model_key.get_secret_value() if model_key else None)
        stack.push_async_callback(models.close)
        lend_in_passing = Lender(settings, system, databases, models, MemoryResults(), audit, sight, router, lineage)
        yield House(
            settings=settings,
            system=system,
            connections=connections,
            catalogs=catalogs,
            databases=databases,
            conversations=conversations,
            events=Events(system),
            results=results,
            turns=Turns(
                runner=Runner(conversation.build().compile(checkpointer=saver)),
                ledger=conversations,
                leases=leases,
                rates=rates,
                lend=Lender(settings, system, databases, models, results, audit, sight, router, lineage),
            ),
            passing=passing_turns(lend_in_passing, rated=rated),
            single=single_turns(lend_in_passing, rated=rated),
            models=models,
            lineage=lineage,
            leases=leases,
            sight=sight,
        )


async def _sight(settings: Settings, databases: OpenDatabases, *, mask_key: str) -> Sight | None:
    """The configured policy, which must fit the default database; None, and everything is shown, without one."""
    if settings.access is None:
        return None
    sight = Sight(policy=read_policy(settings.access), databases=databases, mask_key=mask_key)
    await sight.check((await databases.names())[:1])
    return sight


def passing_turns(lend: "Lender", *, rated: bool = False) -> Turns:
    """Turns without the system database: a question asked in passing costs no write."""
    saver = PassingSaver()
    runner = Runner(conversation.build().compile(checkpointer=saver), durability="exit")
    return _in_memory(runner, PassingLedger(saver), lend, rated=rated)


def single_turns(lend: "Lender", *, rated: bool = False) -> Turns:
    """Questions that follow none and are followed by none: nothing is remembered, but what waits for a reply."""
    saver = PassingSaver()
    graph = cast(Graph, turn.build().compile(checkpointer=saver))
    walk = Walk(graph, durability="exit")
    return _in_memory(walk, PassingLedger(saver, remembers=False), lend, rated=rated)


def _in_memory(runner: Runner, ledger: PassingLedger, lend: "Lender", *, rated: bool) -> Turns:
    leases = PassingLeases()
    rates = Rates(lend.settings.budgets, leases, PassingAsked()) if rated else None
    return Turns(runner=runner, ledger=ledger, leases=leases, lend=lend, rates=rates)


@dataclass(frozen=True)
class Lender:
    """Lends a turn its context."""

    settings: Settings
    system: System
    databases: OpenDatabases
    models: Models
    results: Results
    audit: AuditLog | None
    sight: Sight | None = None
    router: Router | None = None
    lineage: Lineage | None = None

    async def __call__(self, question: Question) -> Context:
        """The ports, with the question's own model, user and limits where it names them."""
        return Context(
            databases=self.sight.of(question.user) if self.sight else self.databases,
            results=self.results,
            model=await self._model(question),
            user=question.user,
            limits=question.limits or self.settings.limits,
            audit=TurnAudit(self.audit, question.user.name, question.turn, question.text) if self.audit else NoAudit(),
            budgets=self.settings.budgets,
            calendar=self.settings.calendar,
            routing=self.router.of(question.user) if self.router and question.database is None else None,
            lineage=self.lineage,
            spending=UserSpending(self.system, question.user.name) if self.settings.budgets.daily else None,
        )

    async def _model(self, question: Question) -> ChatModel | None:
        """The model that the question names, else the configured one; None for `none` and where none is configured."""
        name = question.model or self.settings.model
        if name is None or name == "none":
            return None
        return await self.models.get(name, api_key=question.api_key)
