"""Measures a database and keeps what is found, table by table, so that an interrupted run goes on where it was."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from time import monotonic

from core.catalog import Catalog, TableName
from core.ports import Connector
from core.profile import Profile, TableProfile
from indexers.database.budget import Budget
from indexers.database.profile import Progress, Unmeasured, profile
from indexers.database.relations.find import relations
from indexers.database.values import values
from knowledge.values import keep_values
from store.profiles import Profiles
from store.system import System
from store.values import Values

_LEAST_SECONDS = 2.0


@dataclass
class Profiling:
    """One run over a database whose catalog is kept under `key`; what it has done can be read while it goes on."""

    system: System
    key: str
    connector: Connector
    catalog: Catalog
    budget: Budget = field(default_factory=Budget)
    only: frozenset[TableName] | None = None
    """The tables that are looked at; None for all."""
    measured: list[TableProfile] = field(default_factory=list[TableProfile])
    unmeasured: list[Unmeasured] = field(default_factory=list[Unmeasured])
    seconds: float = 0.0

    async def run(self, on_progress: Callable[[Progress], None] | None = None) -> Profile:
        """Measure what is missing or has changed, and return all that is known; raises UpstreamError.

        What was measured is kept, however the run ends.
        """
        started, profiles = monotonic(), Profiles(self.system)
        known = await profiles.load(self.key)
        gone = known.tables.keys() - self.catalog.by_name.keys()
        await profiles.forget(self.key, gone)
        await Values(self.system).forget(self.key, gone)
        steps = profile(self.connector, self._looked_at(), budget=self.budget, known=known, on_progress=on_progress)
        async with aclosing(steps) as found:
            async for each in found:
                if isinstance(each, TableProfile):
                    await self._keep(each, profiles)
                else:
                    self.unmeasured.append(each)
        complete = Profile((await profiles.load(self.key)).tables)
        linked = await relations(self.connector, self.catalog, complete, budget=self._rest(started))
        await profiles.save_relations(self.key, linked)
        self.seconds = monotonic() - started
        return Profile(complete.tables, linked)

    def _looked_at(self) -> Catalog:
        if self.only is None:
            return self.catalog
        return replace(self.catalog, tables=tuple(each for each in self.catalog.tables if each.full_name in self.only))

    def _rest(self, started: float) -> Budget:
        """What is left of the time, but enough for a look."""
        return replace(self.budget, seconds=max(_LEAST_SECONDS, self.budget.seconds - (monotonic() - started)))

    async def _keep(self, table: TableProfile, profiles: Profiles) -> None:
        """The values first: a table that is kept is not looked at again."""
        alone = Profile({table.table: table})
        store = Values(self.system)
        await store.forget(self.key, [table.table])
        async with aclosing(values(self.connector, self.catalog, alone, budget=self.budget)) as found:
            async for each in found:
                await keep_values(store, self.key, each)
        await profiles.save_table(self.key, table)
        self.measured.append(table)
