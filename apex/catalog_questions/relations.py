"""Foreign keys as edges between tables: the neighbours of a table, and the shortest path between two."""

from collections import deque
from collections.abc import Iterable, Sequence

from apex.catalog_questions.wording import sheet, spoken
from core.catalog import Catalog, ForeignKey, Table, TableName
from core.values import Result

Edge = tuple[Table, ForeignKey]
"""A foreign key and the table that owns it."""


def edges_of(table: Table, catalog: Catalog) -> list[Edge]:
    """The foreign keys that leave a table, then those that arrive at it."""
    leaving: list[Edge] = [(table, key) for key in table.foreign_keys]
    arriving = [edge for edge in catalog.referenced_by.get(table.full_name, ()) if edge[0] is not table]
    return leaving + arriving


def shortest_path(start: Table, end: Table, catalog: Catalog) -> list[Edge] | None:
    """The fewest foreign keys that lead from one table to the other, in order; None when there are none."""
    came: dict[TableName, tuple[Table, Edge] | None] = {start.full_name: None}
    waiting = deque([start])
    while waiting and end.full_name not in came:
        table = waiting.popleft()
        for edge in edges_of(table, catalog):
            other = _other_side(edge, table, catalog)
            if other and other.full_name not in came:
                came[other.full_name] = (table, edge)
                waiting.append(other)
    return _walked_back(came, end) if end.full_name in came else None


def key_in_words(table: Table, key: ForeignKey, catalog: Catalog) -> str:
    """`orders.customer_id refers to customers.id`."""
    other = catalog.by_name.get(key.table)
    referred = spoken(other, catalog) if other else str(key.table)
    return f"{_columns(spoken(table, catalog), key.columns)} refers to {_columns(referred, key.referenced_columns)}"


def foreign_key_rows(tables: Sequence[Table], catalog: Catalog) -> Result:
    """The foreign keys of these tables, one per row."""
    return edges_sheet([(table, key) for table in tables for key in table.foreign_keys], catalog)


def edges_sheet(edges: Iterable[Edge], catalog: Catalog) -> Result:
    """Foreign keys, one per row."""
    return sheet(
        ("table", "columns", "referenced_table", "referenced_columns"),
        (
            [str(table.full_name), ", ".join(key.columns), str(key.table), ", ".join(key.referenced_columns)]
            for table, key in edges
        ),
    )


def _columns(table: str, columns: Sequence[str]) -> str:
    return f"{table}.{columns[0]}" if len(columns) == 1 else f"{table}({', '.join(columns)})"


def _other_side(edge: Edge, table: Table, catalog: Catalog) -> Table | None:
    owner, key = edge
    return catalog.by_name.get(key.table) if owner is table else owner


def _walked_back(came: dict[TableName, tuple[Table, Edge] | None], end: Table) -> list[Edge]:
    path: list[Edge] = []
    step = came[end.full_name]
    while step:
        table, edge = step
        path.append(edge)
        step = came[table.full_name]
    return path[::-1]
