"""The databases that may be asked. URLs go in and never come out: their secrets are shown as `***`."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api import registry
from api.lent import Here, PathId
from core.catalog import Table, TableName
from core.values import ConnectionInfo

router = APIRouter(prefix="/databases", tags=["databases"])

Url = Annotated[SecretStr, Field(max_length=4_000, examples=["postgresql://user:password@host:5432/database"])]


class NewDatabase(BaseModel):
    """A database to add."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(examples=["payments"])
    url: Url
    default: bool = False
    description: str = Field(default="", description="By this, too, questions find the database.")
    tags: list[str] = []


class NewUrl(BaseModel):
    """What may be changed of a database."""

    model_config = ConfigDict(extra="forbid")

    url: Url


class NewWords(BaseModel):
    """What may be said of a database; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    description: str | None = None
    tags: list[str] | None = None


class DatabaseList(BaseModel):
    """Every database, the default one first."""

    databases: list[ConnectionInfo]


class CatalogPage(BaseModel):
    """Some tables of a catalog; `hidden` names what the login may not read, `next_offset` leads to more tables."""

    dialect: str
    engine: str
    tables: list[Table]
    table_count: int
    hidden: list[TableName]
    next_offset: int | None


@router.get("", summary="List databases")
async def browse(here: Here) -> DatabaseList:
    """Every database that may be asked."""
    return DatabaseList(databases=await registry.databases(here.house))


@router.post("", status_code=201, summary="Add a database")
async def add(new: NewDatabase, here: Here) -> ConnectionInfo:
    """Store a database, without connecting to it; the first one becomes the default."""
    return await registry.add(
        here.house,
        new.name,
        new.url.get_secret_value(),
        default=new.default,
        description=new.description,
        tags=new.tags,
    )


@router.get("/{name}", summary="One database")
async def read(name: PathId, here: Here) -> ConnectionInfo:
    """What may be shown of a database."""
    return await registry.database(here.house, name)


@router.put("/{name}", summary="Change a database's URL")
async def change(name: PathId, new: NewUrl, here: Here) -> ConnectionInfo:
    """Give a database another URL."""
    return await registry.replace(here.house, name, new.url.get_secret_value())


@router.patch("/{name}", summary="Change a database's description and tags")
async def describe(name: PathId, new: NewWords, here: Here) -> ConnectionInfo:
    """Say what a database is about."""
    return await registry.describe(here.house, name, description=new.description, tags=new.tags)


@router.delete("/{name}", status_code=204, summary="Forget a database")
async def remove(
    name: PathId,
    here: Here,
    keep_knowledge: Annotated[
        bool,
        Query(description="Keep what is known of it; else all goes but users' files."),
    ] = False,
) -> None:
    """Forget a database; nothing happens in it."""
    await registry.remove(here.house, name, keep_knowledge=keep_knowledge)


@router.post("/{name}/test", summary="Test a database")
async def test(name: PathId, here: Here) -> registry.Tested:
    """Connect, and say which engine answered; an error says what is wrong."""
    return await registry.tested_by_name(here.house, name)


@router.post("/{name}/default", summary="Make a database the default one")
async def make_default(name: PathId, here: Here) -> ConnectionInfo:
    """Questions that name no database go to this one."""
    await registry.database(here.house, name)
    await registry.make_default(here.house, name)
    return await registry.database(here.house, name)


@router.get("/{name}/catalog", summary="Tables and columns of a database")
async def catalog(
    name: PathId,
    here: Here,
    refresh: Annotated[bool, Query(description="Read it anew, now.")] = False,
    limit: Annotated[int, Query(ge=1, le=5_000)] = 500,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> CatalogPage:
    """The stored catalog, which is read when a database is first asked, and anew when it has aged."""
    await registry.database(here.house, name)
    if refresh:
        await here.house.databases.refresh(name)
    found = (await here.house.databases_of(here.user).get(name)).catalog
    more = len(found.tables) > offset + limit
    return CatalogPage(
        dialect=found.dialect,
        engine=found.engine,
        tables=list(found.tables[offset : offset + limit]),
        table_count=len(found.tables),
        hidden=list(found.hidden),
        next_offset=offset + limit if more else None,
    )
