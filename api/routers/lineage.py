"""Lineage over HTTP: what is upstream and downstream of a thing, what breaks with it, how tables are joined."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.lent import Here, Lent, Text
from core.ports import Database
from graph.lineage import Joined, Walked, join, walk

router = APIRouter(prefix="/lineage", tags=["lineage"])

Name = Annotated[
    Text, Query(min_length=1, max_length=200, description="A DataPoint's id or name, `table` or `table.column`.")
]
In = Annotated[Text | None, Query(max_length=200, description="The database; the default one without it.")]
Hops = Annotated[int, Query(ge=1, le=20, description="Over so many links.")]
Limit = Annotated[int, Query(ge=1, le=5_000)]


@router.get("/upstream", summary="Where a thing comes from")
async def upstream(name: Name, here: Here, database: In = None, hops: Hops = 3, limit: Limit = 500) -> Walked:
    """What a column, table or DataPoint rests on, nearest first."""
    return await walk(here.house.lineage, await _seen(here, database), name, "up", hops=hops, limit=limit)


@router.get("/downstream", summary="What rests on a thing")
async def downstream(name: Name, here: Here, database: In = None, hops: Hops = 3, limit: Limit = 500) -> Walked:
    """What is made of a column, table or DataPoint, nearest first."""
    return await walk(here.house.lineage, await _seen(here, database), name, "down", hops=hops, limit=limit)


@router.get("/impact", summary="What breaks when a thing goes")
async def impact(name: Name, here: Here, database: In = None, limit: Limit = 500) -> Walked:
    """Everything that rests on a thing, however far away: metrics, queries, dashboards, views, entities."""
    return await walk(here.house.lineage, await _seen(here, database), name, "impact", limit=limit)


@router.get("/path", summary="How two tables are joined")
async def path(name: Name, to: Name, here: Here, database: In = None) -> Joined:
    """A shortest path of joins between two tables, over foreign keys and found relations."""
    return await join(here.house.lineage, await _seen(here, database), name, to)


async def _seen(here: Lent, database: str | None) -> Database:
    """The database as the user may see it."""
    return await here.house.databases_of(here.user).get(database)
