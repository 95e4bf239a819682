"""Numbers, texts and years as constants, and the columns that years speak of."""

import re
from collections.abc import Sequence

from apex.linking.forms import content
from apex.linking.link import Link
from apex.names import words_of
from apex.reading.draft import Ref
from apex.reading.parts import is_year
from apex.reading.scan import Scan
from core.profile import Scalar

_DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})\b")
_YEAR, _DATE = 0.8, 0.6
"""How sure it is that a bare year speaks of a column called so."""


def constant(scan: Scan, at: int) -> Scalar:
    """A number (whole ones as integers), or the text of a value."""
    piece = scan.pieces[at]
    number = piece.number
    if number is not None:
        return int(number) if number == int(number) else number
    return piece.links[0].value if piece.links else piece.tokens[0].text if piece.sign == "J" else piece.text


def is_day(value: Scalar) -> bool:
    """Whether a text is a day as people write it in numbers."""
    return isinstance(value, str) and bool(_DAY.match(value))


def year_column(scan: Scan, values: Sequence[Scalar], *, sure: bool = False) -> Ref | None:
    """The columns that hold years or dates, for a year that no column stands beside."""
    if not (sure or all(is_year(value) for value in values)):
        return None
    found: list[Link] = []
    for table in scan.tables():
        for column in table.columns:
            words = content(words_of(column.name))
            if "year" in words:
                found.append(Link("column", str(table.full_name), column.name, score=_YEAR, why="year"))
            elif "date" in words or "time" in words or scan.is_moment(str(table.full_name), column.name):
                found.append(Link("column", str(table.full_name), column.name, score=_DATE, why="year"))
    return Ref(scan.pieces[scan.at], "column", tuple(scan.of_deed(found)), owner=scan.latest) if found else None
