"""Links in Neo4j: things are nodes, links are relationships that know their origin."""

import asyncio
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic_core import to_json
from typing_extensions import override

from core.datapoint import Link
from core.errors import SetupError, UpstreamError
from core.lineage import KINDS, Changed, Reached
from knowledge.links.base import Walk, WalkedLinks, reached, unique

if TYPE_CHECKING:
    from neo4j import AsyncDriver

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
BATCH = 10_000
"""So many links go in one transaction, which has to fit into the server's memory."""

_UNIQUE = "CREATE CONSTRAINT datachat_thing IF NOT EXISTS FOR (t:DataChatThing) REQUIRE t.name IS UNIQUE"
_KEPT = """
MATCH (a:DataChatThing)-[r:{kind} {{origin: $origin}}]->(b)
WITH collect(a.name) AS sources, collect(b.name) AS targets, collect(r.properties) AS properties
UNWIND range(0, size(sources) - 1, $batch) AS n
RETURN sources[n..n + $batch], targets[n..n + $batch], properties[n..n + $batch]
"""
"""Links travel as columns, many in a record: reading a record costs the driver far more than a value in a list."""
_NAME = """
UNWIND $names AS name MERGE (:DataChatThing {name: name})
"""
"""Things come before their links: a MERGE of both ends with every link takes several times as long."""
_ADD = """
UNWIND range(0, size($sources) - 1) AS n
MATCH (a:DataChatThing {{name: $sources[n]}}) MATCH (b:DataChatThing {{name: $targets[n]}})
CREATE (a)-[:{kind} {{origin: $origin, properties: $properties[n]}}]->(b)
"""
"""What is there already was looked up before, so that no MERGE has to; of two who add a link at once, both may."""
_CHANGE = """
UNWIND range(0, size($sources) - 1) AS n
MATCH (:DataChatThing {{name: $sources[n]}})-[r:{kind} {{origin: $origin}}]->(:DataChatThing {{name: $targets[n]}})
SET r.properties = $properties[n]
"""
_REMOVE = """
UNWIND range(0, size($sources) - 1) AS n
MATCH (:DataChatThing {{name: $sources[n]}})-[r:{kind} {{origin: $origin}}]->(:DataChatThing {{name: $targets[n]}})
DELETE r
"""
_TIDY = """
UNWIND $sources + $targets AS name
MATCH (t:DataChatThing {name: name}) WHERE NOT (t)--() WITH DISTINCT t DELETE t
"""
_COUNT = """
MATCH (a:DataChatThing)-[r:{kind}]->(b) WITH DISTINCT a, b RETURN count(*) AS count
"""
_STEP = """
UNWIND $frontier AS here
CALL (here) {{ {ways} }}
WITH next, head(collect(r)) AS r WHERE NOT next.name IN $seen
WITH next, r ORDER BY next.name LIMIT $limit
RETURN collect(next.name), collect(type(r)), collect(startNode(r).name), collect(endNode(r).name), collect(r.properties)
"""
_FORWARD = "MATCH (:DataChatThing {{name: here}})-[r:{kinds}]->(next) RETURN next, r LIMIT $fan"
_BACKWARD = "MATCH (:DataChatThing {{name: here}})<-[r:{kinds}]-(next) RETURN next, r LIMIT $fan"
Key = tuple[str, str, str]
Batched = TypeVar("Batched")


class Neo4jLinks(WalkedLinks):
    """The port `Links` over a Neo4j server; made by `open_neo4j`."""

    def __init__(self, driver: "AsyncDriver", database: str | None) -> None:
        self._driver = driver
        self._database = database
        self._ready = False
        self._preparing = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        await self._driver.close()

    @override
    async def replace(self, origin: str, links: Sequence[Link]) -> Changed:
        await self._prepare()
        new = {key: to_json(link.properties).decode() for key, link in unique(links).items()}
        old = await self._kept(origin)
        added = {key: properties for key, properties in new.items() if key not in old}
        changed = {key: properties for key, properties in new.items() if key in old and old[key] != properties}
        gone = {key: "" for key in old if key not in new}
        for batch in _batches(sorted({end for _, source, target in added for end in (source, target)})):
            await self._ask(_NAME, {"names": batch})
        await self._in_batches(_ADD, added, origin)
        await self._in_batches(_CHANGE, changed, origin)
        await self._in_batches(_REMOVE, gone, origin, then=_TIDY)
        return Changed(len(added) + len(changed), len(gone))

    @override
    async def counts(self) -> Mapping[str, int]:
        found = {kind: (await self._ask(_COUNT.format(kind=kind)))[0][0] for kind in sorted(KINDS)}
        return {kind: count for kind, count in found.items() if count}

    @override
    async def _walk(self, walk: Walk) -> list[Reached]:
        ways = [_FORWARD.format(kinds="|".join(walk.forward))] if walk.forward else []
        ways += [_BACKWARD.format(kinds="|".join(walk.backward))] if walk.backward else []
        step = _STEP.format(ways=" UNION ALL ".join(ways))
        found: dict[str, Reached] = {}
        frontier = [walk.thing]
        for hops in range(1, walk.hops + 1):
            room = walk.limit - len(found)
            if not (ways and frontier and room) or walk.until in found:
                break
            asked = {"frontier": frontier, "seen": [walk.thing, *found], "limit": room, "fan": walk.fan}
            [columns] = await self._ask(step, asked)
            found |= {each[0]: reached(hops, *each) for each in zip(*columns, strict=True)}
            frontier = columns[0]
        return list(found.values())

    async def _prepare(self) -> None:
        async with self._preparing:
            if not self._ready:
                await self._ask(_UNIQUE)
                self._ready = True

    async def _kept(self, origin: str) -> dict[Key, str]:
        kept: dict[Key, str] = {}
        for kind in KINDS:
            for columns in await self._ask(_KEPT.format(kind=kind), {"origin": origin, "batch": BATCH}):
                kept |= {(kind, *ends): properties for *ends, properties in zip(*columns, strict=True)}
        return kept

    async def _in_batches(self, statement: str, links: Mapping[Key, str], origin: str, *, then: str = "") -> None:
        for kind in KINDS:
            for batch in _batches([(*key[1:], properties) for key, properties in links.items() if key[0] == kind]):
                sources, targets, properties = map(list, zip(*batch, strict=True))
                columns: dict[str, object] = {"sources": sources, "targets": targets, "properties": properties}
                await self._ask(statement.format(kind=kind), {**columns, "origin": origin})
                if then:
                    await self._ask(then, columns)

    async def _ask(self, statement: str, parameters: Mapping[str, object] | None = None) -> list[list[Any]]:
        from neo4j import Query

        with _border():
            # Nothing but our own names of kinds is ever written into a statement.
            query = Query(statement)  # pyright: ignore[reportArgumentType]
            found = await self._driver.execute_query(query, dict(parameters or {}), database_=self._database)
        return [record.values() for record in found.records]


def open_neo4j(url: str) -> Neo4jLinks:
    """Links in the server of a URL (`neo4j://user:password@host:7687/database`), to which nothing connects as yet.

    Raises SetupError, without quoting the URL, where it is none or the driver is not installed.
    """
    try:
        from neo4j import AsyncGraphDatabase
    except ModuleNotFoundError:
        raise SetupError(
            "The driver for Neo4j is not installed (neo4j)", hint='Run: pip install "datachat[neo4j]"'
        ) from None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in SCHEMES or not parts.hostname or parts.port == 0:
            raise ValueError
        place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        driver = AsyncGraphDatabase.driver(
            place,
            auth=login,
            connection_timeout=5,
            connection_acquisition_timeout=10,
            max_transaction_retry_time=3,
            notifications_min_severity="OFF",
        )
    except ValueError:
        raise SetupError(
            "NEO4J_URL is not a URL of Neo4j.", hint="It looks like neo4j://USER:PASSWORD@HOST:7687/DATABASE."
        ) from None
    return Neo4jLinks(driver, parts.path.strip("/") or None)


@contextmanager
def _border() -> Generator[None]:
    """Turn the driver's errors into the house's own; only their kind is told, since their texts may hold values."""
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    try:
        yield
    except AuthError as error:
        raise SetupError("Neo4j refuses the login of NEO4J_URL.", hint="Check its user and password.") from error
    except Neo4jError as error:
        raise UpstreamError(
            f"Neo4j refused a statement ({error.code}).", hint="Its log tells why; version 5.23 or newer is needed."
        ) from error
    except (DriverError, OSError) as error:
        raise UpstreamError(
            f"Neo4j cannot be reached ({type(error).__name__}).", hint="Check NEO4J_URL and the server."
        ) from error


def _batches(things: Iterable[Batched]) -> Iterator[list[Batched]]:
    rest = list(things)
    for start in range(0, len(rest), BATCH):
        yield rest[start : start + BATCH]
