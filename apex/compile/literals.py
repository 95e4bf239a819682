"""Constants as nodes of the tree: never pasted into text, and of the type that they are compared with."""

import math
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlglot import exp

from apex.compile.refusal import RefusalError
from apex.compile.target import Target
from apex.model import Attribute
from core.values.plans import Constant, Literally

TYPED_MOMENTS = frozenset({"trino"})
"""Dialects that compare a moment with text only where the text is declared to be one."""
FULL_MOMENTS = frozenset({"clickhouse"})
"""Dialects that read a day without its hour only as a date."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?\Z")


def constant(value: Constant) -> exp.Expr:
    """A constant as it is."""
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, str):
        return exp.Literal.string(value)
    if not math.isfinite(value):
        raise RefusalError("bad_value", f"{value} is not a number that data can be compared with.")
    number = exp.Literal.number(repr(abs(value)))
    return exp.Neg(this=number) if value < 0 else number


def beside(literal: Literally, attribute: Attribute | None, target: Target) -> exp.Expr:
    """A constant to be compared with a column: text that is a moment, a number in text, a number as text."""
    value = literal.value
    if attribute is None or value is None:
        return moment(str(value), None, target) if literal.type else constant(value)
    if attribute.is_moment and isinstance(value, str):
        return moment(value, attribute, target)
    if attribute.family in ("integer", "number") and isinstance(value, bool):
        return constant(int(value))
    if attribute.family in ("integer", "number") and isinstance(value, str) and _NUMBER.match(value):
        return constant(float(value) if "." in value else int(value))
    if attribute.family == "text" and not attribute.numeric_text and isinstance(value, int | float):
        return constant(str(value))
    if attribute.family == "boolean" and value in (0, 1):
        return constant(bool(value))
    return constant(value)


def moment(text: str, attribute: Attribute | None, target: Target) -> exp.Expr:
    """A date or a moment, ISO 8601, as the column beside it needs it."""
    read = _read(text)
    family = attribute.family if attribute else "timestamp" if _has_time(text) else "date"
    if family == "timestamptz" and target.calendar.zone:
        read = read.replace(tzinfo=read.tzinfo or ZoneInfo(target.calendar.zone))
    stored_as_text = attribute is not None and attribute.stored == "text"
    literal = exp.Literal.string(_written(read, family, target))
    if target.dialect in TYPED_MOMENTS and not stored_as_text:
        return exp.Cast(this=literal, to=exp.DataType(this=_TYPES[family]))
    return literal


_TYPES = {
    "date": exp.DataType.Type.DATE,
    "timestamp": exp.DataType.Type.TIMESTAMP,
    "timestamptz": exp.DataType.Type.TIMESTAMPTZ,
}


def _written(read: datetime, family: str, target: Target) -> str:
    if family == "date":
        return read.date().isoformat()
    midnight = read.time() == datetime.min.time() and read.tzinfo is None
    if midnight and target.dialect not in FULL_MOMENTS and target.dialect not in TYPED_MOMENTS:
        return read.date().isoformat()
    if target.dialect in FULL_MOMENTS and read.tzinfo:
        read = read.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    return read.isoformat(sep=" ")


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise RefusalError(
            "bad_value", f"{text!r} is not a date.", hint="Dates are written as 2025-01-31, or 2025-01-31T14:00."
        ) from None


def _has_time(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False
