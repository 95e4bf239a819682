"""How PostgreSQL's values arrive: every type keeps its meaning, whatever the session of the login says of formats."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.pq.abc import PGresult
from psycopg.types import TypeInfo

from connectors.values import iso_timestamp, json_text
from core.values import Cell, ResultColumn

FORMATS: Mapping[str, str] = MappingProxyType(
    {"DateStyle": "ISO", "IntervalStyle": "iso_8601", "bytea_output": "hex", "extra_float_digits": "1"}
)
"""Settings that the conversions below rest on."""

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("int2", "int4", "int8", "oid"), "integer"),
        "numeric": "decimal",
        **dict.fromkeys(("float4", "float8"), "float"),
        "bool": "boolean",
        **dict.fromkeys(("date", "time", "timestamp", "timestamptz", "interval", "uuid", "json"), ""),
        "timetz": "time",
        "jsonb": "json",
        "bytea": "bytes",
        "record": "struct",
    }
)
_RANGES = ("int4", "int8", "num", "date", "ts", "tstz")
_PLAIN_TEXT = (
    *("date", "time", "interval", "uuid", "bytea", "inet", "cidr"),
    *(f"{name}range" for name in _RANGES),
    *(f"{name}multirange" for name in _RANGES),
)
_SMALL = frozenset(
    {
        *("int2", "int4", "int8", "oid", "numeric", "float4", "float8", "bool", "money", "xid", "xid8", "pg_lsn"),
        *("date", "time", "timetz", "timestamp", "timestamptz", "interval", "uuid", "inet", "cidr", "macaddr"),
        *("name", "char", "bpchar", "regclass", "regtype", "point", "lseg", "box", "line", "circle"),
    }
)


def _decoded(data: Buffer) -> str:
    return bytes(data).decode(errors="replace")


class _Text(Loader):
    """The server's own text; what is not UTF-8 (a database in SQL_ASCII) does not break the row."""

    def load(self, data: Buffer) -> str:
        return _decoded(data)


class _Timestamp(Loader):
    """ISO 8601; infinity and years beyond Python's stay what they are."""

    def load(self, data: Buffer) -> str:
        return iso_timestamp(_decoded(data))


class _Json(Loader):
    """The document."""

    def load(self, data: Buffer) -> Cell:
        return json_text(_decoded(data))


def adapters(own_types: Iterable[TypeInfo], *, any_encoding: bool) -> AdaptersMap:
    """The conversions of one database with types of its own; `any_encoding` when it does not promise UTF-8."""
    known = AdaptersMap(psycopg.adapters)
    for name in _PLAIN_TEXT:
        known.register_loader(name, _Text)
    for name in ("timestamp", "timestamptz", "timetz"):
        known.register_loader(name, _Timestamp)
    for name in ("json", "jsonb"):
        known.register_loader(name, _Json)
    for name in ("text", "varchar", "bpchar", "name") if any_encoding else ():
        known.register_loader(name, _Text)
    holder = _Holder(known)
    for info in own_types:
        info.register(holder)
    return known


class _Holder:
    """What psycopg calls an adaptation context, without a connection."""

    connection = None

    def __init__(self, known: AdaptersMap) -> None:
        self.adapters = known


class Shape(NamedTuple):
    """A column of a result as the server tells it: the type's number and its modifier (a length, a precision)."""

    name: str
    oid: int
    modifier: int


def shapes(result: PGresult) -> list[Shape]:
    """The columns of a result."""
    return [
        Shape((result.fname(n) or b"").decode(errors="replace"), result.ftype(n), result.fmod(n))
        for n in range(result.nfields)
    ]


def result_column(shape: Shape, known: AdaptersMap) -> ResultColumn:
    """The column in the house's words."""
    info = known.types.get(shape.oid)
    if info is None:
        return ResultColumn(name=shape.name, type="unknown", native=str(shape.oid))
    native = info.get_type_display(shape.oid, shape.modifier)
    word = "array" if shape.oid == info.array_oid else _WORDS.get(info.name, "text") or info.name
    return ResultColumn(name=shape.name, type=word, native=native)


def is_nested(column: Shape, known: AdaptersMap) -> bool:
    """Whether the column's text is read as a structure, which fails on a part of it."""
    return result_column(column, known).type in ("array", "struct")


def narrowed(sql: str, columns: Sequence[Shape], *, cell_bytes: int, known: AdaptersMap) -> str:
    """The query such that the server cuts large cells: libpq would gather 1 GB in memory before anyone sees it.

    A cell that is cut keeps one letter more than its cap, so that the cut is noticed. The query itself, where no column
    can hold much.
    """
    places = [f"c{n}" for n in range(len(columns))]
    cells = [_cut(place, column, cell_bytes, known) for place, column in zip(places, columns, strict=True)]
    if cells == places:
        return sql
    named = (f"{cell} AS {_quoted(column.name)}" for cell, column in zip(cells, columns, strict=True))
    return f"SELECT {', '.join(named)} FROM (\n{sql}\n) AS narrowed ({', '.join(places)})"


def _cut(place: str, column: Shape, cap: int, known: AdaptersMap) -> str:
    info = known.types.get(column.oid)
    kind = info.name if info and column.oid == info.oid else ""
    if kind in _SMALL or (kind == "varchar" and 0 <= column.modifier <= cap // 4):
        return place
    if kind in ("text", "varchar"):
        return f"CASE WHEN octet_length({place}) <= {cap} THEN {place} ELSE left({place}, {cap + 1}) END"
    if kind == "bytea":
        return f"CASE WHEN octet_length({place}) <= {cap} THEN {place} ELSE substring({place} FROM 1 FOR {cap}) END"
    return f"left({place}::text, {cap + 1})"


def _quoted(name: str) -> str:
    # An empty alias is none at all to PostgreSQL, though a function may well return a column without a name.
    return '"' + (name or "?column?").replace('"', '""') + '"'
