"""Links in memory, walked step by step: an honest member of the family for tests without a store."""

from collections.abc import Mapping, Sequence

from typing_extensions import override

from core.datapoint import Link
from core.lineage import Changed, Reached
from core.ports import Database, Links
from graph.relinking import relink
from knowledge.links.base import Walk, WalkedLinks


class MemoryLinks(WalkedLinks):
    """The port `Links` over a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, list[Link]] = {}

    @override
    async def replace(self, origin: str, links: Sequence[Link]) -> Changed:
        before = self.kept.get(origin, [])
        self.kept[origin] = list(links)
        return Changed(len(links), len(before))

    @override
    async def counts(self) -> Mapping[str, int]:
        return {origin: len(links) for origin, links in self.kept.items()}

    @override
    async def _walk(self, walk: Walk) -> list[Reached]:
        links = [link for each in self.kept.values() for link in each]
        found: dict[str, Reached] = {}
        frontier = {walk.thing}
        for distance in range(1, walk.hops + 1):
            onward = [(each.target, each) for each in links if each.kind in walk.forward and each.source in frontier]
            back = [(each.source, each) for each in links if each.kind in walk.backward and each.target in frontier]
            new = {
                name: Reached(thing=name, hops=distance, link=link)
                for name, link in onward + back
                if name not in found and name != walk.thing
            }
            found |= new
            frontier = set(new)
        return sorted(found.values(), key=lambda each: (each.hops, each.thing))[: walk.limit]


class MemoryLineage:
    """The port `Lineage` over the links of one database."""

    def __init__(self, database: Database) -> None:
        self.whole = database
        self.links = MemoryLinks()

    async def of(self, database: str) -> Links:
        """Its links, made anew each time."""
        await relink(self.links, self.whole)
        return self.links
