"""The catalog of a SQLite file in five set-based statements over its schema and the table-valued pragmas."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from connectors.threads import ThreadSession
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.errors import StatementError
from core.values import Limits

# The number of columns is 0 where SQLite cannot tell them: a view whose tables are gone, a table of a missing module.
_TABLES = """
SELECT name, type, ncol, wr FROM pragma_table_list
WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
"""

_COLUMNS = """
SELECT t.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
FROM pragma_table_list t CROSS JOIN pragma_table_xinfo(t.name) x
WHERE t.schema = 'main' AND t.type <> 'shadow' AND t.ncol > 0 AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND x.hidden <> 1
ORDER BY t.name, x.cid
"""

_UNIQUE = """
SELECT m.name, l.name, i.name
FROM sqlite_schema m CROSS JOIN pragma_index_list(m.name) l CROSS JOIN pragma_index_info(l.name) i
WHERE m.type = 'table' AND l."unique" AND l.origin <> 'pk' AND NOT l.partial
ORDER BY m.name, l.seq DESC, i.seqno
"""

_FOREIGN_KEYS = """
SELECT m.name, f.id, f."table", f."from", f."to"
FROM sqlite_schema m CROSS JOIN pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' ORDER BY m.name, f.id DESC, f.seq
"""

_VIEWS = "SELECT name, sql FROM sqlite_schema WHERE type = 'view'"
_ESTIMATES = "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl"
_HAS_ESTIMATES = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'"

Rows = list[Sequence[Any]]
Keys = Mapping[str, tuple[tuple[str, ...], ...]]


async def read_catalog(session: ThreadSession, limits: Limits, *, engine: str) -> Catalog:
    """Read everything and put it together."""

    async def ask(sql: str, *parameters: str) -> Rows:
        await session.start(sql, parameters=parameters, limits=limits)
        rows: Rows = []
        while some := await session.fetch(1000):
            rows.extend(some)
        return rows

    tables = await ask(_TABLES)
    unknown = [name for name, _, width, _ in tables if not width]
    if unknown:
        # At the first view that is broken SQLite leaves those behind it unknown, too: ask for each of them by name.
        for name in unknown:
            with suppress(StatementError):
                await ask("SELECT count(*) FROM pragma_table_xinfo(?)", name)
        tables = await ask(_TABLES)
    columns: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for table, *column in await ask(_COLUMNS):
        columns[table].append(column)
    unique = _unique(await ask(_UNIQUE))
    estimates = {str(table): int(rows) for table, rows in await ask(_ESTIMATES)} if await ask(_HAS_ESTIMATES) else {}
    views = {str(name): str(sql) for name, sql in await ask(_VIEWS)}
    primary = {table: _primary_key(each) for table, each in columns.items()}
    foreign = _foreign_keys(await ask(_FOREIGN_KEYS), primary)
    return Catalog(
        dialect="sqlite",
        tables=tuple(
            Table(
                schema="main",
                name=name,
                columns=tuple(_column(each, without_rowid=bool(without_rowid)) for each in columns[name]),
                kind="view" if kind == "view" else "table",
                primary_key=primary[name],
                unique_keys=unique.get(name, ()),
                foreign_keys=foreign.get(name, ()),
                row_estimate=estimates.get(name),
                definition=views.get(name),
            )
            for name, kind, _, without_rowid in tables
            if name in columns
        ),
        search_path=("main",),
        hidden=tuple(TableName("main", name) for name, *_ in tables if name not in columns),
        engine=engine,
    )


def _column(row: Sequence[Any], *, without_rowid: bool) -> Column:
    name, kind, not_null, default, place_in_key, hidden = row
    # By an old mistake SQLite lets other primary keys be null.
    never_null = not_null or (place_in_key and (without_rowid or str(kind).upper() == "INTEGER"))
    return Column(
        name=name,
        type=kind or "ANY",
        nullable=not never_null,
        default="generated always" if hidden in (2, 3) else default,
    )


def _primary_key(columns: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    placed = sorted((row[4], row[0]) for row in columns if row[4])
    return tuple(name for _, name in placed)


def _unique(rows: Rows) -> Keys:
    indexes: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for table, index, column in rows:
        indexes[table, index].append(column)
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for (table, _), columns in indexes.items():
        # An index over an expression names no column.
        named = tuple(column for column in columns if column is not None)
        if len(named) == len(columns) and named not in found[table]:
            found[table].append(named)
    return {table: tuple(keys) for table, keys in found.items()}


def _foreign_keys(rows: Rows, primary: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[ForeignKey, ...]]:
    """SQLite finds the other table without regard to case; a key that names no columns means the primary key."""
    spelled = {name.lower(): name for name in primary}
    parts: dict[tuple[str, int], tuple[str, list[str], list[str | None]]] = {}
    for table, number, other, column, referenced in rows:
        _, own, theirs = parts.setdefault((table, number), (other, [], []))
        own.append(column)
        theirs.append(referenced)
    found: dict[str, list[ForeignKey]] = defaultdict(list)
    for (table, _), (other, own, theirs) in parts.items():
        name = spelled.get(other.lower())
        if name is None:
            continue
        named = tuple(each for each in theirs if each is not None) or primary[name]
        if len(named) == len(own):
            found[table].append(ForeignKey(tuple(own), TableName("main", name), named))
    return {table: tuple(keys) for table, keys in found.items()}
