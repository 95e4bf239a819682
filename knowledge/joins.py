"""Which tables a question needs only to get from one table to another."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.catalog import Catalog, TableName
from core.profile import Relation

Neighbours = Sequence[Sequence[int]]

MAX_EDGES = 4
MAX_VISITED = 2_000
"""Beyond this many tables a hub has been reached, and a path through it says little."""


def neighbours(catalog: Catalog, places: Mapping[TableName, int], relations: Iterable[Relation] = ()) -> Neighbours:
    """For every table the places of those it shares a foreign key or a found relation with, in either direction."""
    found: list[list[int]] = [[] for _ in catalog.tables]
    declared = ((table.full_name, key.table) for table in catalog.tables for key in table.foreign_keys)
    for one, other in (*declared, *((each.table, each.referenced) for each in relations)):
        if one != other and one in places and other in places:
            found[places[one]].append(places[other])
            found[places[other]].append(places[one])
    return found


def between(edges: Neighbours, anchors: Sequence[int], score: Mapping[int, float]) -> Iterator[tuple[int, float]]:
    """The inner tables of a shortest path between any two anchors, with the score of the lesser anchor.

    Of equally short paths the one over better scored tables is taken, so that the result does not depend on chance.
    """
    for number, one in enumerate(anchors, start=1):
        others = anchors[number:]
        parents = _tree(edges, one, score, set(others))
        for other in others:
            for place in _inner(parents, one, other):
                yield place, min(score[one], score[other])


def _tree(edges: Neighbours, root: int, score: Mapping[int, float], wanted: set[int]) -> Mapping[int, int]:
    """Breadth first from `root` to all that are wanted: every table reached, with the table it was reached from."""
    parents = {root: root}
    waiting = deque([(root, 0)])
    while waiting and len(parents) < MAX_VISITED and not wanted <= parents.keys():
        place, depth = waiting.popleft()
        if depth == MAX_EDGES:
            break
        for each in _best_first(edges[place], score):
            if each not in parents:
                parents[each] = place
                waiting.append((each, depth + 1))
    return parents


def _best_first(places: Sequence[int], score: Mapping[int, float]) -> Iterable[int]:
    scored = [place for place in places if place in score]
    if len(places) < 2 or not scored:
        return places
    return [*sorted(scored, key=lambda place: -score[place]), *(place for place in places if place not in score)]


def _inner(parents: Mapping[int, int], root: int, leaf: int) -> Iterator[int]:
    place = parents.get(leaf, root)
    while place != root:
        yield place
        place = parents[place]
