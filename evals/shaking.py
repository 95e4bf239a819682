"""Other rows for a database: what is a key stays one, and what refers goes on to refer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

ROWS = 60
"""Small tables grow to so many rows, so that several rows meet."""
MOST = 20_000
"""Larger tables stay as they are."""
CHANGED = 0.5
"""The share of cells that take the value of another row."""

Cell = int | float | str | bytes | None
Row = list[Cell]


@dataclass(frozen=True)
class Shape:
    """A table: its columns, which of them are its key, may not repeat, and refer to which column of which table."""

    name: str
    columns: Sequence[str]
    key: Sequence[int]
    unique: frozenset[int]
    refers: dict[int, tuple[str, int]]


class Store(Protocol):
    """The database whose rows are changed."""

    def shapes(self) -> Iterable[Shape]:
        """Every table; what `refers` names tables in lower case."""
        ...

    def rows(self, shape: Shape) -> list[Row]:
        """All rows of a table."""
        ...

    def write(self, shape: Shape, rows: Sequence[Row]) -> bool:
        """Take these rows for those of a table; False where a condition of the table forbids them."""
        ...


@dataclass(frozen=True)
class Shaking:
    """One database while its rows are changed."""

    store: Store
    chance: Random

    def all(self) -> None:
        """Every table, those before that others refer to."""
        shapes = {shape.name.lower(): shape for shape in self.store.shapes()}
        done: dict[str, list[Row]] = {}
        while shapes:
            free = [name for name, shape in shapes.items() if not {t for t, _ in shape.refers.values()} & {*shapes}]
            name = next(iter(free or shapes))
            done[name] = self._changed(shapes.pop(name), done)

    def _changed(self, shape: Shape, done: dict[str, list[Row]]) -> list[Row]:
        rows = self.store.rows(shape)
        if not rows or len(rows) > MOST:
            return rows
        found = list(_once(self._mixed(shape, rows, done), shape.key))
        # A table may have conditions that its values satisfy together only as they were.
        return found if self.store.write(shape, found) else rows

    def _mixed(self, shape: Shape, rows: list[Row], done: dict[str, list[Row]]) -> Iterator[Row]:
        """The rows with values of other rows, and new ones where a new key can be made."""
        alone = shape.key[0] if len(shape.key) == 1 else _like_a_key(shape, rows)
        numbered = alone is None or (alone not in shape.refers and all(isinstance(row[alone], int) for row in rows))
        pools = [self._pool(shape, at, rows, done) for at in range(len(shape.columns))]
        last = 0 if alone is None else max((cell for row in rows if isinstance(cell := row[alone], int)), default=0)
        for number in range(max(len(rows), ROWS if numbered and not shape.unique else 0)):
            new = number >= len(rows)
            row = list(self.chance.choice(rows) if new else rows[number])
            for at, pool in enumerate(pools):
                if at == alone:
                    row[at] = last + 1 + number if new else row[at]
                elif at not in shape.unique and ((new and at in shape.refers) or self.chance.random() < CHANGED):
                    row[at] = self.chance.choice(pool)
            yield row

    def _pool(self, shape: Shape, at: int, rows: list[Row], done: dict[str, list[Row]]) -> list[Cell]:
        """The values that a column may take: those of the rows that it refers to, else its own."""
        own = [row[at] for row in rows]
        table, column = shape.refers.get(at, ("", 0))
        others = [row[column] for row in done.get(table, [])]
        return [*others, *[None for _ in own[:1] if None in own]] if {*own}.intersection(others) else own


def _like_a_key(shape: Shape, rows: list[Row]) -> int | None:
    """The first column, where no key is declared and it is called like one and never repeats."""
    named = shape.columns[0].lower().endswith(("id", "code"))
    return (
        0 if not shape.key and named and 0 not in shape.refers and len({row[0] for row in rows}) == len(rows) else None
    )


def _once(rows: Iterator[Row], key: Sequence[int]) -> Iterator[Row]:
    """The rows without those whose key was there before."""
    seen: set[tuple[Cell, ...]] = set()
    for row in rows:
        found = tuple(row[at] for at in key)
        if not key or found not in seen:
            seen.add(found)
            yield row
