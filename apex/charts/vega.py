"""A chart in Vega-Lite: mark, encoding and the rows themselves, so that it can be drawn anywhere."""

from collections.abc import Sequence

from pydantic import JsonValue

from apex.charts.choice import Choice
from apex.charts.fields import Field
from core.values import Row

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_SPECIAL = str.maketrans({"\\": "\\\\", ".": "\\.", "[": "\\[", "]": "\\]", "'": "\\'", '"': '\\"'})
"""Letters that mean a path in the name of a field."""
LONG_NAMES = 12
"""Bars with longer names lie down, so that these can be read."""


def vega(choice: Choice, rows: Sequence[Row], *, title: str = "") -> dict[str, JsonValue]:
    """The specification of a chart."""
    shown = [each for each in (choice.x, choice.y, choice.series) if each]
    values: JsonValue = [{each.name: row[each.place] for each in shown} for row in rows]
    encodings = _ENCODINGS.get(choice.kind, _axes)(choice, rows)
    spec: dict[str, JsonValue] = {
        "$schema": SCHEMA,
        "data": {"values": values},
        "mark": _mark(choice),
        "encoding": encodings,
    }
    return spec | ({"title": title} if title else {})


def _mark(choice: Choice) -> JsonValue:
    match choice.kind:
        case "pie":
            return {"type": "arc", "tooltip": True}
        case "line":
            return {"type": "line", "point": True, "tooltip": True}
        case "scatter":
            return {"type": "point", "tooltip": True}
        case _:
            return {"type": "bar", "tooltip": True}


def _axes(choice: Choice, rows: Sequence[Row]) -> dict[str, JsonValue]:
    """Along and up; bars keep the order of the rows, and lie down where their names are long."""
    along, up = _channel(choice.x), _channel(choice.y)
    if choice.kind == "bar":
        along["type"] = "nominal" if choice.x.is_quantity else along["type"]
        up["type"] = "quantitative"
        if choice.x.role != "temporal":
            along["sort"] = None
    lying = choice.kind == "bar" and choice.x.role == "nominal" and _longest(choice.x, rows) > LONG_NAMES
    found: dict[str, JsonValue] = {"y": along, "x": up} if lying else {"x": along, "y": up}
    if choice.series:
        found["color"] = {**_channel(choice.series), "type": "nominal"}
    return found


def _pie(choice: Choice, rows: Sequence[Row]) -> dict[str, JsonValue]:
    slices: JsonValue = {**_channel(choice.x), "type": "nominal", "sort": None}
    return {"theta": {**_channel(choice.y), "type": "quantitative", "stack": True}, "color": slices}


def _histogram(choice: Choice, rows: Sequence[Row]) -> dict[str, JsonValue]:
    return {"x": {**_channel(choice.y), "bin": True}, "y": {"aggregate": "count", "type": "quantitative"}}


_ENCODINGS = {"pie": _pie, "histogram": _histogram}


def _channel(field: Field) -> dict[str, JsonValue]:
    return {"field": field.name.translate(_SPECIAL), "type": field.role, "title": field.name.replace("_", " ")}


def _longest(field: Field, rows: Sequence[Row]) -> int:
    return max((len(str(row[field.place])) for row in rows), default=0)
