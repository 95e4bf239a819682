"""What a metric can be told apart by: every column of the tables that its rows have at most one row of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from apex.model import Attribute, Entity, Model
from apex.names import common_form, words_of
from core.catalog import TableName
from core.values.plans import ColumnOf, Expression, Grained, Output, Written
from datapoints.kinds.dimension import DimensionDataPoint

Phrase = tuple[str, ...]
Kind = Literal["dimension", "entity", "column"]
_RANKS: Mapping[Kind, int] = {"dimension": 0, "entity": 1, "column": 2}
LEFT_OUT = frozenset({"of", "the", "s", "a", "an"})


@dataclass(frozen=True, slots=True)
class Place:
    """Something to group or filter by: a described dimension, a column, or the rows of a table."""

    kind: Kind
    table: TableName
    outputs: tuple[Output, ...]
    words: str
    far: int = 0
    """How many relations away."""
    datapoint: str = ""
    named: bool = True
    """Whether its rows are called something, rather than numbered."""
    attribute: Attribute | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Reach:
    """The places around some tables, by their phrases."""

    homes: frozenset[TableName]
    tables: Mapping[TableName, int]
    phrases: Mapping[Phrase, tuple[Place, ...]]
    longest: int

    def find(self, phrase: Phrase) -> tuple[Place, ...]:
        """The places of a phrase: described before stored, near before far."""
        found = self.phrases.get(phrase, ())
        best = min((_rank(each) for each in found), default=None)
        kept = [each for each in found if _rank(each) == best]
        return tuple({each.outputs: each for each in reversed(kept)}.values())

    @property
    def examples(self) -> list[str]:
        """What it can be told apart by, in words."""
        shown = [each for places in self.phrases.values() for each in places if self._is_telling(each)]
        return list(dict.fromkeys(each.words.lower() for each in sorted(shown, key=_rank)))[:8]

    def _is_telling(self, place: Place) -> bool:
        if place.kind == "column":
            return not place.far and place.attribute is not None and place.attribute.role == "dimension"
        return place.kind == "dimension" or (place.table not in self.homes and place.named)


def _rank(place: Place) -> tuple[int, int]:
    return _RANKS[place.kind], min(place.far, 1)


def reach_of(homes: Iterable[TableName], model: Model) -> Reach:
    """What can be reached from all of these tables; kept on the model."""
    key = frozenset(homes)
    kept: dict[frozenset[TableName], Reach] = vars(model).setdefault("_reaches", {})
    found = kept.get(key)
    if found is None:
        found = kept[key] = _built(key, model)
    return found


def _built(homes: frozenset[TableName], model: Model) -> Reach:
    each_way = [_distances(home, model) for home in homes]
    shared = [name for name in (each_way[0] if each_way else ()) if all(name in found for found in each_way)]
    tables = {name: max(found[name] for found in each_way) for name in shared}
    phrases: dict[Phrase, dict[Place, None]] = {}
    for name, far in tables.items():
        for phrase, place in _places(name, far, model):
            phrases.setdefault(phrase, {})[place] = None
    listed = {phrase: tuple(places) for phrase, places in phrases.items() if phrase}
    return Reach(homes, tables, listed, max(map(len, listed), default=0))


def _distances(home: TableName, model: Model) -> dict[TableName, int]:
    """The tables of which a row has at most one, with how far away they are."""
    found, waiting = {home: 0}, [home]
    while waiting:
        at = waiting.pop(0)
        for edge in model.relations(at):
            if not edge.multiplies and edge.target not in found:
                found[edge.target] = found[at] + 1
                waiting.append(edge.target)
    return found


def _places(name: TableName, far: int, model: Model) -> Iterator[tuple[Phrase, Place]]:
    entity = model.entity(name)
    if entity is None:
        return
    called = model.notes.entities.get(name)
    phrases = [name.name, *entity.synonyms, *([called.name, *called.synonyms] if called else [])]
    about = _outputs_of(entity)
    if about:
        known = called.id if called else ""
        place = Place("entity", name, about, _spoken(name.name), far, known, named=bool(entity.display))
        yield from ((phrase_of(each), place) for each in phrases)
    for attribute in entity.attributes.values():
        yield from _of_column(attribute, far, phrases)
    for dimension in model.dimensions.values():
        found = model.table(dimension.table)
        if found and found.full_name == name:
            place = _described(dimension, entity, far, model)
            yield from ((phrase_of(each), place) for each in (dimension.name, dimension.id, *dimension.synonyms))


def _of_column(attribute: Attribute, far: int, tables: Sequence[str]) -> Iterator[tuple[Phrase, Place]]:
    column = ColumnOf(table=str(attribute.table), column=attribute.name)
    value = Grained(of=column, grain="day") if attribute.is_moment else column
    shown = Output(value=value, name=attribute.name)
    place = Place("column", attribute.table, (shown,), _spoken(attribute.name), far, attribute=attribute)
    for name in (attribute.name, *attribute.synonyms):
        own = phrase_of(name)
        yield own, place
        for table in tables:
            yield (*phrase_of(table), *own), place
            yield (*own, *phrase_of(table)), place


def _described(dimension: DimensionDataPoint, entity: Entity, far: int, model: Model) -> Place:
    attribute = entity.attributes.get(dimension.column)
    table = str(entity.name)
    value: Expression = ColumnOf(table=table, column=dimension.column)
    if dimension.expression:
        value = Written(sql=dimension.expression, table=table, dialect=model.catalog.dialect, words=dimension.name)
    elif attribute and attribute.is_moment:
        value = Grained(of=ColumnOf(table=table, column=dimension.column), grain="day")
    shown = (Output(value=value, name=dimension.column or dimension.id.rpartition(".")[2]),)
    return Place("dimension", entity.name, shown, dimension.name, far, dimension.id, attribute=attribute)


def _outputs_of(entity: Entity) -> tuple[Output, ...]:
    """What a row is called, and its key where two may be called the same."""
    shown = entity.called
    unique = {entity.table.primary_key, *entity.table.unique_keys}
    # That no two are called the same today, as it was counted, does not keep tomorrow's from it.
    known = shown and shown in unique and not any(entity.attributes[each].nullable for each in shown)
    names = dict.fromkeys(shown if known else (*entity.key, *shown))
    about = common_form(entity.name.name.casefold())
    return tuple(
        Output(value=ColumnOf(table=str(entity.name), column=name), name=about if (name,) == shown else name)
        for name in names
    )


def phrase_of(name: str) -> Phrase:
    """The common forms of a name's words."""
    return tuple(common_form(word) for word in words_of(name) if word not in LEFT_OUT)


def _spoken(name: str) -> str:
    return " ".join(words_of(name))
