"""The ways from one table to another over relations: the shortest, and whether it is the only one."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from apex.model.relations import Edge, Relations
from core.catalog import TableName

LONGEST = 6
"""A path over more relations says little."""
MOST = 8
"""So many equally short ways are listed."""

Level = Set[TableName]
"""Tables that are equally far away."""


@dataclass(frozen=True, slots=True)
class Path:
    """Edges from a table to another, in order; none where both are the same."""

    edges: tuple[Edge, ...] = ()

    @property
    def multiplies(self) -> bool:
        """Whether one row at its start may meet several at its end."""
        return any(edge.multiplies for edge in self.edges)

    @property
    def meetings(self) -> int:
        """How often it leads over rows that both only refer to: two people of one town need have nothing to do."""
        return sum(one.forward and not next_.forward for one, next_ in pairwise(self.edges))

    @property
    def bends(self) -> int:
        """How often it turns: from an owner down to what is his it never does, over what merely links two it does."""
        return sum(one.forward != next_.forward for one, next_ in pairwise(self.edges))

    @property
    def confidence(self) -> float:
        """How sure its relations are."""
        product = 1.0
        for edge in self.edges:
            product *= edge.relation.confidence
        return product

    @property
    def vias(self) -> tuple[str, ...]:
        """The referring columns on the way, as plans name them."""
        return tuple(edge.via for edge in self.edges)


def shortest(relations: Relations, start: TableName, end: TableName, via: str = "") -> tuple[Path, ...]:
    """Every shortest path, the surest first; with `via`, of those that take this relation at their start or end."""
    found = list(_taking(relations, start, end, via)) if via else _surest(_paths(relations, start, end))
    return tuple(sorted(found, key=lambda path: -path.confidence)[:MOST])


def joins_between(names: Sequence[TableName], paths: Callable[[TableName, TableName], Sequence[Path]]) -> int | None:
    """How many relations connect tables, each reached over the shortest way from those before; None without one."""
    connected, total = set(names[:1]), 0
    waiting = set(names[1:])
    while waiting:
        ways = [
            (len(found[0].edges), str(name), name, found[0])
            for name in waiting
            for start in connected
            if (found := paths(start, name))
        ]
        if not ways:
            return None
        steps, _, name, path = min(ways, key=lambda way: (way[0], way[1]))
        connected |= {name, *(edge.target for edge in path.edges)}
        waiting -= connected
        total += steps
    return total


def _surest(paths: Iterator[Path]) -> list[Path]:
    """As many as are listed, and those before them that are less sure."""
    found: list[Path] = []
    missing = MOST
    for path in paths:
        found.append(path)
        missing -= path.confidence >= 1
        if not missing:
            break
    return found


def _taking(relations: Relations, start: TableName, end: TableName, via: str) -> list[Path]:
    """The shortest ways whose first or last step is this relation; they may come back to where they began."""
    found = [
        Path((edge, *path.edges))
        for edge in _named(relations, start, via)
        for path in _surest(_paths(relations, edge.target, end))
    ]
    found += [
        Path((*path.edges, edge.back))
        for edge in _named(relations, end, via)
        for path in _surest(_paths(relations, start, edge.target))
    ]
    least = min((len(path.edges) for path in found), default=0)
    return list(dict.fromkeys(path for path in found if len(path.edges) == least <= LONGEST))


def _named(relations: Relations, table: TableName, via: str) -> list[Edge]:
    """The edges from a table that are called so."""
    return [
        edge
        for edge in relations.of(table)
        if any(f"{edge.relation.table}.{column}" == via for column in edge.relation.columns)
    ]


def _paths(relations: Relations, start: TableName, end: TableName) -> Iterator[Path]:
    """Every shortest path, in the order of the relations."""
    levels = _levels(relations, start, end)

    def onward(table: TableName, step: int) -> Iterator[tuple[Edge, ...]]:
        if step == len(levels):
            yield ()
            return
        for edge in relations.towards(table, levels[step]):
            for rest in onward(edge.target, step + 1):
                yield (edge, *rest)

    return (Path(edges) for edges in (onward(start, 1) if levels else ()))


def _levels(relations: Relations, start: TableName, end: TableName) -> Sequence[Level]:
    """The tables on all shortest paths, step by step; none where there is no way.

    It is searched from both ends, from the one with fewer tables at its edge, so that a table to which a thousand
    others refer is hardly ever left in all directions.
    """
    here: list[Level] = [{start}]
    there: list[Level] = [{end}]
    while not (meeting := here[-1] & there[-1]):
        side = here if len(here[-1]) <= len(there[-1]) else there
        if not side[-1] or len(here) + len(there) - 2 == LONGEST:
            return ()
        side.append(frozenset[TableName]().union(*map(relations.beside, side[-1])).difference(*side[-2:]))
    return [*reversed(_leading(relations, here[:-1], meeting)), meeting, *_leading(relations, there[:-1], meeting)]


def _leading(relations: Relations, levels: Sequence[Level], meeting: Level) -> list[Level]:
    """Of the levels from an end up to where both searches met, the tables that lead there; the nearest first."""
    found: list[Level] = []
    for level in reversed(levels):
        meeting = {table for table in level if not relations.beside(table).isdisjoint(meeting)}
        found.append(meeting)
    return found
