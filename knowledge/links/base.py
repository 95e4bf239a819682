"""What both stores of links share: the questions, asked as walks and searches that each store does in its own way."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic_core import from_json

from core.datapoint import Link, LinkKind
from core.lineage import LIMIT, MOST_HOPS, Changed, Direction, Impact, Reached, followed

LONGEST_PATH = 12
WIDEST_SEARCH = 20_000
"""A path of more links, or one found among more things, is none that anybody would join along."""


@dataclass(frozen=True)
class Walk:
    """A walk from a thing, along `forward` from source to target and along `backward` the other way."""

    thing: str
    forward: Sequence[LinkKind]
    backward: Sequence[LinkKind]
    hops: int
    limit: int
    until: str = ""
    """It ends early where this is reached."""

    @property
    def fan(self) -> int:
        """Of one thing at most so many links are looked at."""
        return 4 * self.limit


class WalkedLinks(ABC):
    """The port `Links` over one primitive, a bounded walk from a thing outwards that visits nothing twice."""

    @abstractmethod
    async def replace(self, origin: str, links: Sequence[Link]) -> Changed:
        """Make these the only links of one origin; doing it again changes nothing."""

    @abstractmethod
    async def counts(self) -> Mapping[str, int]:
        """How many links there are of each kind."""

    @abstractmethod
    async def _walk(self, walk: Walk) -> list[Reached]:
        """Things that a walk reaches, each once: the nearest first, then those first in the alphabet."""

    async def neighbours(
        self, thing: str, *, hops: int = 1, kinds: Sequence[LinkKind] = (), limit: int = LIMIT
    ) -> Sequence[Reached]:
        """Things within so many links in any direction, nearest first, of all kinds or of these."""
        return await self._reached(thing, "around", hops=hops, kinds=kinds, limit=limit)

    async def upstream(
        self, thing: str, *, hops: int = 3, kinds: Sequence[LinkKind] = (), limit: int = LIMIT
    ) -> Sequence[Reached]:
        """What a thing rests on, nearest first."""
        return await self._reached(thing, "upstream", hops=hops, kinds=kinds, limit=limit)

    async def downstream(
        self, thing: str, *, hops: int = 3, kinds: Sequence[LinkKind] = (), limit: int = LIMIT
    ) -> Sequence[Reached]:
        """What rests on a thing, nearest first."""
        return await self._reached(thing, "downstream", hops=hops, kinds=kinds, limit=limit)

    async def impact(self, thing: str, *, limit: int = LIMIT) -> Impact:
        """Everything that breaks when a thing goes, however far away."""
        found = await self._reached(thing, "downstream", hops=MOST_HOPS, limit=limit + 1)
        return Impact(thing=thing, broken=found[:limit], cut=len(found) > limit)

    async def path(self, one: str, other: str, *, kinds: Sequence[LinkKind] = ("JOINS_WITH",)) -> Sequence[Link]:
        """The links of a shortest path between two things; empty where there is none."""
        found = await self._walk(Walk(one, kinds, kinds, hops=LONGEST_PATH, limit=WIDEST_SEARCH, until=other))
        reached = {each.thing: each for each in found}
        links: list[Link] = []
        while other != one and other in reached:
            links.append(reached[other].link)
            other = reached[other].before
        return links[::-1]

    async def _reached(
        self, thing: str, direction: Direction, *, hops: int, limit: int, kinds: Sequence[LinkKind] = ()
    ) -> list[Reached]:
        forward, backward = followed(direction, kinds)
        found = await self._walk(Walk(thing, forward, backward, hops=min(hops, MOST_HOPS), limit=limit))
        return sorted(found, key=lambda each: (each.hops, each.thing))


def reached(hops: int, thing: str, kind: LinkKind, source: str, target: str, properties: str) -> Reached:
    """A thing as the stores tell it, by the link that led there and its properties as JSON."""
    link = Link(kind=kind, source=source, target=target, properties=from_json(properties))
    return Reached(thing=thing, hops=hops, link=link)


def unique(links: Sequence[Link]) -> dict[tuple[str, str, str], Link]:
    """Links under kind, source and target; of two that differ in their properties alone the last one counts."""
    return {(link.kind, link.source, link.target): link for link in links}
