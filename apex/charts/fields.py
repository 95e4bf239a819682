"""The columns of a result as a chart sees them: moments, quantities, names; and what each is good for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from apex.model.attributes import is_label
from apex.model.words import name_words
from core.values import Cell, ResultColumn, Row

Role = Literal["temporal", "ordinal", "quantitative", "nominal"]

_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_NUMBERS = frozenset({"integer", "decimal", "float"})
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?([ T]\d{2}:\d{2}.*)?\Z")
_YEARS = range(1500, 2200)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its place, its name, its role, how many different values it has."""

    place: int
    name: str
    role: Role
    different: int
    label: bool = False
    """Whether it is a number that names something: an id, a code, a year."""

    @property
    def is_quantity(self) -> bool:
        """Whether it is measured along an axis."""
        return self.role == "quantitative"


def fields_of(columns: Sequence[ResultColumn], rows: Sequence[Row]) -> list[Field]:
    """Every column, read by its type, its name and its values."""
    return [_field(place, column, [row[place] for row in rows]) for place, column in enumerate(columns)]


def _field(place: int, column: ResultColumn, cells: Sequence[Cell]) -> Field:
    known = [cell for cell in cells if cell is not None]
    label = column.type in _NUMBERS and is_label(name_words(column.name)) and "(" not in column.name
    role = _role(column, known, label=label)
    return Field(place, column.name, role, len({str(cell) for cell in known}), label)


def _role(column: ResultColumn, known: Sequence[Cell], *, label: bool) -> Role:
    if column.type in _MOMENTS:
        return "temporal"
    if column.type in _NUMBERS:
        return "ordinal" if label and all(_is_year(cell) for cell in known) else "quantitative"
    if known and all(isinstance(cell, str) and _ISO.match(cell) for cell in known):
        return "temporal"
    return "nominal"


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, int) and cell in _YEARS
