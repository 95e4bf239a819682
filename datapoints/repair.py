"""Rewrites a DataPoint after tables and columns got other names; a repair that is not certain is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from pydantic import JsonValue, ValidationError

from core.catalog import Catalog, TableName
from core.yaml_file import KeyPath
from datapoints.binding import Bound, bind
from datapoints.fact import Fact
from datapoints.kinds import body_of, datapoint_of
from datapoints.parts.rests import Fragment, Named
from sql.lexical import pieces
from sql.names import quote


@dataclass(frozen=True, slots=True)
class Renames:
    """New names by old ones; columns by their table's old name."""

    tables: Mapping[TableName, TableName] = field(default_factory=dict[TableName, TableName])
    columns: Mapping[tuple[TableName, str], str] = field(default_factory=dict[tuple[TableName, str], str])

    def table(self, name: TableName) -> TableName:
        """What the table is called now."""
        return self.tables.get(name, name)

    def column(self, name: tuple[TableName, str]) -> tuple[TableName, str]:
        """What the column is called now."""
        return self.table(name[0]), self.columns.get(name, name[1])


def repaired(datapoint: Fact, bound: Bound, after: Catalog, renames: Renames) -> Fact | None:
    """The DataPoint in the new names; None unless it then rests on exactly the same things."""
    tables = {old.name: new.name for old in bound.tables if (new := renames.table(old)) != old}
    columns = {old[1]: new[1] for old in bound.columns if (new := renames.column(old))[1] != old[1]}
    if bound.missing or not (tables or columns):
        return None
    body = body_of(datapoint)
    for rest in datapoint.rests_on():
        if isinstance(rest, Named):
            _rename_named(body, rest, tables, columns)
        elif rest.dialect not in (None, after.dialect):
            return None
        else:
            _rewrite(body, rest, {**tables, **columns}, after.dialect)
    try:
        mended = datapoint_of({**body, "change_reason": _told(tables, columns)})
    except ValidationError:
        return None
    now = bind(mended, after)
    same = now.tables == {*map(renames.table, bound.tables)} and now.columns == {*map(renames.column, bound.columns)}
    return mended if same and not now.missing else None


def _told(tables: Mapping[str, str], columns: Mapping[str, str]) -> str:
    renamed = [f"the table {old} is called {new} now" for old, new in sorted(tables.items())]
    return "; ".join([*renamed, *(f"the column {old} is called {new} now" for old, new in sorted(columns.items()))])


def _rename_named(
    body: dict[str, JsonValue], named: Named, tables: Mapping[str, str], columns: Mapping[str, str]
) -> None:
    renamed = columns if named.column is not None else tables
    written = str(_at(body, named.keys))
    head, dot, bare = written.rpartition(".") if named.column is None else ("", "", written)
    new = next((new for old, new in renamed.items() if old.lower() == bare.lower()), None)
    if new is not None:
        _set(body, named.keys, f"{head}{dot}{new}")


def _rewrite(body: dict[str, JsonValue], fragment: Fragment, renamed: Mapping[str, str], dialect: str) -> None:
    """Exchange the old names in SQL, outside of texts, comments and `{places}`; the rest stays as it is written."""
    text = str(_at(body, fragment.keys))
    written: list[str] = []
    place = 0
    for piece in pieces(text, dialect):
        word = text[piece.start : piece.end]
        if piece.kind == "quoted" and word[0] in '"`[':
            new = renamed.get(word[1:-1])
        elif piece.kind == "word" and text[piece.start - 1 : piece.start] != "{":
            new = next((new for old, new in renamed.items() if old.lower() == word.lower()), None)
        else:
            new = None
        if new is not None:
            written += [text[place : piece.start], quote(new, dialect)]
            place = piece.end
    _set(body, fragment.keys, "".join(written) + text[place:])


def _at(body: JsonValue, keys: KeyPath) -> JsonValue:
    for key in keys:
        if isinstance(body, list) and isinstance(key, int):
            body = body[key]
        else:
            body = cast(dict[str, JsonValue], body)[str(key)]
    return body


def _set(body: dict[str, JsonValue], keys: KeyPath, value: str) -> None:
    holder = _at(body, keys[:-1])
    last = keys[-1]
    if isinstance(holder, list) and isinstance(last, int):
        holder[last] = value
    else:
        cast(dict[str, JsonValue], holder)[str(last)] = value
