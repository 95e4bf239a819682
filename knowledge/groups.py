"""Which tables belong together: those of one schema, or in a crowded schema those that foreign keys connect."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from core.catalog import Table
from knowledge.joins import Neighbours

CROWDED = 100
"""A schema of more tables is no subject of its own any more."""


def groups(tables: Sequence[Table], edges: Neighbours) -> Sequence[int]:
    """For every table the number of its group."""
    sizes = Counter(table.schema for table in tables)
    islands = _islands(edges)
    numbers: dict[tuple[str, int], int] = {}
    return [
        numbers.setdefault((table.schema, islands[place] if sizes[table.schema] > CROWDED else -1), len(numbers))
        for place, table in enumerate(tables)
    ]


def members(group_of: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """The tables of each group."""
    found: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(group_of):
        found[group].append(place)
    return found


def _islands(edges: Neighbours) -> Sequence[int]:
    """For every table the number of the island it is on, where edges are bridges."""
    found = [-1] * len(edges)
    for start in range(len(edges)):
        if found[start] < 0:
            for place in _reached(start, edges, found):
                found[place] = start
    return found


def _reached(start: int, edges: Neighbours, found: Sequence[int]) -> Iterator[int]:
    waiting, seen = [start], {start}
    while waiting:
        place = waiting.pop()
        yield place
        fresh = [each for each in edges[place] if found[each] < 0 and each not in seen]
        seen.update(fresh)
        waiting += fresh
