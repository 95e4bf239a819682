"""The ways from one table to another over relations: the shortest, and whether it is the only one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apex.model.relations import Edge
from core.catalog import TableName

Edges = Callable[[TableName], Sequence[Edge]]
"""Where one can go from a table."""

LONGEST = 6
"""A path over more relations says little."""
MOST = 8
"""So many equally short ways are listed."""
MAX_VISITED = 3_000


@dataclass(frozen=True, slots=True)
class Path:
    """Edges from a table to another, in order; none where both are the same."""

    edges: tuple[Edge, ...] = ()

    @property
    def multiplies(self) -> bool:
        """Whether one row at its start may meet several at its end."""
        return any(edge.multiplies for edge in self.edges)

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


def shortest(edges: Edges, start: TableName, end: TableName, *, via: str = "") -> tuple[Path, ...]:
    """Every shortest path, the surest first; with `via`, of those that take this relation."""
    if start == end and not via:
        return (Path(),)
    if not edges(end):
        # Seen from here at once; from the other side, a thousand tables later.
        return ()
    found = sorted(_paths(edges, start, end, via), key=lambda path: -path.confidence)
    return tuple(found[:MOST])


def _paths(edges: Edges, start: TableName, end: TableName, via: str) -> Iterator[Path]:
    """Breadth first, level by level; a table is not entered twice in one path, save to come back to `end`."""
    level: list[_Step | None] = [None]
    levels = {start: 0}
    visited = 0
    for depth in range(1, LONGEST + 1):
        further: list[_Step | None] = []
        arrived: list[Path] = []
        for step in level:
            for edge in edges(step.edge.target if step else start):
                visited += 1
                target = edge.target
                if via or levels.setdefault(target, depth) == depth:
                    further.append(_Step(edge, step))
                    if target == end:
                        arrived.append(_path_to(further[-1]))
        arrived = [path for path in arrived if _takes(path, via)]
        if arrived or not further or visited > MAX_VISITED:
            yield from arrived
            return
        level = further


class _Step(NamedTuple):
    """An edge with the step before it: a way of which only those that arrive are written out."""

    edge: Edge
    before: "_Step | None"


def _path_to(last: _Step | None) -> Path:
    edges: list[Edge] = []
    while last:
        edges.append(last.edge)
        last = last.before
    return Path(tuple(reversed(edges)))


def _takes(path: Path, via: str) -> bool:
    """Whether the named relation is taken, towards what it refers to at the first or last step."""
    if not via:
        return True
    return any(_is_named(edge, via) for edge in (path.edges[0], path.edges[-1]))


def _is_named(edge: Edge, via: str) -> bool:
    return any(f"{edge.relation.table}.{column}" == via for column in edge.relation.columns)
