"""The catalog of a PostgreSQL database in six set-based statements over pg_catalog."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from core.catalog import Catalog, Column, ForeignKey, Table, TableKind, TableName
from core.values import Cell, Row

ENGINE = "SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)"

OWN_TYPES = """
SELECT typname, oid::int8, typarray::int8 FROM pg_type
WHERE oid >= 16384 AND typarray <> 0 AND (typrelid = 0 OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))
"""

ENCODING = "SELECT current_setting('server_encoding')"

_SEARCH_PATH = "SELECT current_schemas(false)::text[]"

# Partitions are left out, and so is what an extension brought (statistics of other people's statements, for example).
_TABLES = """
SELECT c.oid::int8, n.nspname, c.relname, c.relkind, t.description,
    CASE WHEN c.relkind IN ('r', 'm') AND (c.reltuples > 0 OR c.relpages > 0) THEN c.reltuples::int8 END,
    CASE WHEN c.relkind IN ('r', 'm') THEN pg_total_relation_size(c.oid) END,
    has_schema_privilege(n.oid, 'USAGE')
        AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT')),
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_description t ON t.classoid = 'pg_class'::regclass AND t.objoid = c.oid AND t.objsubid = 0
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )
ORDER BY n.nspname, c.relname
"""

_COLUMNS = """
SELECT a.attrelid::int8, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
    CASE
        WHEN a.attidentity <> '' THEN
            'generated ' || CASE a.attidentity WHEN 'a' THEN 'always' ELSE 'by default' END || ' as identity'
        WHEN a.attgenerated <> '' THEN 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')'
        ELSE pg_get_expr(d.adbin, d.adrelid)
    END,
    t.description
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_description t ON t.classoid = 'pg_class'::regclass AND t.objoid = a.attrelid AND t.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
    AND c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND (has_table_privilege(c.oid, 'SELECT') OR has_column_privilege(c.oid, a.attnum, 'SELECT'))
ORDER BY a.attrelid, a.attnum
"""

_UNIQUE = """
SELECT indrelid::int8, indisprimary, (indkey::int2[])[0:indnkeyatts - 1]
FROM pg_index WHERE indisunique AND indisvalid AND indpred IS NULL AND indexprs IS NULL AND indrelid >= 16384
ORDER BY indrelid, indexrelid
"""

_FOREIGN_KEYS = """
SELECT conrelid::int8, conkey, confrelid::int8, confkey
FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 ORDER BY conrelid, oid
"""

# A partitioned table is as large as its leaves.
_PARTITIONED = """
SELECT pg_partition_root(oid)::int8, sum(CASE WHEN relpages > 0 OR reltuples > 0 THEN reltuples END)::int8,
    sum(pg_total_relation_size(oid))::int8
FROM pg_class WHERE relispartition AND relkind = 'r' GROUP BY 1
"""

_ENUMS = """
SELECT format_type(enumtypid, NULL), array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum GROUP BY enumtypid
"""

_KINDS: Mapping[str, TableKind] = {
    "r": "table",
    "p": "table",
    "v": "view",
    "m": "materialized view",
    "f": "foreign table",
}

Query = Callable[[str], Awaitable[list[Row]]]


@dataclass
class _Parts:
    """Rows of the statements, under the number of their table."""

    names: dict[int, TableName] = field(default_factory=dict[int, TableName])
    columns: dict[int, dict[int, Column]] = field(default_factory=lambda: defaultdict(dict[int, Column]))
    primary: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    unique: dict[int, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list[tuple[str, ...]]))
    foreign: dict[int, list[ForeignKey]] = field(default_factory=lambda: defaultdict(list[ForeignKey]))
    sizes: dict[int, tuple[int | None, int | None]] = field(default_factory=dict[int, tuple[int | None, int | None]])

    def named(self, table: int, numbers: Cell) -> tuple[str, ...] | None:
        """Names of columns by their numbers; None when the login may not see one of them."""
        columns = self.columns[table]
        wanted = cast(list[int], numbers)
        return tuple(columns[n].name for n in wanted) if all(n in columns for n in wanted) else None


async def read_catalog(query: Query) -> Catalog:
    """Read everything and put it together."""
    tables = await query(_TABLES)
    parts = _Parts(names={_int(row[0]): TableName(str(row[1]), str(row[2])) for row in tables})
    for oid, number, name, kind, nullable, default, comment in await query(_COLUMNS):
        parts.columns[_int(oid)][_int(number)] = Column(
            str(name), str(kind), bool(nullable), _text(default), _text(comment)
        )
    _gather_keys(parts, await query(_UNIQUE), await query(_FOREIGN_KEYS))
    parts.sizes = {_int(oid): (_maybe(rows), _maybe(size)) for oid, rows, size in await query(_PARTITIONED)}
    readable = [row for row in tables if row[7]]
    return Catalog(
        dialect="postgres",
        tables=tuple(_table(row, parts) for row in readable),
        search_path=tuple(cast(list[str], (await query(_SEARCH_PATH))[0][0])),
        hidden=tuple(parts.names[_int(row[0])] for row in tables if not row[7]),
        engine=str((await query(ENGINE))[0][0]),
        extra={f"enum {name}": ", ".join(cast(list[str], labels)) for name, labels in await query(_ENUMS)},
    )


def _gather_keys(parts: _Parts, unique: Sequence[Row], foreign: Sequence[Row]) -> None:
    for oid, primary, numbers in unique:
        table = _int(oid)
        key = parts.named(table, numbers)
        if key and primary:
            parts.primary[table] = key
        elif key:
            parts.unique[table].append(key)
    for oid, numbers, other, other_numbers in foreign:
        own, referenced = parts.named(_int(oid), numbers), parts.named(_int(other), other_numbers)
        if own and referenced and _int(other) in parts.names:
            parts.foreign[_int(oid)].append(ForeignKey(own, parts.names[_int(other)], referenced))


def _table(row: Row, parts: _Parts) -> Table:
    oid, schema, name, kind, comment, estimate, size, _, definition = row
    table = _int(oid)
    rows, bytes_ = parts.sizes.get(table, (_maybe(estimate), _maybe(size)))
    return Table(
        schema=str(schema),
        name=str(name),
        columns=tuple(parts.columns[table].values()),
        kind=_KINDS[str(kind)],
        primary_key=parts.primary.get(table, ()),
        unique_keys=tuple(parts.unique.get(table, ())),
        foreign_keys=tuple(parts.foreign.get(table, ())),
        comment=_text(comment),
        row_estimate=rows,
        bytes=bytes_,
        definition=_text(definition),
    )


def _int(value: Cell) -> int:
    return cast(int, value)


def _text(value: Cell) -> str | None:
    return None if value is None else str(value)


def _maybe(value: Cell) -> int | None:
    return None if value is None else int(str(value))
