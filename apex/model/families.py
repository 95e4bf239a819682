"""What a column's type means, whatever the engine calls it."""

import re
from functools import cache
from typing import Literal

Family = Literal["integer", "number", "text", "boolean", "date", "timestamp", "timestamptz", "time", "other"]

NUMERIC: frozenset[Family] = frozenset({"integer", "number"})
MOMENTS: frozenset[Family] = frozenset({"date", "timestamp", "timestamptz"})

_WRAPPED = re.compile(r"(?:nullable|lowcardinality|simpleaggregatefunction\(\w+,)\s*\(?(.*?)\)*\Z")
_NOT_ONE_VALUE = re.compile(r"array|map|tuple|nested|json|struct|row\(|\[\]|variant|object|aggregatefunction|range")
_FAMILIES: tuple[tuple[str, Family], ...] = (
    (r"interval|period", "other"),
    (r"timestamp\w*( *\(\d+\))? with (local )?time zone|timestamptz|timestamp_l?tz|timestamp_ltz", "timestamptz"),
    (r"timestamp|datetime", "timestamp"),
    (r"date", "date"),
    (r"time", "time"),
    (r"bool|bit\Z|bit\(1\)", "boolean"),
    (r"point|polygon|geo|uuid|inet|cidr|blob|binary|bytea|bytes|xml|tsvector", "other"),
    (r"year|(big|small|tiny|medium|huge|u)*int|serial", "integer"),
    (r"dec|num|real|float|double|money|byteint", "number"),
    (r"(n|bp|ci|var|var2|nvar|tiny|medium|long|fixed|native)*(char|text|string|clob)|enum|name|set\(|symbol", "text"),
)


@cache
def family_of(type_text: str, dialect: str = "") -> Family:
    """The family of a type as the engine writes it: `numeric(12,2)`, `LowCardinality(Nullable(String))`, `VARCHAR`."""
    text = _unwrapped(type_text.lower().strip())
    if _NOT_ONE_VALUE.search(text):
        return "other"
    if dialect == "bigquery" and text == "timestamp":
        return "timestamptz"
    for pattern, family in _FAMILIES:
        if re.match(pattern, text) or (dialect == "sqlite" and re.search(pattern, text)):
            return family
    return "text" if not text and dialect == "sqlite" else "other"


def _unwrapped(text: str) -> str:
    found = _WRAPPED.match(text)
    return _unwrapped(found[1]) if found else text
