"""The state of this server, and the one call that sets it up."""

from importlib.metadata import version

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api import registry
from api.lent import Here, Lent
from api.routers.databases import Url
from core.urls import label
from core.values import ConnectionInfo

router = APIRouter(prefix="/system", tags=["system"])


class SystemDatabase(BaseModel):
    """DataChat's own database: the version of its tables, and whether it is the embedded one."""

    version: int
    embedded: bool


class SystemStatus(BaseModel):
    """The state of this server. `initialized`: there is a database to ask."""

    initialized: bool
    version: str
    system_database: SystemDatabase
    databases: list[ConnectionInfo]
    model: str | None
    turns_running: int


class Beginning(BaseModel):
    """The database to ask."""

    model_config = ConfigDict(extra="forbid")

    database_url: Url
    name: str | None = Field(default=None, description="Made of the URL if absent.", examples=["payments"])


class Initialized(BaseModel):
    """The database that can be asked from now on."""

    database: ConnectionInfo
    engine: str
    tables: int
    hidden: int


@router.get("/status", summary="The state of this server")
async def status(here: Here) -> SystemStatus:
    """What is configured and running; never a secret."""
    found = await registry.databases(here.house)
    system = here.house.system
    return SystemStatus(
        initialized=bool(found),
        version=version("datachat"),
        system_database=SystemDatabase(version=await system.version(), embedded=system.embedded),
        databases=found,
        model=here.house.settings.model,
        turns_running=len(here.live),
    )


@router.post("/initialize", summary="Set up the database to ask")
async def initialize(beginning: Beginning, here: Here) -> Initialized:
    """Test a database, store it as the default one and read its catalog; nothing is stored when the test fails."""
    url = beginning.database_url.get_secret_value()
    name = beginning.name or label(url)
    tested = await registry.tested(here.house, url)
    await _store(here, name, url)
    catalog = (await here.house.databases.refresh(name)).catalog
    return Initialized(
        database=await registry.database(here.house, name),
        engine=tested.engine,
        tables=len(catalog.tables),
        hidden=len(catalog.hidden),
    )


async def _store(here: Lent, name: str, url: str) -> None:
    registry.check_stored(here.house, name)
    if name in {each.name for each in await here.house.connections.list()}:
        await registry.replace(here.house, name, url)
    else:
        await registry.add(here.house, name, url)
    await registry.make_default(here.house, name)
