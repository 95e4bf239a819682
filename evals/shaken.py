"""Databases of the same shape with other rows: readings that are right by chance on one are wrong on these."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copyfile

ROWS = 60
"""Small tables grow to so many rows, so that several rows meet."""
MOST = 20_000
"""Larger tables stay as they are."""
CHANGED = 0.5
"""The share of cells that take the value of another row."""

Cell = int | float | str | bytes | None
Row = list[Cell]


def shaken(file: Path, folder: Path, number: int) -> list[Path]:
    """So many copies of a SQLite database in a folder; keys stay keys, and what refers goes on to refer."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = [folder / f"{place}.sqlite" for place in range(number)]
    for place, copy in enumerate(copies):
        copyfile(file, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.text_factory = _text
            Shaking(connection, Random(place)).all()  # noqa: S311 - nothing secret
            connection.commit()
    return copies


def _text(stored: bytes) -> str:
    return stored.decode("utf8", "ignore")


@dataclass(frozen=True)
class Shape:
    """A table: its columns, which of them are its key, may not repeat, and refer to which column of which table."""

    name: str
    columns: Sequence[str]
    key: Sequence[int]
    unique: frozenset[int]
    refers: dict[int, tuple[str, int]]


@dataclass(frozen=True)
class Shaking:
    """One database while its rows are changed."""

    connection: sqlite3.Connection
    chance: Random

    def all(self) -> None:
        """Every table, those before that others refer to."""
        self.connection.execute("PRAGMA foreign_keys = OFF")
        shapes = {shape.name.lower(): shape for shape in self._shapes()}
        done: dict[str, list[Row]] = {}
        while shapes:
            free = [name for name, shape in shapes.items() if not {t for t, _ in shape.refers.values()} & {*shapes}]
            name = next(iter(free or shapes))
            done[name] = self._changed(shapes.pop(name), done)

    def _shapes(self) -> Iterator[Shape]:
        listed = self._asked("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        columns = {str(name): self._asked(f'PRAGMA table_info("{name}")') for (name,) in listed}
        places = {t.lower(): {str(each[1]).lower(): at for at, each in enumerate(of)} for t, of in columns.items()}
        for table, of in columns.items():
            own, refers = places[table.lower()], dict[int, tuple[str, int]]()
            for each in self._asked(f'PRAGMA foreign_key_list("{table}")'):
                other, column = str(each[2]).lower(), str(each[4] or each[3]).lower()
                if other != table.lower() and column in places.get(other, {}):
                    refers[own[str(each[3]).lower()]] = other, places[other][column]
            unique = [
                own[str(part[2]).lower()]
                for index in self._asked(f'PRAGMA index_list("{table}")')
                if index[2] and index[3] != "pk"
                for part in self._asked(f'PRAGMA index_info("{index[1]}")')
                if part[2]
            ]
            key = [at for at, each in enumerate(of) if each[5]]
            yield Shape(table, [str(each[1]) for each in of], key, frozenset(unique), refers)

    def _changed(self, shape: Shape, done: dict[str, list[Row]]) -> list[Row]:
        rows = [list(row) for row in self._asked(f'SELECT * FROM "{shape.name}"')]
        if not rows or len(rows) > MOST:
            return rows
        found = list(_once(self._mixed(shape, rows, done), shape.key))
        marks = ", ".join("?" * len(shape.columns))
        try:
            with self.connection:
                self.connection.execute(f'DELETE FROM "{shape.name}"')
                self.connection.executemany(f'INSERT INTO "{shape.name}" VALUES ({marks})', found)
        except sqlite3.IntegrityError:
            # A condition of the table that its values satisfy together only as they were.
            return rows
        return found

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

    def _asked(self, statement: str) -> list[tuple[Cell, ...]]:
        return self.connection.execute(statement).fetchall()


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
