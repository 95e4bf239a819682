"""Databases of the same shape with other rows: readings that are right by chance on one are wrong on these."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copyfile

from evals.shaking import Cell, Row, Shaking, Shape


def shaken(file: Path, folder: Path, number: int) -> list[Path]:
    """So many copies of a SQLite database in a folder, each with other rows."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = [folder / f"{place}.sqlite" for place in range(number)]
    for place, copy in enumerate(copies):
        copyfile(file, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.text_factory = _text
            connection.execute("PRAGMA foreign_keys = OFF")
            Shaking(_Sqlite(connection), Random(place)).all()  # noqa: S311 - nothing secret
            connection.commit()
    return copies


def _text(stored: bytes) -> str:
    return stored.decode("utf8", "ignore")


@dataclass(frozen=True)
class _Sqlite:
    connection: sqlite3.Connection

    def shapes(self) -> Iterator[Shape]:
        """Every table."""
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

    def rows(self, shape: Shape) -> list[Row]:
        """All rows of a table."""
        return [list(row) for row in self._asked(f'SELECT * FROM "{shape.name}"')]

    def write(self, shape: Shape, rows: Sequence[Row]) -> bool:
        """Take these rows for those of a table."""
        marks = ", ".join("?" * len(shape.columns))
        try:
            with self.connection:
                self.connection.execute(f'DELETE FROM "{shape.name}"')
                self.connection.executemany(f'INSERT INTO "{shape.name}" VALUES ({marks})', rows)
        except sqlite3.IntegrityError:
            return False
        return True

    def _asked(self, statement: str) -> list[tuple[Cell, ...]]:
        return self.connection.execute(statement).fetchall()
