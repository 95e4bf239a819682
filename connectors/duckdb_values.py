"""How DuckDB's values arrive: what Python's own types cannot hold is handed over as text, at any depth of nesting."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, cast

from duckdb.sqltypes import DuckDBPyType

from connectors.values import cell, integer, iso_timestamp, json_text
from core.values import Cell, ResultColumn

_INTEGERS = ("tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger", "ubigint")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((*_INTEGERS, "uhugeint", "bignum"), "integer"),
        **dict.fromkeys(("float", "double"), "float"),
        **dict.fromkeys(("timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns"), "timestamp"),
        **dict.fromkeys(("time", "time_ns", "time with time zone"), "time"),
        **dict.fromkeys(("list", "array"), "array"),
        **dict.fromkeys(("varchar", "enum", "bit"), "text"),
        **dict.fromkeys(("decimal", "boolean", "date", "interval", "uuid", "map", "struct"), ""),
        "timestamp with time zone": "timestamptz",
        "blob": "bytes",
        "variant": "json",
    }
)
_INTERVAL = re.compile(
    r"(?:(?P<years>-?\d+) years? ?)?(?:(?P<months>-?\d+) months? ?)?(?:(?P<days>-?\d+) days? ?)?"
    r"(?:(?P<sign>-?)(?P<hours>\d+):(?P<minutes>\d\d):(?P<seconds>\d\d(?:\.\d+)?))?"
)


class Passage(NamedTuple):
    """How a type gets through: what it is cast to in SQL ("" for not at all), and how the value becomes a cell."""

    cast: str
    to_cell: Callable[[object], Cell]


def passage(kind: DuckDBPyType) -> Passage:
    """The passage of a type; one that nests takes the passages of its parts."""
    if str(kind) == "JSON":
        return Passage("", _text(json_text))
    leaf = _LEAVES.get(kind.id)
    if leaf:
        return leaf
    if kind.id in ("list", "array"):
        return _list(kind)
    if kind.id == "struct":
        return _struct(kind)
    return _map(kind) if kind.id == "map" else Passage("", cell)


def result_column(name: str, kind: DuckDBPyType) -> ResultColumn:
    """A column of a result in the house's words."""
    native = str(kind)
    word = "json" if native == "JSON" else _WORDS.get(kind.id, "unknown") or kind.id
    return ResultColumn(name=name, type=word, native=native)


def narrowed(place: str, kind: DuckDBPyType, cell_bytes: int) -> str:
    """The expression that hands a column over: cast for its passage, and cut by the engine where it is long text."""
    cast_to = passage(kind).cast
    if cast_to:
        return f"CAST({place} AS {cast_to})"
    if kind.id == "varchar":
        return f"CASE WHEN strlen({place}) <= {cell_bytes} THEN {place} ELSE left({place}, {cell_bytes + 1}) END"
    if kind.id == "blob":
        return f"CASE WHEN octet_length({place}) <= {cell_bytes} THEN {place} ELSE {place}[:{cell_bytes}] END"
    return place


def _children(kind: DuckDBPyType) -> list[tuple[str, DuckDBPyType]]:
    return cast(list[tuple[str, DuckDBPyType]], kind.children)


def _list(kind: DuckDBPyType) -> Passage:
    (_, child), *size = _children(kind)
    part = passage(child)
    cast_to = f"{part.cast or child}[{size[0][1] if size else ''}]" if part.cast else ""

    def to_cell(value: object) -> Cell:
        return None if value is None else [part.to_cell(each) for each in cast(list[object], value)]

    return Passage(cast_to, to_cell)


def _struct(kind: DuckDBPyType) -> Passage:
    parts = {name: (child, passage(child)) for name, child in _children(kind)}
    quoted = (f'"{name.replace(chr(34), chr(34) * 2)}" {part.cast or child}' for name, (child, part) in parts.items())
    cast_to = f"STRUCT({', '.join(quoted)})" if any(part.cast for _, part in parts.values()) else ""

    def to_cell(value: object) -> Cell:
        if not isinstance(value, dict):
            return cell(value)
        return {name: parts[name][1].to_cell(each) for name, each in cast(dict[str, object], value).items()}

    return Passage(cast_to, to_cell)


def _map(kind: DuckDBPyType) -> Passage:
    (_, key), (_, child) = _children(kind)
    keys, values = passage(key), passage(child)
    cast_to = f"MAP({keys.cast or key}, {values.cast or child})" if keys.cast or values.cast else ""

    def to_cell(value: object) -> Cell:
        if not isinstance(value, dict):
            return cell(value)
        entries = cast(dict[object, object], value).items()
        return cell({_name(keys.to_cell(name)): values.to_cell(each) for name, each in entries})

    return Passage(cast_to, to_cell)


def _name(key: Cell) -> object:
    return tuple(key) if isinstance(key, list) else key if not isinstance(key, dict) else str(key)


def _text(convert: Callable[[str], Cell]) -> Callable[[object], Cell]:
    return lambda value: convert(value) if isinstance(value, str) else cell(value)


def _interval(text: str) -> str:
    """DuckDB's `1 year 2 months -3 days 04:05:06` as an ISO 8601 duration."""
    found = _INTERVAL.fullmatch(text)
    if not found:
        return text
    day = "".join(f"{found[part]}{part[0].upper()}" for part in ("years", "months", "days") if found[part])
    sign = found["sign"] or ""
    clock = "".join(
        f"{sign}{amount}{unit}"
        for amount, unit in (
            (_trim(found["hours"]), "H"),
            (_trim(found["minutes"]), "M"),
            (_trim(found["seconds"]), "S"),
        )
        if amount
    )
    return f"P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"


def _trim(digits: str | None) -> str:
    """`04.500` as `4.5`, zero as nothing."""
    trimmed = (digits or "").lstrip("0")
    trimmed = trimmed.rstrip("0").rstrip(".") if "." in trimmed else trimmed
    return "0" + trimmed if trimmed.startswith(".") else trimmed


def _bignum(text: str) -> Cell:
    return integer(int(text)) if len(text) <= 17 else text


_TIMESTAMP = Passage("VARCHAR", _text(iso_timestamp))
_LEAVES: Mapping[str, Passage] = MappingProxyType(
    {
        **dict.fromkeys(("timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns"), _TIMESTAMP),
        **dict.fromkeys(("timestamp with time zone", "time with time zone"), _TIMESTAMP),
        **dict.fromkeys(("date", "time", "time_ns"), Passage("VARCHAR", cell)),
        "interval": Passage("VARCHAR", _text(_interval)),
        "bignum": Passage("VARCHAR", _text(_bignum)),
        "variant": Passage("JSON", _text(json_text)),
    }
)
