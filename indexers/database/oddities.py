"""What of a profile a person should look at: columns that hold nothing, one value, personal data, numbers as text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.profile import ColumnProfile, Profile

_EXPLAINED = {
    "number_text": "numbers are stored as text",
    "date_text": "dates are stored as text, in a form that does not sort",
    "timestamp": "times are stored as text",
    "date": "dates are stored as text",
}


class Oddity(NamedTuple):
    """A column, as `schema.table.column`, and what is odd about it."""

    column: str
    what: str


def oddities(profile: Profile) -> Sequence[Oddity]:
    """Everything that is odd, table by table."""
    return [
        Oddity(f"{name}.{column.name}", what)
        for name, table in sorted(profile.tables.items())
        if table.rows
        for column in table.columns
        for what in _odd(column, rows=table.rows)
    ]


def _odd(column: ColumnProfile, *, rows: int) -> Iterator[str]:
    if column.pii:
        kind = f" ({column.patterns[0]})" if column.patterns else ""
        yield f"looks like personal data{kind}; none of its values was kept"
    elif column.nulls == 1:
        yield "holds nothing but NULL"
    elif column.distinct == 1 and rows > 1 and column.exact:
        yield "holds one value only"
    yield from (_EXPLAINED[each] for each in column.patterns if each in _EXPLAINED)
