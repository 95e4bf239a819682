"""Tables in as few tokens as a model needs to write SQL over them."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.catalog import Column, ForeignKey, Table
from sql.names import qualified, quote

CORE_SHARE = 0.6
"""The part of the budget that names and keys of less likely tables may take from the other columns of likelier ones."""

COMMENT_CHARACTERS = 80
TYPE_CHARACTERS = 60
TOKENS_OF_A_LINE = 4
TOKENS_OF_A_GAP = 6

_WRAPPED = re.compile(r"(?:Nullable|LowCardinality)\((.*)\)")
_SHORTER = (
    (
        re.compile(r"(?i)character varying|n?varchar2?|nvarchar|bpchar|character\b|\bString\b|\btinytext|\blongtext"),
        "text",
    ),
    (re.compile(r"(?i)timestamp(\(\d\))? without time zone"), "timestamp"),
    (re.compile(r"(?i)timestamp(\(\d\))? with time zone"), "timestamptz"),
    (re.compile(r"(?i)double precision"), "double"),
    (re.compile(r"(?i)\binteger\b"), "int"),
    (re.compile(r"(?i)\bboolean\b"), "bool"),
    (re.compile(r"(?i)^(text|varchar|char|numeric|decimal)\([\d, ]+\)"), r"\1"),
)

Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sighted:
    """A table, with the columns that the question seems to name."""

    table: Table
    matched: Collection[str] = ()


def tokens(text: str) -> int:
    """About how many tokens a model counts; rather too many than too few, and no vocabulary is loaded."""
    total = 0
    for piece in re.findall(r"_?[A-Za-z]+|\d+|[^\x00-\x7f]+|\n+|[^\sA-Za-z\d]{1,2}", text):
        first = piece[0]
        if first > "\x7f":
            total += len(piece.encode("utf8", "replace"))
        elif first.isdigit():
            total += (len(piece) + 2) // 3
        else:
            total += 1 + (len(piece) - 1) // 9
    return total


@lru_cache(maxsize=20_000)
def _cost(column: str) -> int:
    """The tokens of a piece that comes again with every question."""
    return tokens(column)


def outline(tables: Sequence[Sighted], *, dialect: str, search_path: Sequence[str], budget: int, clean: Clean) -> str:
    """One line per table, best first, within about `budget` tokens.

    Keys and matched columns stay as long as their table; other columns, then comments, are added from the best on.
    """
    lines = [_Line(each, dialect, search_path, clean) for each in tables]
    kept = list(_that_fit(lines, budget))
    room = budget - sum(line.core for line in kept)
    for line in kept:
        room -= line.add_columns(room)
    for line in kept:
        room -= line.add_comments(room)
    return "\n".join(line.text() for line in kept)


def _that_fit(lines: Sequence["_Line"], budget: int) -> Iterator["_Line"]:
    """The first line whatever it costs, and others while they leave room for what is not a key."""
    spent = 0
    for line in lines:
        spent += line.core
        if line is not lines[0] and spent > CORE_SHARE * budget:
            return
        yield line


class _Line:
    """One table's line while it is being filled."""

    def __init__(self, sighted: Sighted, dialect: str, search_path: Sequence[str], clean: Clean) -> None:
        table = sighted.table
        near = bool(search_path) and table.schema == search_path[0]
        self._name = clean(quote(table.name, dialect) if near else qualified(table.full_name, dialect))
        self._comment = _remark(table.comment, clean)
        self._columns = [clean(_column(column, table, dialect)) for column in table.columns]
        self._costs = [_cost(column) + 1 for column in self._columns]
        self._remarks = [_remark(column.comment, clean) for column in table.columns]
        keys = {*table.primary_key, *(name for key in table.foreign_keys for name in key.columns), *sighted.matched}
        self._shown = {place for place, column in enumerate(table.columns) if column.name in keys}
        self._remarked: set[int] = set()
        self._with_comment = False
        gap = TOKENS_OF_A_GAP if len(self._shown) < len(self._columns) else 0
        self.core = _cost(self._name) + TOKENS_OF_A_LINE + gap + sum(self._costs[place] for place in self._shown)

    def add_columns(self, room: int) -> int:
        """Show the other columns as far as there is room; what they cost."""
        spent = 0
        for place, cost in enumerate(self._costs):
            if place not in self._shown and spent + cost <= room:
                spent += cost
                self._shown.add(place)
        return spent

    def add_comments(self, room: int) -> int:
        """Show comments as far as there is room, the table's own first; what they cost."""
        spent = tokens(self._comment)
        self._with_comment = 0 < spent <= room
        spent = spent if self._with_comment else 0
        for place in sorted(self._shown):
            cost = _cost(self._remarks[place])
            if cost and spent + cost <= room:
                spent += cost
                self._remarked.add(place)
        return spent

    def text(self) -> str:
        """`name(column type, ...)`, with a mark where columns are left out."""
        columns = [
            self._columns[place] + (self._remarks[place] if place in self._remarked else "")
            for place in sorted(self._shown)
        ]
        more = len(self._columns) - len(columns)
        listed = ", ".join([*columns, f"… {more} more"] if more else columns)
        return f"{self._name}({listed})" + (self._comment if self._with_comment else "")


def _column(column: Column, table: Table, dialect: str) -> str:
    text = f"{quote(column.name, dialect)} {short_type(column.type)}"
    if table.primary_key == (column.name,):
        text += " pk"
    references = [_reference(key, column.name, dialect) for key in table.foreign_keys if column.name in key.columns]
    return text + (f" -> {references[0]}" if references else "")


def _reference(key: ForeignKey, column: str, dialect: str) -> str:
    place = key.columns.index(column)
    table = quote(key.table.name, dialect)
    if place >= len(key.referenced_columns) or key.referenced_columns[place] in ("", column):
        return table
    return f"{table}.{quote(key.referenced_columns[place], dialect)}"


@lru_cache(maxsize=1_024)
def short_type(native: str) -> str:
    """An engine's type in one or two tokens where that loses nothing for writing SQL."""
    while wrapped := _WRAPPED.fullmatch(native):
        native = wrapped[1]
    for pattern, shorter in _SHORTER:
        native = pattern.sub(shorter, native)
    return native if len(native) <= TYPE_CHARACTERS else native[: TYPE_CHARACTERS - 1] + "…"


def _remark(comment: str | None, clean: Clean) -> str:
    """A comment as a quoted note after what it is about."""
    words = " ".join((comment or "").split())
    if not words:
        return ""
    words = words if len(words) <= COMMENT_CHARACTERS else words[: COMMENT_CHARACTERS - 1] + "…"
    return clean(f' "{words}"')
