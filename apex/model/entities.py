"""A table as something that a business speaks of: what identifies a row, what it is called, what can be asked of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from apex.model.attributes import Attribute, is_label
from apex.model.words import Phrase, name_words, phrases, speaks_of
from core.catalog import Table, TableName


@dataclass(frozen=True, slots=True)
class Entity:
    """A table and its columns by what they are for."""

    table: Table
    attributes: Mapping[str, Attribute]
    key: tuple[str, ...] = ()
    """What identifies a row: the primary key, else a unique key, else a column without two equal values."""
    display: tuple[str, ...] = ()
    """By which columns people call a row, best first."""
    times: tuple[str, ...] = ()
    """Dates and moments, the most telling first."""
    rows: int | None = None
    """How many rows it has, counted or estimated."""
    bridge: bool = False
    """Whether its rows only say which rows of other tables belong together (N:M)."""
    grain: str = ""
    """What one row stands for, as a DataPoint says."""
    synonyms: tuple[str, ...] = ()

    @property
    def name(self) -> TableName:
        """The table's name."""
        return self.table.full_name

    @property
    def called(self) -> tuple[str, ...]:
        """The columns by which people call a row: a name, or a first and a last name."""
        two = self.display[:2] if len(self.display) > 1 else ()
        pairs = map("".join, phrases("display pairs")) if two else ()
        return two if two and "".join(_pair_of(*map(name_words, two))) in pairs else self.display[:1]

    @property
    def measures(self) -> tuple[Attribute, ...]:
        """Numbers that can be added up or averaged."""
        return tuple(each for each in self.attributes.values() if each.role == "measure")

    @property
    def dimensions(self) -> tuple[Attribute, ...]:
        """What rows can be grouped by."""
        return tuple(each for each in self.attributes.values() if each.role in ("dimension", "time"))


def _pair_of(first: Phrase, last: Phrase) -> Phrase:
    """The words of two names together, without what both begin with."""
    same = len(first) > 1 and len(last) > 1 and first[0] == last[0]
    return (*first[same:], *last[same:])


def key_of_table(table: Table, attributes: Iterable[Attribute]) -> tuple[str, ...]:
    """What identifies a row; empty where nothing does."""
    if table.primary_key:
        return table.primary_key
    for key in sorted(table.unique_keys, key=len):
        if all((column := table.column(name)) and not column.nullable for name in key):
            return key
    unique = [each for each in attributes if each.unique and not each.nullable]
    # What others refer to, or is called like a key, before a text that happens not to occur twice.
    likeliest = min(unique, key=lambda each: (each.role != "key", not is_label(name_words(each.name))), default=None)
    return (likeliest.name,) if likeliest else ()


def display_of(table: Table, attributes: Mapping[str, Attribute]) -> tuple[str, ...]:
    """Names and titles, best first: a name of its own before a name of something, pairs of first and last together."""
    named = {name: name_words(name) for name, each in attributes.items() if each.stored == "text"}
    about = name_words(table.name)
    ranked = sorted((rank, name) for name, words in named.items() if (rank := _rank(words, about)) is not None)
    best = tuple(name for _, name in ranked)
    bare = {name: _without(about, words) for name, words in named.items()}
    pair = tuple(_pair(bare))
    return tuple(dict.fromkeys((*pair, *best) if pair and (not ranked or ranked[0][0] > 1) else best))


def _rank(words: Phrase, about: Phrase) -> int | None:
    """0 for `name`, 1 for `singer` and `singer name` of singers, more for what is less of a name."""
    if words in (about, about[-1:]):
        return 1
    for place, phrase in enumerate(phrases("display")):
        if words == phrase:
            return 2 * place
        if words == (*about[-1:], *phrase) or words == (*about, *phrase):
            return 2 * place + 1
    ends = [place for place, phrase in enumerate(phrases("display")) if words[-len(phrase) :] == phrase]
    return 100 + ends[0] if ends else None


def _without(about: Phrase, words: Phrase) -> Phrase:
    """The words without the table's name before them."""
    return words[1:] if len(words) > 1 and words[:1] == about[-1:] else words


def _pair(named: Mapping[str, Phrase]) -> Iterator[str]:
    glued: dict[str, str] = {}
    for name, words in named.items():
        glued.setdefault("".join(words), name)
    for phrase in phrases("display pairs"):
        for cut in range(1, len(phrase)):
            first, last = glued.get("".join(phrase[:cut])), glued.get("".join(phrase[cut:]))
            if first and last:
                yield from (first, last)
                return


def times_of(attributes: Mapping[str, Attribute], told: str = "") -> tuple[str, ...]:
    """Moments, those that say when a row happened first; `told` is the one that a DataPoint names."""
    moments = [each for each in attributes.values() if each.is_moment]
    return tuple(each.name for each in sorted(moments, key=lambda each: _telling(each, told)))


def _telling(attribute: Attribute, told: str) -> tuple[bool, bool, bool, bool]:
    """What every row has tells more than what may never happen, however that is called: `issued_on`, and `paid_at`."""
    words = name_words(attribute.name)
    ends = speaks_of(words, "ends") and not speaks_of(words, "beginnings")
    lesser, telling = ends or speaks_of(words, "lesser moments"), speaks_of(words, "telling moments")
    return attribute.name != told, lesser, attribute.nullable, not telling


def is_bridge(table: Table, attributes: Mapping[str, Attribute], refers_to: int) -> bool:
    """Whether the table refers to two or more others and says little else."""
    others = [each for each in attributes.values() if each.role in ("measure", "dimension")]
    references = [each for each in attributes.values() if each.role == "reference"]
    identified = set(table.primary_key) <= {each.name for each in references} if table.primary_key else False
    return refers_to >= 2 and (identified or not others)
