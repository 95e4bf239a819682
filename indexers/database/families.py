"""What can be asked of a column, told by the engine's own text of its type."""

import re
from functools import lru_cache
from typing import Literal

Family = Literal["integer", "number", "text", "time", "boolean", "uuid", "json", "other"]

_WRAPPER = re.compile(r"(?:nullable|lowcardinality)\((.*)\)\Z")
_FAMILIES: tuple[tuple[Family, str], ...] = (
    ("other", r".*\[\d*\]\Z|array|map\b|map\(|struct|tuple|row\(|nested|union|variant|dynamic|aggregatefunction"),
    ("other", r"interval|bytea|.*blob|.*binary|bit\b|bit\(|varbit|geometry|geography|vector|tsvector|tsquery|xml"),
    ("other", r"point|line|lseg|box|path|polygon|circle|.*range\b|oid\b|pg_lsn|txid"),
    ("json", r"json|object"),
    ("uuid", r"uuid|guid"),
    ("boolean", r"bool|tinyint\(1\)"),
    ("time", r"date|timestamp|datetime|smalldatetime|year\b"),
    ("other", r"time"),
    ("integer", r"(?:tiny|small|medium|big|huge|u)*int|int\d*\b|uint\d*\b|(?:small|big)?serial|bignum|uhugeint"),
    ("number", r"dec|num|real|float|double|money|fixed"),
)


@lru_cache(maxsize=1_000)
def family(type_text: str) -> Family:
    """The family of a type; whatever is not known is read as text."""
    name = type_text.lower().strip()
    while wrapped := _WRAPPER.match(name):
        name = wrapped[1]
    for each, form in _FAMILIES:
        if re.match(form, name):
            return each
    return "text"
