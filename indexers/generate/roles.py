"""What each column of a table is for, told by keys, names and what was measured."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from core.catalog import Catalog, Column, Table, TableName
from core.profile import ColumnProfile, Profile, Relation

Role = Literal["key", "reference", "time", "sum", "average", "flag", "dimension", "personal", "other"]

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TIME = re.compile(r"(?:nullable\()?(?:date|timestamp|datetime)", re.IGNORECASE)
_BOOLEAN = re.compile(r"(?:nullable\()?(?:bool|tinyint\(1\))", re.IGNORECASE)
_FEW = 200
"""Different values by which rows may be grouped so that a person can read the groups."""


@dataclass(frozen=True)
class Reading:
    """A table with what was measured, its references and the role of each column."""

    table: Table
    rows: int
    columns: Mapping[str, ColumnProfile]
    references: Sequence[Relation]
    roles: Mapping[str, Role]

    @property
    def name(self) -> TableName:
        """The table's full name."""
        return self.table.full_name

    def of(self, *wanted: Role) -> list[Column]:
        """The columns that have one of these roles."""
        return [each for each in self.table.columns if self.roles[each.name] in wanted]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart; none where that is not known."""
        if self.table.primary_key:
            return self.table.primary_key
        unique = [each.name for each in self.of("key") if self._is_unique(each.name)]
        return (unique[0],) if unique else ()

    @property
    def is_link(self) -> bool:
        """Whether it only says which rows of other tables belong together."""
        others = self.of("sum", "average", "flag", "dimension", "time")
        return len(self.references) >= 2 and not others

    @property
    def time_column(self) -> str:
        """The column that tells when a row happened; empty where none does."""
        moments = self.of("time")
        return min(moments, key=lambda each: _moment(each.name)).name if moments else ""

    @property
    def label(self) -> str:
        """The column by which people call a row; empty where none does."""
        found = [each.name for each in self.table.columns if _ends(each.name, "labels")]
        shown = [name for name in found if self.roles[name] in ("dimension", "other")]
        order = list_of("labels")
        return min(shown, key=lambda name: order.index(words(name)[-1]) if words(name)[-1] in order else 99, default="")

    def _is_unique(self, name: str) -> bool:
        measured = self.columns.get(name)
        return bool(measured and self.rows and measured.distinct == self.rows)


def readings(catalog: Catalog, profile: Profile) -> list[Reading]:
    """Every measured table, read."""
    relations = [*_declared(catalog), *profile.relations]
    found: list[Reading] = []
    for table in catalog.tables:
        measured = profile.tables.get(table.full_name)
        if measured is None:
            continue
        references = [each for each in relations if each.table == table.full_name]
        columns = {each.name: each for each in measured.columns}
        keys = {name for key in (table.primary_key, *table.unique_keys) for name in key}
        referring = {name for each in references for name in each.columns}
        roles: dict[str, Role] = {
            each.name: _role(each, columns.get(each.name), keys, referring) for each in table.columns
        }
        found.append(Reading(table, measured.rows, columns, references, roles))
    return found


def _declared(catalog: Catalog) -> list[Relation]:
    return [
        Relation(table.full_name, key.columns, key.table, key.referenced_columns)
        for table in catalog.tables
        for key in table.foreign_keys
    ]


def _role(column: Column, measured: ColumnProfile | None, keys: set[str], referring: set[str]) -> Role:
    if column.name in referring:
        return "reference"
    if column.name in keys or words(column.name)[-1:] == ["id"]:
        return "key"
    if measured is None or measured.pii:
        return "personal" if measured else "other"
    if _TIME.match(column.type) or {"date", "timestamp"} & set(measured.patterns):
        return "time"
    if _BOOLEAN.match(column.type):
        return "flag"
    if measured.mean is not None:
        return _number(column.name)
    few = measured.distinct is not None and 0 < measured.distinct <= _FEW
    return "dimension" if few and not {"free_text", "json"} & set(measured.patterns) else "other"


def _number(name: str) -> Role:
    """What a column of numbers is for, by the last of its words that tells."""
    if _ends(name, "not numbers"):
        return "other"
    for word in reversed(words(name)):
        if word in list_of("measured"):
            return "average"
        if word in list_of("additive"):
            return "sum"
    return "other"


def _ends(name: str, section: str) -> bool:
    found = words(name)
    return bool(found) and (found[-1] in list_of(section) or "_".join(found) in list_of(section))


def _moment(name: str) -> int:
    order = list_of("moments")
    return min((order.index(word) for word in words(name) if word in order), default=len(order))


def words(name: str) -> list[str]:
    """The words of a name, in lower case."""
    return [word.lower() for word in _WORDS.findall(name)]


def in_words(name: str) -> str:
    """A name as people say it."""
    return " ".join(words(name)) or name


def singular(text: str) -> str:
    """The last word of a text in the singular."""
    if text.endswith("ies") and len(text) > 4:
        return text[:-3] + "y"
    if text.endswith(("sses", "xes", "ches", "shes", "uses")):
        return text[:-2]
    return text[:-1] if text.endswith("s") and not text.endswith(("ss", "us", "is")) else text


@cache
def list_of(section: str) -> tuple[str, ...]:
    """The words of one list, in order."""
    text = files("indexers.generate").joinpath("words.txt").read_text(encoding="utf8")
    lines = text.partition(f"[{section}]\n")[2].partition("\n[")[0].splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
