"""What a column is for (key, reference, measure, dimension, moment), by its type, its name and what was measured."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from apex.model.families import MOMENTS, NUMERIC, Family, family_of
from apex.model.notes import Note
from apex.model.words import Phrase, ends_with, name_words, phrases
from core.catalog import Column, TableName
from core.profile import ColumnProfile, Scalar

Role = Literal["key", "reference", "measure", "dimension", "time", "other"]

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\Z")
_NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column with its meaning. `family` is that of the values: text that always holds ISO dates is a `date`."""

    table: TableName
    name: str
    family: Family
    stored: Family
    """The family of the type."""
    role: Role
    nullable: bool = True
    """Whether a NULL may occur: False where it is forbidden or was not found."""
    lacking: bool = False
    """Whether a NULL was found."""
    comment: str = ""
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stored codes mean."""
    values: tuple[Scalar, ...] | None = None
    """Every value of the column, most frequent first, where all are known."""
    numeric_text: bool = False
    """Text that holds numbers."""
    patterns: tuple[str, ...] = ()
    unique: bool = False
    """Whether no two rows share a value, as declared or as counted."""
    pii: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether it can be calculated with, maybe after a cast."""
        return self.family in NUMERIC or self.numeric_text

    @property
    def is_unsorted(self) -> bool:
        """Whether it holds numbers as text beside other text, so that its order is not that of its numbers."""
        return self.family == "text" and not self.numeric_text and "number_text" in self.patterns

    @property
    def is_moment(self) -> bool:
        """Whether it is a date or a point in time."""
        return self.family in MOMENTS

    @property
    def id(self) -> str:
        """Its place as plans name it."""
        return f"{self.table}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known beside the column itself."""

    profile: ColumnProfile | None = None
    notes: Sequence[Note] = ()
    in_key: bool = False
    refers: bool = False
    unique: bool = False
    is_measure: bool = False
    is_dimension: bool = False
    rows: int | None = None


def attribute_of(table: TableName, column: Column, facts: Facts, *, dialect: str) -> Attribute:
    """Read one column."""
    stored = family_of(column.type, dialect)
    profile = facts.profile
    family = _moment_text(profile) or stored if stored == "text" else stored
    numeric_text = stored == family == "text" and _is_numeric_text(profile)
    return Attribute(
        table=table,
        name=column.name,
        family=family,
        stored=stored,
        role=_role(name_words(column.name), family, facts),
        nullable=column.nullable and (profile is None or profile.nulls > 0),
        lacking=column.nullable and profile is not None and profile.nulls > 0,
        comment=column.comment or "",
        unit=next((note.unit for note in facts.notes if note.unit), ""),
        synonyms=tuple(phrase for note in facts.notes for phrase in note.synonyms),
        meanings={code: words for note in facts.notes for code, words in note.values.items()},
        values=tuple(value for value, _ in profile.top) if profile and profile.complete else None,
        numeric_text=numeric_text,
        patterns=profile.patterns if profile else (),
        unique=facts.unique or _counted_unique(profile, facts.rows),
        pii=bool(profile and profile.pii),
    )


def _role(name: Phrase, family: Family, facts: Facts) -> Role:
    if facts.is_measure:
        return "measure"
    if facts.in_key and (len(name) == 0 or not facts.is_dimension):
        return "reference" if facts.refers else "key"
    if facts.refers:
        return "reference"
    if family in MOMENTS:
        return "time"
    if family in NUMERIC and not facts.is_dimension:
        return "dimension" if is_label(name) else "measure"
    return "dimension" if family in ("text", "boolean", *NUMERIC, "time") else "other"


def is_label(name: Phrase) -> bool:
    """Whether a number called so names something (an id, a code, a year), so that adding it up makes no sense."""
    return ends_with(name, "codes") or ends_with(name, "calendar") or name in phrases("codes")


def _counted_unique(profile: ColumnProfile | None, rows: int | None) -> bool:
    return bool(profile and rows and profile.exact and profile.distinct == rows and profile.nulls == 0)


def _moment_text(profile: ColumnProfile | None) -> Family | None:
    """What text holds, where every known value is a date or a moment."""
    seen = _seen(profile)
    if not seen:
        return None
    if all(_ISO_DATE.match(value) for value in seen):
        return "date"
    return "timestamp" if all(_ISO_DATE.match(value) or _ISO_MOMENT.match(value) for value in seen) else None


def _is_numeric_text(profile: ColumnProfile | None) -> bool:
    seen = _seen(profile)
    return bool(seen) and all(_NUMBER.match(value) for value in seen)


def _seen(profile: ColumnProfile | None) -> list[str]:
    if profile is None:
        return []
    values = (*(value for value, _ in profile.top), *profile.samples, profile.minimum, profile.maximum)
    return [str(value) for value in values if value is not None and value != ""]
