"""How PostgreSQL's values arrive: every type keeps its meaning, whatever the session of the login says of formats."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.types import TypeInfo

from connectors.values import json_text
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
_HOURS_ONLY = re.compile(r"([+-]\d\d)(?=$| BC$)")


def _decoded(data: Buffer) -> str:
    return bytes(data).decode(errors="replace")


class _Text(Loader):
    """The server's own text; what is not UTF-8 (a database in SQL_ASCII) does not break the row."""

    def load(self, data: Buffer) -> str:
        return _decoded(data)


class _Timestamp(Loader):
    """ISO 8601 with a T; infinity and years beyond Python's stay what they are."""

    def load(self, data: Buffer) -> str:
        return _decoded(data).replace(" ", "T", 1)


class _Zoned(Loader):
    """The same, or a time, with an offset of hours and minutes."""

    def load(self, data: Buffer) -> str:
        return _HOURS_ONLY.sub(r"\1:00", _decoded(data)).replace(" ", "T", 1)


class _Json(Loader):
    """The document."""

    def load(self, data: Buffer) -> Cell:
        return json_text(_decoded(data))


def adapters(own_types: Iterable[TypeInfo], *, any_encoding: bool) -> AdaptersMap:
    """The conversions of one database with types of its own; `any_encoding` when it does not promise UTF-8."""
    known = AdaptersMap(psycopg.adapters)
    for name in _PLAIN_TEXT:
        known.register_loader(name, _Text)
    known.register_loader("timestamp", _Timestamp)
    known.register_loader("timestamptz", _Zoned)
    known.register_loader("timetz", _Zoned)
    known.register_loader("json", _Json)
    known.register_loader("jsonb", _Json)
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


def result_column(name: str, oid: int, modifier: int, known: AdaptersMap) -> ResultColumn:
    """A column of a result by the type's number and modifier."""
    info = known.types.get(oid)
    if info is None:
        return ResultColumn(name=name, type="unknown", native=str(oid))
    native = info.get_type_display(oid, modifier)
    if oid == info.array_oid:
        return ResultColumn(name=name, type="array", native=native)
    return ResultColumn(name=name, type=_WORDS.get(info.name, "text") or info.name, native=native)
