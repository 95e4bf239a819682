"""MySQL's types in the words of the house, and what its text protocol sends turned into values that mean the same."""

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from pymysql.constants import FIELD_TYPE, FLAG
from pymysql.converters import conversions, convert_datetime, convert_timedelta

from connectors.values import json_text
from core.values import ResultColumn

_BINARY = 63
"""The character set of bytes."""
_NUMBERS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        FIELD_TYPE.TINY: ("integer", "tinyint"),
        FIELD_TYPE.SHORT: ("integer", "smallint"),
        FIELD_TYPE.INT24: ("integer", "mediumint"),
        FIELD_TYPE.LONG: ("integer", "int"),
        FIELD_TYPE.LONGLONG: ("integer", "bigint"),
        FIELD_TYPE.YEAR: ("integer", "year"),
        FIELD_TYPE.BIT: ("integer", "bit"),
        FIELD_TYPE.FLOAT: ("float", "float"),
        FIELD_TYPE.DOUBLE: ("float", "double"),
        FIELD_TYPE.DECIMAL: ("decimal", "decimal"),
        FIELD_TYPE.NEWDECIMAL: ("decimal", "decimal"),
    }
)
_OTHERS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        FIELD_TYPE.DATE: ("date", "date"),
        FIELD_TYPE.NEWDATE: ("date", "date"),
        FIELD_TYPE.TIME: ("time", "time"),
        FIELD_TYPE.DATETIME: ("timestamp", "datetime"),
        FIELD_TYPE.TIMESTAMP: ("timestamptz", "timestamp"),
        FIELD_TYPE.JSON: ("json", "json"),
        FIELD_TYPE.GEOMETRY: ("struct", "geometry"),
        FIELD_TYPE.NULL: ("unknown", "null"),
    }
)
_MIDNIGHT = datetime(1970, 1, 1, tzinfo=UTC)
_SHAPES = ("", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection")


def result_column(name: str, *, code: int, flags: int, charset: int) -> ResultColumn:
    """The column of a result, from the packet that describes it."""
    if code in _NUMBERS:
        word, native = _NUMBERS[code]
        unsigned = flags & FLAG.UNSIGNED and code not in (FIELD_TYPE.YEAR, FIELD_TYPE.BIT)
        return ResultColumn(name=name, type=word, native=f"{native} unsigned" if unsigned else native)
    if code in _OTHERS:
        word, native = _OTHERS[code]
    elif flags & FLAG.ENUM:
        word, native = "text", "enum"
    elif flags & FLAG.SET:
        word, native = "text", "set"
    else:
        word, native = ("bytes", "binary") if charset == _BINARY else ("text", "text")
    return ResultColumn(name=name, type=word, native=native)


def conversion() -> dict[int | type[object], Callable[..., object]]:
    """What PyMySQL shall make of each type. Illegal dates such as 0000-00-00 stay text: they are no dates."""
    ours: dict[int | type[object], Callable[..., object]] = {
        FIELD_TYPE.BIT: _bits,
        FIELD_TYPE.TIMESTAMP: _instant,
        FIELD_TYPE.TIME: _clock,
        FIELD_TYPE.JSON: json_text,
        FIELD_TYPE.GEOMETRY: geometry,
    }
    return {**conversions, **ours}


def _bits(value: bytes) -> int:
    return int.from_bytes(value)


def _instant(text: str) -> date | str:
    """A TIMESTAMP is an instant; the session's clock shows it in UTC."""
    moment = convert_datetime(text)
    return moment.replace(tzinfo=UTC) if isinstance(moment, datetime) else moment


def _clock(text: str) -> time | timedelta | str:
    """A time of day where it is one (TIME reaches from -838 to 838 hours), else a span."""
    span = convert_timedelta(text)
    if isinstance(span, timedelta) and timedelta() <= span < timedelta(days=1):
        return (_MIDNIGHT + span).time()
    return span


def geometry(value: bytes) -> object:
    """A geometry as GeoJSON: four bytes of SRID, then WKB."""
    try:
        return _Wkb(value, 4).shape()
    except (struct.error, IndexError):
        return value


class _Wkb:
    """Reads well-known binary from a place on."""

    def __init__(self, value: bytes, place: int) -> None:
        self._value = value
        self._place = place

    def shape(self) -> dict[str, object]:
        """One geometry with its header."""
        order = "<" if self._value[self._place] else ">"
        self._place += 1
        kind = self._count(order)
        name = _SHAPES[kind]
        if name == "GeometryCollection":
            return {"type": name, "geometries": [self.shape() for _ in range(self._count(order))]}
        return {"type": name, "coordinates": self._coordinates(kind, order)}

    def _coordinates(self, kind: int, order: str) -> object:
        if kind == 1:
            return list(self._take(order + "dd"))
        if kind in (2, 3):
            return [self._coordinates(kind - 1, order) for _ in range(self._count(order))]
        return [self.shape()["coordinates"] for _ in range(self._count(order))]

    def _count(self, order: str) -> int:
        return int(self._take(order + "I")[0])

    def _take(self, form: str) -> tuple[float, ...]:
        taken = struct.unpack_from(form, self._value, self._place)
        self._place += struct.calcsize(form)
        return taken
