"""The catalog of a DuckDB database in four set-based statements."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import cast

from core.catalog import Catalog, Column, ForeignKey, Table, TableKind, TableName
from core.errors import StatementError
from core.values import Cell, Row
from sql.names import qualified

_HERE = "database_name = current_database() AND NOT internal"

_TABLES = f"""
SELECT schema_name, table_name, 'table', comment, estimated_size, NULL
FROM duckdb_tables() WHERE {_HERE} AND NOT temporary
UNION ALL
SELECT schema_name, view_name, 'view', comment, NULL, sql FROM duckdb_views() WHERE {_HERE} AND NOT temporary
ORDER BY 1, 2
"""

_COLUMNS = f"""
SELECT schema_name, table_name, column_name, data_type, is_nullable, column_default, comment
FROM duckdb_columns() WHERE {_HERE} ORDER BY schema_name, table_name, column_index
"""

_KEYS = """
SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
FROM duckdb_constraints()
WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
ORDER BY schema_name, table_name, constraint_index
"""

Query = Callable[[str], Awaitable[list[Row]]]


async def read_catalog(query: Query, *, engine: str, extra: Mapping[str, str]) -> Catalog:
    """Read everything and put it together. A view whose tables are gone is hidden."""
    tables = await query(_TABLES)
    columns: dict[TableName, list[Column]] = defaultdict(list)
    for schema, table, name, kind, nullable, default, comment in await query(_COLUMNS):
        columns[_name(schema, table)].append(
            Column(str(name), str(kind), bool(nullable), _text(default), _text(comment))
        )
    keys: dict[TableName, list[Row]] = defaultdict(list)
    for schema, table, *key in await query(_KEYS):
        keys[_name(schema, table)].append(key)
    names = [_name(schema, table) for schema, table, *_ in tables]
    broken = await _broken(query, [name for name, row in zip(names, tables, strict=True) if row[2] == "view"])
    return Catalog(
        dialect="duckdb",
        tables=tuple(
            _table(name, row, columns[name], keys[name])
            for name, row in zip(names, tables, strict=True)
            if name not in broken
        ),
        search_path=("main",),
        hidden=tuple(broken),
        engine=engine,
        extra=extra,
    )


async def _broken(query: Query, views: Sequence[TableName]) -> Sequence[TableName]:
    """The views that cannot be asked. One statement over all tells whether there is any, which is rare."""
    probes = {name: f"(SELECT 1 FROM {qualified(name, 'duckdb')} LIMIT 0)" for name in views}
    found: list[TableName] = []
    if probes and await _fails(query, f"SELECT {', '.join(probes.values())}"):
        found = [name for name, probe in probes.items() if await _fails(query, f"SELECT {probe}")]
    return found


async def _fails(query: Query, sql: str) -> bool:
    try:
        await query(sql)
    except StatementError:
        return True
    return False


def _table(name: TableName, row: Row, columns: Sequence[Column], keys: Sequence[Row]) -> Table:
    _, _, kind, comment, estimate, definition = row

    def of(constraint: str) -> list[tuple[str, ...]]:
        return [_names(key[1]) for key in keys if key[0] == constraint]

    return Table(
        schema=name.schema,
        name=name.name,
        columns=tuple(columns),
        kind=cast(TableKind, kind),
        primary_key=next(iter(of("PRIMARY KEY")), ()),
        unique_keys=tuple(of("UNIQUE")),
        foreign_keys=tuple(
            # A foreign key cannot leave its schema in DuckDB.
            ForeignKey(_names(key[1]), TableName(name.schema, str(key[2])), _names(key[3]))
            for key in keys
            if key[0] == "FOREIGN KEY"
        ),
        comment=_text(comment),
        row_estimate=None if estimate is None else int(str(estimate)),
        definition=_text(definition),
    )


def _name(schema: Cell, table: Cell) -> TableName:
    return TableName(str(schema), str(table))


def _names(value: Cell) -> tuple[str, ...]:
    return tuple(cast(list[str], value))


def _text(value: Cell) -> str | None:
    return None if value is None else str(value)
