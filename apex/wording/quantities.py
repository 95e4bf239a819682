"""Cells as people read them: grouped thousands, few decimals, units, months and quarters by name."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from apex.wording.formats import Form
from apex.wording.units import SHARE
from apex.words import spoken_cell
from core.values import Cell, ResultColumn
from core.values.plans import Expression, Grained

DECIMALS = 2
_SMALL_DECIMALS = 4
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cell in words, and whether decimals were left out."""

    words: str
    rounded: bool = False


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell; exact ones may come as text."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, list | dict):
        return None
    try:
        number = Decimal(str(cell))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def quantity(cell: Cell, column: ResultColumn, unit: str = "", form: Form | None = None) -> Spoken:
    """A value with its unit: as its form says, else with at most two decimals, four where it is below 1."""
    number = number_of(cell) if column.type in ("integer", "decimal", "float") else None
    if unit == SHARE:
        return quantity(str(100 * number) if number is not None else cell, column, "%", form)
    if form and number is not None:
        words, rounded = form.written(number)
        return Spoken(words if form.names_unit else _with_unit(words, unit), rounded)
    if number is None or number == number.to_integral_value():
        return Spoken(_with_unit(spoken_cell(column, _whole(cell, number)), unit, told=cell is not None))
    places = DECIMALS if abs(number) >= 1 else _SMALL_DECIMALS
    kept = round(number, places)
    words = f"{kept:,}"
    short = words.rstrip("0") if places > DECIMALS else words
    return Spoken(_with_unit(short, unit), rounded=kept != number)


def difference(now: Decimal, before: Decimal, unit: str) -> str:
    """The change from one value to the other, with its sign; in percent too, where there was something before."""
    change = now - before
    spoken = _with_unit(f"{_cut(change):+,}", unit)
    if unit == SHARE:
        spoken = f"{_cut(100 * change):+,} percentage points"
    return f"{spoken}, {_cut(100 * change / abs(before)):+,} %" if before else spoken


def keyed(cell: Cell, column: ResultColumn, value: Expression) -> str:
    """What a group is called: a month by its name, a weekday, a quarter, else the cell."""
    if not isinstance(value, Grained) or cell is None:
        return spoken_cell(column, cell)
    if value.grain == "weekday" and cell in range(1, 8):
        return _WEEKDAYS[int(str(cell)) - 1]
    if value.grain == "month of year" and cell in range(1, 13):
        return _MONTHS[int(str(cell)) - 1]
    if value.grain == "hour":
        return str(cell).replace("T", " ")
    day = _DAY.match(str(cell))
    return _period(date.fromisoformat(day[0]), value.grain) if day else str(cell)


def _period(start: date, grain: str) -> str:
    match grain:
        case "month":
            return f"{_MONTHS[start.month - 1]} {start.year}"
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case "week":
            return f"the week of {start.isoformat()}"
        case _:
            return start.isoformat()


def _whole(cell: Cell, number: Decimal | None) -> Cell:
    """2.0 is read as 2."""
    return int(number) if number is not None and isinstance(cell, float | str) else cell


def _cut(number: Decimal) -> Decimal:
    kept = round(number, DECIMALS)
    return kept.quantize(Decimal(1)) if kept == kept.to_integral_value() else kept


def _with_unit(words: str, unit: str, *, told: bool = True) -> str:
    return f"{words} {unit}" if unit and told else words
