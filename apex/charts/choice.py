"""Which chart shows a result best: what was asked for in words, else what its columns are."""

from collections.abc import Sequence
from dataclasses import dataclass

from apex.charts.asked import Kind, is_wanted, kind_asked, speaks_of
from apex.charts.fields import Field

MOST_BARS = 40
MOST_SLICES = 8
LEAST_POINTS = 5
"""Fewer points along time are bars that stand apart."""
MOST_SERIES = 12
_OF_SERIES = {"bar": "stacked bar", "line": "multi-series line", "scatter": "grouped scatter"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of chart and the fields of its axes; `series` are told apart by colour."""

    kind: Kind
    x: Field
    y: Field
    series: Field | None = None
    hidden: bool = False
    """Whether the rows form series by something that is not shown."""

    @property
    def name(self) -> str:
        """`bar`, `stacked bar`, `multi-series line`, ..."""
        if not (self.series or self.hidden):
            return self.kind
        return {"bar": "stacked bar", "line": "multi-series line", "scatter": "grouped scatter"}.get(
            self.kind, self.kind
        )


def choose(
    fields: Sequence[Field], *, rows: int, question: str = "", hidden: Sequence[str] = (), wanted: bool = False
) -> Choice | None:
    """The chart of a result; None where a table tells more, which it never does where a chart is `wanted`.

    `hidden` is what rows are grouped by without showing it.
    """
    asked = kind_asked(question)
    wanted = wanted or is_wanted(question)
    fields = fields if wanted else _by_name(fields, rows)
    axes = _axes(fields, asked, wanted=wanted)
    if axes is None or rows < (1 if wanted else 2):
        return None
    x, y, series = axes
    kind = asked or _natural(x, y, rows, wanted=wanted)
    if kind is None:
        return None
    apart = bool(hidden) and series is None and (speaks_of(question, "series") or x.different < rows)
    return Choice(kind, x, y, series if kind in ("bar", "line", "scatter") else None, hidden=apart)


def _by_name(fields: Sequence[Field], rows: int) -> Sequence[Field]:
    """The fields without keys, where a name tells the same rows apart."""
    named = any(each.role == "nominal" and each.different == rows for each in fields)
    return [each for each in fields if not (named and each.label and each.is_quantity)]


def _axes(fields: Sequence[Field], asked: Kind | None, *, wanted: bool) -> tuple[Field, Field, Field | None] | None:
    """Along, up, and told apart by colour."""
    if len(fields) < 2 or (not wanted and len(fields) > 3):
        return None
    y = _up(fields, wanted=wanted)
    if y is None:
        return None
    others = [each for each in fields if each.place != y.place]
    x = _along(others, asked)
    left = [each for each in others if each.place != x.place and not each.is_quantity]
    series = next((each for each in left if each.different <= MOST_SERIES or wanted), None)
    return None if len(fields) == 3 and series is None and not wanted else (x, y, series)


def _up(fields: Sequence[Field], *, wanted: bool) -> Field | None:
    """The quantity; where a chart is wanted, a number that is a label will do."""
    numbers = [each for each in fields if each.is_quantity]
    real = [each for each in numbers if not each.label]
    if not wanted:
        return real[-1] if real else None
    return (real or numbers or [*fields])[-1]


def _along(others: Sequence[Field], asked: Kind | None) -> Field:
    fitting = ("quantitative",) if asked == "scatter" else ("temporal", "ordinal")
    return next((each for each in others if each.role in fitting), others[0])


def _natural(x: Field, y: Field, rows: int, *, wanted: bool) -> Kind | None:
    """Time runs along a line, names stand as bars, two quantities make a cloud."""
    if x.role in ("temporal", "ordinal"):
        return "line" if x.different >= LEAST_POINTS and not y.label else "bar"
    if x.is_quantity and (not x.label or wanted):
        return "scatter" if rows >= LEAST_POINTS or wanted else None
    return "bar" if rows <= MOST_BARS or wanted else None
