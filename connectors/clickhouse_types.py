"""ClickHouse's types in the words of the house, and what gives their decoded values the meaning back."""

import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Any, cast

from clickhouse_connect.datatypes.base import ClickHouseType

Restore = Callable[[Any], object]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "Interval": "interval",
        "Int": "integer",
        "UInt": "integer",
        "Float": "float",
        "BFloat": "float",
        "Decimal": "decimal",
        "Bool": "boolean",
        "String": "text",
        "FixedString": "text",
        "Enum": "text",
        "IPv": "text",
        "Date": "date",
        "Time": "time",
        "UUID": "uuid",
        "Array": "array",
        "Nested": "array",
        "Ring": "array",
        "LineString": "array",
        "Polygon": "array",
        "Multi": "array",
        "QBit": "array",
        "Map": "map",
        "Tuple": "struct",
        "Point": "struct",
        "JSON": "json",
        "Object": "json",
        "Variant": "json",
        "Dynamic": "json",
        "Geometry": "json",
    }
)
_UNITS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "Year": ("P{}Y", 1),
        "Quarter": ("P{}M", 3),
        "Month": ("P{}M", 1),
        "Week": ("P{}W", 1),
        "Day": ("P{}D", 1),
        "Hour": ("PT{}H", 1),
        "Minute": ("PT{}M", 1),
    }
)
_FRACTIONS: Mapping[str, int] = MappingProxyType({"Second": 0, "Millisecond": 3, "Microsecond": 6, "Nanosecond": 9})


def word(kind: ClickHouseType) -> str:
    """The house's word for a type."""
    base = _base(kind)
    if base == "SimpleAggregateFunction":
        return word(cast(Any, kind).element_type)
    if base.startswith("DateTime"):
        return "timestamptz" if cast(Any, kind).tzinfo else "timestamp"
    return next((word for prefix, word in _WORDS.items() if base.startswith(prefix)), "unknown")


def restore(kind: ClickHouseType, zone: tzinfo) -> Restore | None:
    """What makes a value of a known type, decoded with times as ticks, mean what it did; None where it already does."""
    exact = _exact(kind, zone) or _container(kind, zone)
    return None if exact is None else lambda value: None if value is None else exact(value)


def texts(value: Any) -> object:
    """The text in a value that brings its own types, such as JSON, wherever it is inside."""
    if isinstance(value, bytes | bytearray):
        return _text(value)
    if isinstance(value, dict):
        return {texts(key): texts(each) for key, each in cast(dict[Any, Any], value).items()}
    if isinstance(value, list | tuple):
        return [texts(each) for each in cast(Sequence[Any], value)]
    return value


def _base(kind: ClickHouseType) -> str:
    return kind.base_type or ""


def _exact(kind: Any, zone: tzinfo) -> Restore | None:
    base, scale = _base(kind), getattr(kind, "scale", 0)
    if base == "String":
        return _text
    if base == "FixedString":
        return _padded_text
    if base in ("DateTime", "DateTime64"):
        own: tzinfo | None = kind.tzinfo
        return lambda ticks: _moment(ticks, scale, own or zone, shown=own is not None)
    if base in ("Time", "Time64"):
        return lambda ticks: _clock(ticks, scale)
    if base.startswith("Interval"):
        return lambda count: _span(base.removeprefix("Interval"), count)
    return _shortest if base == "Float32" else None


def _container(kind: Any, zone: tzinfo) -> Restore | None:
    base = _base(kind)
    if base == "SimpleAggregateFunction":
        return restore(kind.element_type, zone)
    if base == "Array":
        each = restore(kind.element_type, zone)
        return each and (lambda values: [each(value) for value in values])
    if base == "Map":
        key, value = (restore(part, zone) or _same for part in (kind.key_type, kind.value_type))
        return lambda entries: {key(name): value(entry) for name, entry in entries.items()}
    if base in ("Tuple", "Nested"):
        fields = _struct(kind.element_names, [restore(part, zone) or _same for part in kind.element_types])
        return fields if base == "Tuple" else lambda rows: [fields(row) for row in rows]
    return None


def _struct(names: Sequence[str], parts: Sequence[Restore]) -> Restore:
    if names:
        return lambda fields: {name: part(fields[name]) for name, part in zip(names, parts, strict=True)}
    return lambda fields: [part(field) for part, field in zip(parts, fields, strict=True)]


def _same(value: object) -> object:
    return value


def _text(value: bytes | bytearray) -> object:
    """ClickHouse's strings are bytes: text where they are UTF-8."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _padded_text(value: bytes) -> object:
    text = _text(value)
    return text.rstrip("\0") if isinstance(text, str) else text


def _moment(ticks: int, scale: int, zone: tzinfo, *, shown: bool) -> object:
    """An instant as a clock in its zone shows it; a column without a zone shows the server's clock, without offset."""
    seconds, fraction = divmod(ticks, 10**scale)
    moment = (_EPOCH + timedelta(seconds=seconds)).astimezone(zone)
    if not shown:
        moment = moment.replace(tzinfo=None)
    if scale <= 6:
        return moment.replace(microsecond=fraction * 10 ** (6 - scale))
    text = moment.isoformat()
    return f"{text[:19]}.{fraction:0{scale}d}{text[19:]}"


def _clock(ticks: int, scale: int) -> object:
    """A time of day where it is one (`Time` reaches from -999 to 999 hours), else a span."""
    span = timedelta(microseconds=ticks * 10**6 // 10**scale)
    return (_EPOCH + span).time() if timedelta() <= span < timedelta(days=1) else span


def _span(unit: str, count: int) -> str:
    """An interval as an ISO 8601 duration."""
    if unit in _UNITS:
        form, factor = _UNITS[unit]
        return form.format(count * factor)
    digits = _FRACTIONS[unit]
    whole, fraction = divmod(abs(count), 10**digits)
    tail = f".{fraction:0{digits}d}".rstrip("0") if fraction else ""
    return f"PT{'-' if count < 0 else ''}{whole}{tail}S"


def _shortest(value: float) -> float:
    """The shortest number that is this one in single precision: 0.1, not 0.10000000149011612."""
    single = struct.pack("f", value)
    for digits in (6, 7, 8):
        short = float(f"{value:.{digits}g}")
        if struct.pack("f", short) == single:
            return short
    return value
