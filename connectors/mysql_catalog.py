"""The catalog of MySQL and MariaDB: four statements over all schemas that the login sees, put together here."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.catalog import Column, ForeignKey, Table, TableKind, TableName
from core.values import Cell, Row

_OURS = "NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')"
TABLES = (
    "SELECT table_schema, table_name, table_type, table_rows, data_length + index_length, table_comment"
    f" FROM information_schema.tables WHERE table_schema {_OURS} AND table_type <> 'SEQUENCE'"
    " ORDER BY table_schema, table_name"
)
COLUMNS = (
    "SELECT table_schema, table_name, column_name, column_type, is_nullable, column_default, column_comment,"
    " extra, generation_expression, find_in_set('select', privileges) > 0"
    f" FROM information_schema.columns WHERE table_schema {_OURS}"
    " ORDER BY table_schema, table_name, ordinal_position"
)
KEYS = (
    "SELECT table_schema, table_name, constraint_name, column_name,"
    " referenced_table_schema, referenced_table_name, referenced_column_name"
    f" FROM information_schema.key_column_usage WHERE table_schema {_OURS}"
    " ORDER BY table_schema, table_name, constraint_name, ordinal_position"
)
VIEWS = f"SELECT table_schema, table_name, view_definition FROM information_schema.views WHERE table_schema {_OURS}"
"""The definitions are empty for a login without the right to see them."""
_TEXTS = re.compile(r"char|text|enum|set|date|time|binary|blob|json", re.IGNORECASE)


@dataclass
class _Keys:
    """The keys of one table."""

    primary: tuple[str, ...] = ()
    unique: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    foreign: list[ForeignKey] = field(default_factory=list[ForeignKey])


def engine(version: str) -> str:
    """Engine and version for people, e.g. `MariaDB 10.11.6`, from what `@@version` says."""
    found = re.match(r"(?:5\.5\.5-)?(\d+\.\d+\.\d+)", version)
    return f"{'MariaDB' if 'mariadb' in version.lower() else 'MySQL'} {found[1] if found else version}"


def tables(
    table_rows: Sequence[Row],
    column_rows: Sequence[Row],
    key_rows: Sequence[Row],
    view_rows: Sequence[Row],
    *,
    quoted: bool,
) -> tuple[tuple[Table, ...], tuple[TableName, ...]]:
    """The tables, and those that cannot be read. `quoted` tells whether the server writes defaults as SQL (MariaDB)."""
    columns = _columns(column_rows, quoted=quoted)
    keys = _keys(key_rows)
    definitions = {TableName(_text(schema), _text(name)): _text(text) for schema, name, text in view_rows}
    readable: list[Table] = []
    hidden: list[TableName] = []
    for row in table_rows:
        name = TableName(_text(row[0]), _text(row[1]))
        # Without rights no column is readable; a view that refers to something gone says so in its comment.
        if columns[name] and not _is_broken(row):
            readable.append(_table(name, row, columns[name], keys[name], definitions.get(name)))
        else:
            hidden.append(name)
    return tuple(readable), tuple(hidden)


def _table(name: TableName, row: Row, columns: Sequence[Column], keys: _Keys, definition: str | None) -> Table:
    _, _, kind, rows, size, comment = row
    names = {column.name for column in columns}
    return Table(
        schema=name.schema,
        name=name.name,
        columns=tuple(columns),
        kind=_kind(kind),
        primary_key=keys.primary if names.issuperset(keys.primary) else (),
        unique_keys=tuple(key for key in keys.unique if names.issuperset(key)),
        foreign_keys=tuple(key for key in keys.foreign if names.issuperset(key.columns)),
        comment=_text(comment) if comment and _kind(kind) == "table" else None,
        row_estimate=None if rows is None else int(_text(rows)),
        bytes=None if size is None else int(_text(size)),
        definition=definition or None,
    )


def _kind(kind: Cell) -> TableKind:
    return "view" if kind in ("VIEW", "SYSTEM VIEW") else "table"


def _is_broken(row: Row) -> bool:
    return _kind(row[2]) == "view" and "references invalid" in _text(row[5])


def _columns(rows: Sequence[Row], *, quoted: bool) -> Mapping[TableName, list[Column]]:
    found: dict[TableName, list[Column]] = defaultdict(list)
    for schema, table, name, native, nullable, default, comment, extra, generated, readable in rows:
        if readable:
            column = Column(
                name=_text(name),
                type=_text(native),
                nullable=nullable == "YES",
                default=_default(default, native=_text(native), extra=_text(extra), quoted=quoted)
                if not generated
                else f"GENERATED ALWAYS AS ({_text(generated)})",
                comment=_text(comment) or None,
            )
            found[TableName(_text(schema), _text(table))].append(column)
    return found


def _default(default: Cell, *, native: str, extra: str, quoted: bool) -> str | None:
    """The default as SQL text. MySQL tells the bare text of a literal, MariaDB its SQL."""
    if default is None or (quoted and default == "NULL"):
        return None
    text = _text(default)
    if quoted or "DEFAULT_GENERATED" in extra or text.upper().startswith("CURRENT_TIMESTAMP"):
        return text
    return "'" + text.replace("'", "''") + "'" if _TEXTS.search(native) else text


def _keys(rows: Sequence[Row]) -> Mapping[TableName, _Keys]:
    parts: dict[tuple[TableName, str], list[Row]] = defaultdict(list)
    for row in rows:
        parts[TableName(_text(row[0]), _text(row[1])), _text(row[2])].append(row)
    found: dict[TableName, _Keys] = defaultdict(_Keys)
    for (table, constraint), members in parts.items():
        names = tuple(_text(row[3]) for row in members)
        if members[0][5] is not None:
            target = TableName(_text(members[0][4]), _text(members[0][5]))
            found[table].foreign.append(ForeignKey(names, target, tuple(_text(row[6]) for row in members)))
        elif constraint == "PRIMARY":
            found[table].primary = names
        else:
            found[table].unique.append(names)
    return found


def _text(cell: Cell) -> str:
    """Text, where a version of the server sends some of it as bytes or not at all."""
    if isinstance(cell, str) and cell.startswith("\\x"):
        return bytes.fromhex(cell[2:]).decode(errors="replace")
    return "" if cell is None else str(cell)
