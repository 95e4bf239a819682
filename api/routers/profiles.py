"""What was measured of a database, and measuring it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api import registry
from api.lent import Here, PathId
from core.catalog import Catalog
from core.profile import Relation, TableProfile
from datapoints.binding import bind
from graph.profiling import Profiling
from graph.proposing import propose
from graph.shown import seen_profile
from indexers.database.budget import Budget
from store.datapoints import DataPoints

router = APIRouter(prefix="/databases", tags=["databases"])


class Order(BaseModel):
    """How a database is measured."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(default=60, gt=0, le=600, description="For all of it; what is missing then comes next time.")
    sample: int | None = Field(default=None, ge=100, le=1_000_000, description="Rows of each table that are looked at.")
    generate: bool = Field(default=False, description="Propose DataPoints from what was found, without a model.")


class Left(BaseModel):
    """A table that could not be measured, and why."""

    table: str
    reason: str


class Measured(BaseModel):
    """What a run did; `tables` and `rows` are all that is known by now."""

    tables: int
    rows: int
    measured: list[str]
    unmeasured: list[Left]
    relations: int
    seconds: float
    proposals: list[str] | None


class ProfilePage(BaseModel):
    """Some measured tables, the relations that were found; `next_offset` leads to more tables."""

    tables: list[TableProfile]
    table_count: int
    relations: list[Relation]
    next_offset: int | None


@router.post("/{name}/profile", summary="Measure a database")
async def measure(name: PathId, here: Here, order: Order | None = None) -> Measured:
    """Measure what is missing or has changed, smallest tables first; what was measured is kept, however it ends.

    All of it is measured, and told is what the user may see.
    """
    order = order or Order()
    await registry.database(here.house, name)
    databases = here.house.databases
    database, (key, _) = await databases.get(name), await databases.place(name)
    budget = replace(Budget.sampling(order.sample) if order.sample else Budget(), seconds=order.seconds)
    work = Profiling(here.house.system, key, database.connector, database.catalog, budget)
    found = await work.run()
    seen = await here.house.databases_of(here.user).get(name)
    told = seen_profile(found, seen.access) if seen.access else found
    names = seen.catalog.by_name
    proposals: list[str] | None = None
    if order.generate:
        datapoints = DataPoints(here.house.system, here.house.settings.datapoints)
        proposed = await propose(here.house.system, datapoints, name, database.catalog, found)
        proposals = await _told(datapoints, proposed.waiting, seen.catalog)
    return Measured(
        tables=len(told.tables),
        rows=sum(each.rows for each in told.tables.values()),
        measured=[str(each.table) for each in work.measured if each.table in names],
        unmeasured=[Left(table=str(each.table), reason=each.reason) for each in work.unmeasured if each.table in names],
        relations=len(told.relations),
        seconds=round(work.seconds, 3),
        proposals=proposals,
    )


async def _told(datapoints: DataPoints, waiting: Sequence[str], seen: Catalog) -> list[str]:
    """The proposals that rest on nothing hidden."""
    facts = {each.id: each.datapoint for each in await datapoints.pending()}
    return [each for each in waiting if each in facts and not bind(facts[each], seen).missing]


@router.get("/{name}/profile", summary="What was measured of a database")
async def read(
    name: PathId,
    here: Here,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> ProfilePage:
    """Rows, nulls, values and patterns per column; never a value that looks like personal data, nor a masked one."""
    await registry.database(here.house, name)
    profile = (await here.house.databases_of(here.user).get(name)).profile
    names = sorted(profile.tables)
    return ProfilePage(
        tables=[profile.tables[each] for each in names[offset : offset + limit]],
        table_count=len(names),
        relations=list(profile.relations),
        next_offset=offset + limit if len(names) > offset + limit else None,
    )
