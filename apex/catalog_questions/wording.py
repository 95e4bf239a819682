"""How names, lists and results of catalog questions are put."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from core.catalog import Catalog, Column, Table
from core.values import Cell, Evidence, Result, ResultColumn

T = TypeVar("T")

_PLAIN = re.compile(r"[^\W\d][\w$]*\Z")


def spoken(table: Table, catalog: Catalog, *, qualify: bool = False) -> str:
    """A table's name as a person would write it: with its schema where the bare name might mean another table."""
    first = table.schema == next(iter(catalog.search_path), table.schema)
    bare = first and not qualify and len(catalog.by_folded_name[table.name.lower()]) == 1
    return _plain(table.name) if bare else f"{_plain(table.schema)}.{_plain(table.name)}"


def spoken_column(table: Table, column: Column, catalog: Catalog) -> str:
    """A column's name with its table's."""
    return f"{spoken(table, catalog)}.{_plain(column.name)}"


def listed(names: Sequence[str], *, most: int = 10) -> str:
    """`a, b and c`; a longer list is cut, and says by how much."""
    return listed_as(names, str, most=most)


def listed_as(things: Sequence[T], spell: Callable[[T], str], *, most: int = 10) -> str:
    """The same for things that `spell` puts into words; only those that are told are spelled."""
    names = [spell(thing) for thing in things[:most]]
    if len(things) > most:
        return f"{', '.join(names)} and {len(things) - most:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counted(number: int, noun: str) -> str:
    """`1 table`, `1,234 tables`, `2 primary keys`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, numbers: Iterable[str] = ()) -> Result:
    """A result out of the catalog; `numbers` names the columns that hold integers."""
    integers, flags = set(numbers), {"nullable"}
    types = ["integer" if name in integers else "boolean" if name in flags else "text" for name in columns]
    described = [ResultColumn(name=name, type=kind) for name, kind in zip(columns, types, strict=True)]
    # Cells of a catalog are JSON-safe as they are; to validate those of 5,000 tables would take longer than all else.
    return Result(columns=described, rows=[]).model_copy(update={"rows": [list(row) for row in rows]})


def resting_on(*tables: Table) -> list[Evidence]:
    """Tables as evidence."""
    return [Evidence(kind="table", id=str(table.full_name)) for table in tables]


def _plain(name: str) -> str:
    return name if _PLAIN.match(name) else '"' + name.replace('"', '""') + '"'
