"""Moments cut to a grain, or a part of them; how each dialect says so stands in `moments.txt`."""

from collections.abc import Mapping
from functools import cache

from sqlglot import exp, parse_one

from apex.compile.refusal import RefusalError
from apex.compile.target import Target
from apex.model import Attribute
from apex.sections import sections_of
from core.values.plans import Grain, Part, Span

_READ_AS_TEXT = frozenset({"sqlite", "mysql"})
"""Dialects whose functions of time take text as it is."""
_OF_A_DAY = frozenset({"hour", "hour of day"})


def grained(value: exp.Expr, attribute: Attribute, grain: Grain | Part, target: Target) -> exp.Expr:
    """The moment of a column, cut."""
    if not attribute.is_moment:
        raise RefusalError("bad_plan", f"{attribute.id} holds no dates, so it has no {grain}.")
    if attribute.family == "date" and grain in _OF_A_DAY:
        raise RefusalError("bad_plan", f"{attribute.id} holds dates without a time of day, so it has no hours.")
    written = "sunday week" if grain == "week" and target.calendar.week_start == "sunday" else grain
    return _filled(target.dialect, written, _local(value, attribute, target))


Moment = tuple[exp.Expr, Attribute]
_SECONDS = {"minute": 60, "hour": 3600}


def elapsed(start: Moment, end: Moment, unit: Span, target: Target) -> exp.Expr:
    """How long it was from one moment to another."""
    for _, attribute in (start, end):
        if not attribute.is_moment:
            raise RefusalError("bad_plan", f"{attribute.id} holds no dates, so no time goes by.")
        if attribute.family == "date" and unit != "day":
            raise RefusalError("bad_plan", f"{attribute.id} holds dates without a time of day, so it has no {unit}s.")
    first, last = (_local(value, attribute, target) for value, attribute in (start, end))
    between = _filled(target.dialect, "days between" if unit == "day" else "seconds between", first, other=last)
    if unit not in _SECONDS:
        return between
    divisor = exp.Literal.number(_SECONDS[unit])
    return exp.Div(this=target.double(exp.Paren(this=between)), expression=divisor, typed=False, safe=False)


def _local(value: exp.Expr, attribute: Attribute, target: Target) -> exp.Expr:
    """The moment in the business's own zone, and as a moment where it is stored as text."""
    if attribute.stored == "text" and target.dialect not in _READ_AS_TEXT:
        kind = exp.DataType.Type.DATE if attribute.family == "date" else exp.DataType.Type.TIMESTAMP
        return exp.Cast(this=value, to=exp.DataType(this=kind))
    if attribute.family != "timestamptz" or not target.calendar.zone:
        return value
    if "zone" not in _written()[target.dialect]:
        raise RefusalError(
            "unsupported", f"{target.dialect} knows no time zones.", hint="Leave the zone of the calendar empty."
        )
    return _filled(target.dialect, "zone", value, zone=target.calendar.zone)


def _filled(dialect: str, name: str, value: exp.Expr, *, zone: str = "", other: exp.Expr | None = None) -> exp.Expr:
    def fill(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name == "x":
            return value.copy()
        if other and isinstance(node, exp.Column) and node.name == "y":
            return other.copy()
        return exp.Literal.string(zone) if isinstance(node, exp.Column) and node.name == "zone" else node

    return _form(dialect, name).transform(fill)


@cache
def _form(dialect: str, name: str) -> exp.Expr:
    return parse_one(_written()[dialect][name], dialect=dialect)


@cache
def _written() -> Mapping[str, Mapping[str, str]]:
    found = sections_of("apex.compile", "moments.txt")
    pairs = {dialect: [line.partition(" = ") for line in lines] for dialect, lines in found.items()}
    return {dialect: {name: text for name, _, text in of} for dialect, of in pairs.items()}
