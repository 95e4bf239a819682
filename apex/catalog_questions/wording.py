"""How names, lists and results of catalog questions are put."""

import re
from collections.abc import Iterable, Sequence

from core.catalog import Catalog, Column, Table
from core.values import Cell, Evidence, Result, ResultColumn

_PLAIN = re.compile(r"[^\W\d][\w$]*\Z")


def spoken(table: Table, catalog: Catalog, *, qualify: bool = False) -> str:
    """A table's name as a person would write it: with its schema unless that is the first one looked at."""
    bare = not qualify and (table.schema == next(iter(catalog.search_path), table.schema))
    return _plain(table.name) if bare else f"{_plain(table.schema)}.{_plain(table.name)}"


def spoken_column(table: Table, column: Column, catalog: Catalog) -> str:
    """A column's name with its table's."""
    return f"{spoken(table, catalog)}.{_plain(column.name)}"


def listed(names: Sequence[str], *, most: int = 10) -> str:
    """`a, b and c`; a longer list is cut, and says by how much."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counted(number: int, noun: str) -> str:
    """`1 table`, `1,234 tables`, `2 primary keys`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, numbers: Iterable[str] = ()) -> Result:
    """A result out of the catalog; `numbers` names the columns that hold integers."""
    integers, flags = set(numbers), {"nullable"}
    types = ["integer" if name in integers else "boolean" if name in flags else "text" for name in columns]
    return Result(
        columns=[ResultColumn(name=name, type=kind) for name, kind in zip(columns, types, strict=True)],
        rows=[list(row) for row in rows],
    )


def resting_on(*tables: Table) -> list[Evidence]:
    """Tables as evidence."""
    return [Evidence(kind="table", id=str(table.full_name)) for table in tables]


def _plain(name: str) -> str:
    return name if _PLAIN.match(name) else '"' + name.replace('"', '""') + '"'
