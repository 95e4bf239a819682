"""Links in Neo4j: things are nodes, links are relationships that know their origin."""

import asyncio
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic_core import from_json, to_json
from typing_extensions import override

from core.datapoint import Link, LinkKind
from core.errors import SetupError, UpstreamError
from core.lineage import KINDS, Changed, Reached
from knowledge.links.base import WalkedLinks, unique

if TYPE_CHECKING:
    from neo4j import AsyncDriver

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
BATCH = 10_000
"""So many links go in one transaction, which has to fit into the server's memory."""

_UNIQUE = "CREATE CONSTRAINT datachat_thing IF NOT EXISTS FOR (t:DataChatThing) REQUIRE t.name IS UNIQUE"
_KEPT = """
MATCH (a:DataChatThing)-[r:{kind} {{origin: $origin}}]->(b)
RETURN a.name AS source, b.name AS target, r.properties AS properties
"""
_NAME = """
UNWIND $names AS name MERGE (:DataChatThing {name: name})
"""
"""Things come before their links: a MERGE of both ends with every link takes several times as long."""
_ADD = """
UNWIND $links AS link
MATCH (a:DataChatThing {{name: link.source}}) MATCH (b:DataChatThing {{name: link.target}})
CREATE (a)-[:{kind} {{origin: $origin, properties: link.properties}}]->(b)
"""
"""What is there already was looked up before, so that no MERGE has to; of two who add a link at once, both may."""
_CHANGE = """
UNWIND $links AS link
MATCH (:DataChatThing {{name: link.source}})-[r:{kind} {{origin: $origin}}]->(:DataChatThing {{name: link.target}})
SET r.properties = link.properties
"""
_REMOVE = """
UNWIND $links AS link
MATCH (:DataChatThing {{name: link.source}})-[r:{kind} {{origin: $origin}}]->(:DataChatThing {{name: link.target}})
DELETE r
"""
_TIDY = """
UNWIND $links AS link UNWIND [link.source, link.target] AS name
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
RETURN next.name AS thing, type(r) AS kind, startNode(r).name AS source, endNode(r).name AS target,
    r.properties AS properties
"""
_FORWARD = "MATCH (:DataChatThing {{name: here}})-[r:{kinds}]->(next) RETURN next, r LIMIT $fan"
_BACKWARD = "MATCH (:DataChatThing {{name: here}})<-[r:{kinds}]-(next) RETURN next, r LIMIT $fan"
_FANS = 4
"""Of one thing at most this many times `limit` links are looked at."""

Key = tuple[str, str, str]
Batched = TypeVar("Batched", str, dict[str, str])


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
        found = {kind: await self._ask(_COUNT.format(kind=kind)) for kind in sorted(KINDS)}
        return {kind: rows[0]["count"] for kind, rows in found.items() if rows[0]["count"]}

    @override
    async def _walk(
        self,
        thing: str,
        forward: Sequence[LinkKind],
        backward: Sequence[LinkKind],
        *,
        hops: int,
        limit: int,
        until: str = "",
    ) -> list[Reached]:
        ways = [_FORWARD.format(kinds="|".join(forward))] if forward else []
        ways += [_BACKWARD.format(kinds="|".join(backward))] if backward else []
        step = _STEP.format(ways=" UNION ALL ".join(ways))
        found: dict[str, Reached] = {}
        frontier = [thing]
        for distance in range(1, hops + 1):
            room = limit - len(found)
            if not (ways and frontier and room) or until in found:
                break
            asked = {"frontier": frontier, "seen": [thing, *found], "limit": room, "fan": limit * _FANS}
            rows = await self._ask(step, asked)
            frontier = [row["thing"] for row in rows]
            found |= {row["thing"]: Reached(thing=row["thing"], hops=distance, link=_link(row)) for row in rows}
        return list(found.values())

    async def _prepare(self) -> None:
        async with self._preparing:
            if not self._ready:
                await self._ask(_UNIQUE)
                self._ready = True

    async def _kept(self, origin: str) -> dict[Key, str]:
        kept: dict[Key, str] = {}
        for kind in KINDS:
            rows = await self._ask(_KEPT.format(kind=kind), {"origin": origin})
            kept |= {(kind, row["source"], row["target"]): row["properties"] for row in rows}
        return kept

    async def _in_batches(self, statement: str, links: Mapping[Key, str], origin: str, *, then: str = "") -> None:
        for kind in KINDS:
            of_kind = [
                {"source": source, "target": target, "properties": properties}
                for (each, source, target), properties in links.items()
                if each == kind
            ]
            for batch in _batches(of_kind):
                await self._ask(statement.format(kind=kind), {"links": batch, "origin": origin})
                if then:
                    await self._ask(then, {"links": batch})

    async def _ask(self, statement: str, parameters: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        from neo4j import Query

        with _border():
            # Nothing but our own names of kinds is ever written into a statement.
            query = Query(statement)  # pyright: ignore[reportArgumentType]
            found = await self._driver.execute_query(query, dict(parameters or {}), database_=self._database)
        return [record.data() for record in found.records]


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


def _link(row: Mapping[str, Any]) -> Link:
    return Link(kind=row["kind"], source=row["source"], target=row["target"], properties=from_json(row["properties"]))


def _batches(things: Iterable[Batched]) -> Iterator[list[Batched]]:
    rest = list(things)
    for start in range(0, len(rest), BATCH):
        yield rest[start : start + BATCH]
