"""Links that follow what is known: built anew before they are read, where a catalog, profile or DataPoint changed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pydantic import SecretStr

from core.catalog import Catalog
from core.datapoint import DataPoint
from core.ports import Database, Databases, Links
from core.profile import Profile
from knowledge.links.building import links_of, origins_of
from knowledge.links.neo4j import open_neo4j
from knowledge.links.postgresql import PostgresqlLinks, Records

Known = tuple[Catalog, Profile, tuple[DataPoint, ...]]


async def relink(links: Links, database: Database) -> None:
    """Make the links of a database what its catalog, views, relations and DataPoints tell now."""
    told = await asyncio.to_thread(
        links_of,
        database.name,
        database.catalog,
        relations=database.profile.relations,
        datapoints=database.datapoints,
    )
    for origin, each in told.items():
        await links.replace(origin, each)


@asynccontextmanager
async def open_lineage(
    databases: Databases, system: Records, *, neo4j_url: SecretStr | None = None
) -> AsyncGenerator["FreshLineage"]:
    """Lineage over Neo4j where a URL is given, else over the system database."""
    if neo4j_url is None:
        yield FreshLineage(PostgresqlLinks(system), databases)
        return
    links = open_neo4j(neo4j_url.get_secret_value())
    try:
        yield FreshLineage(links, databases)
    finally:
        await links.close()


@dataclass(frozen=True)
class FreshLineage:
    """The port `Lineage`. `databases` are the whole ones, and not what one user sees of them."""

    links: Links
    databases: Databases
    _linked: dict[str, Known] = field(default_factory=dict[str, Known])
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict[str, asyncio.Lock])

    async def of(self, database: str) -> Links:
        """The links, up to date with what is known of a database."""
        async with self._locks.setdefault(database, asyncio.Lock()):
            found = await self.databases.get(database)
            known = (found.catalog, found.profile, found.datapoints)
            linked = self._linked.get(found.name)
            # What is known is replaced and never changed, so that the same object is the same knowledge.
            if linked is None or any(one is not other for one, other in zip(linked, known, strict=True)):
                await relink(self.links, found)
                self._linked[found.name] = known
        return self.links

    async def forget(self, database: str) -> None:
        """Take away the links of a database that is forgotten."""
        async with self._locks.setdefault(database, asyncio.Lock()):
            self._linked.pop(database, None)
            for origin in origins_of(database):
                await self.links.replace(origin, ())
