"""What a plan leaves open however sure its words are, so that it is asked about before it is answered."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from apex.compile.walk import (
    columns_in,
    conjuncts,
    expressions_of,
    measures_of,
    parts_of,
    related_in,
    tables_of,
)
from apex.language.moments_words import last_words
from apex.language.sections import listed
from apex.linking.link import Link
from apex.model import Attribute, Model
from apex.model.words import ends_with, name_words, speaks_of
from apex.reading.parts import has_measure, nodes_of
from apex.reading.pieces import Piece
from apex.wording.units import unit_named, unit_of
from core.values.plans import (
    ColumnOf,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Measure,
    Negation,
    Order,
    Plan,
)

ALIKE, GROUPED = 50, 20
"""So many rows share a value, on average, before the first of them is chance, and before they make up a group."""
_NAMED = ("name", "part", "stem")
"""How a moment is found that is named."""


def open_ends(plan: Plan, model: Model) -> Iterator[str]:
    """Why a plan is not answered as it is, in words."""
    yield from (words for words, is_so in _OPEN.items() if is_so(plan, model))


def unit_for_name(pieces: Sequence[Piece], meant: Collection[Link]) -> Iterator[str]:
    """`Loans per month`: a month that time is cut to, and no `term_months`."""
    for before, piece in pairwise(pieces):
        unit = piece.sign in "CB" and len(piece.tokens) == 1 and piece.tokens[0].folded in last_words("units")
        chosen = [each for each in piece.only("column") if each in meant]
        if before.sign == "E" and unit and any(len(name_words(each.column)) > 1 for each in chosen):
            yield f'"{piece.text}" may be a unit of time'


def nothing_named(pieces: Sequence[Piece]) -> Iterator[str]:
    """`Who?` alone names nothing that could be shown."""
    if not any(piece.links and piece.sign != "r" for piece in pieces):
        yield "nothing is named"


def elsewhere(meant: Collection[Link], before: Plan | None, model: Model) -> Iterator[str]:
    """`Show the reasons`, after declined payments: those of refunds are not the reasons of a payment."""
    if before is None or any(each.kind != "column" for each in meant):
        return
    home = model.entity(before.table)
    for table in dict.fromkeys(each.table for each in meant if each.table not in tables_of(before)):
        there = model.entity(table)
        paths = model.paths(home.name, there.name) if home and there else ()
        if not paths or paths[0].multiplies:
            yield f"what was spoken of before has no such column, and {table.rpartition('.')[2]} may not be meant"


def unused(meant: Collection[Link], plan: Plan, model: Model) -> Iterator[str]:
    """A column that was named, and of which the plan does not speak, where it tells more than which row is meant."""
    spoken = _spoken_of(plan)
    for each in meant:
        attribute = model.attribute(ColumnOf(table=each.table, column=each.column)) if each.kind == "column" else None
        entity = model.entity(each.table) if attribute and each.column not in spoken else None
        if attribute is None or entity is None:
            continue
        calls = attribute.role in ("key", "reference") or each.column in entity.display
        if not calls or model.refers_to_itself(each.table, each.column):
            yield f"{each.column} is named, and not used"


def half_named(meant: Collection[Link], plan: Plan, model: Model) -> Iterator[str]:
    """`Passengers called Silva`, whose first and last names are kept apart."""
    spoken = {column.column for part in conjuncts(plan.where) for column in columns_in(part)}
    for each in meant:
        entity = model.entity(each.table) if each.kind == "column" and each.why == "implied" else None
        names = [name for name in (entity.display if entity else ()) if "name" in name_words(name)]
        if len(names) > 1 and each.column in names and spoken.intersection(names) == {each.column}:
            yield f"{each.column} may not be the name that is meant"


def told_apart(meant: Collection[Link], plan: Plan, model: Model) -> Iterator[str]:
    """`Cancelled per month`, of the months in which they were booked, where another moment says when they were."""
    entity = model.entity(plan.table)
    shown = [*plan.group, *(each.value for each in plan.outputs)]
    timed = plan.time is not None or any(isinstance(each, Grained) for each in shown)
    named = entity is not None and any(link.column in entity.times and link.why in _NAMED for link in meant)
    open_to = timed and not named
    states = {word for part in expressions_of(plan) for word in _states(part, plan.table)} if open_to else set[str]()
    spoken = _spoken_of(plan) if states else set[str]()
    for name in entity.times if entity and states else ():
        if name not in spoken and states.intersection(name_words(name)):
            yield f"{name} tells when that was, too"


def _spoken_of(plan: Plan) -> set[str]:
    """The columns that a plan and the plans in it name."""
    return {each.column for each in nodes_of(plan) if isinstance(each, ColumnOf)}


def _states(value: Expression | Condition, table: str) -> Iterator[str]:
    """The words of values that columns of a table are to have."""
    if isinstance(value, Comparison) and isinstance(value.left, ColumnOf) and value.left.table == table:
        for each in value.right:
            yield from name_words(str(each.value)) if isinstance(each, Literally) else ()
    for part in parts_of(value):
        yield from _states(part, table)


def other_unit(pieces: Sequence[Piece], plan: Plan, model: Model) -> Iterator[str]:
    """`The average wage in euros`, of a column in cents: nothing is converted."""
    for before, piece in pairwise(pieces):
        asked = unit_named(piece.tokens[-1].folded) if piece.sign == "u" and before.text.casefold() == "in" else ""
        kept = {unit_of(each.value, model.datapoints) for each in plan.outputs} - {"", asked} if asked else set[str]()
        yield from (f"it is kept in {each}, and asked for in {asked}" for each in sorted(kept))
        said = unit_named(piece.tokens[-1].folded) if piece.sign == "u" and before.sign == "N" else ""
        parts = expressions_of(plan) if said else ()
        bounds = {unit_of(left, model.datapoints) for part in parts for left in _bounded(part, before.number)}
        yield from (f"it is kept in {each}, and compared in {said}" for each in sorted(bounds - {"", said}))


def _bounded(value: Expression | Condition, number: float | None) -> Iterator[Expression]:
    """What is compared with a number."""
    if isinstance(value, Comparison):
        told = any(isinstance(each, Literally) and each.value == number for each in value.right)
        yield from (value.left,) if told else ()
    for part in parts_of(value):
        yield from _bounded(part, number)


def now_only(words: Collection[str], plan: Plan, model: Model) -> Iterator[str]:
    """`Currently employed`: what a moment that ends a row may tell, of which nothing is said."""
    entity = model.entity(plan.table) if listed("existing.txt")["now"].intersection(words) else None
    said = {each.column for part in conjuncts(plan.where) for each in columns_in(part)}
    for name in entity.times if entity else ():
        if entity and entity.attributes[name].nullable and name not in said and speaks_of(name_words(name), "ends"):
            yield f"{name} may tell which ones it still holds for"


def by_average(plan: Plan, model: Model) -> Plan | None:
    """`Which topic has the worst satisfaction?` may ask for the worst on average; None where no groups are shown."""
    by = _chosen_by(plan)
    attribute = model.attribute(by) if by and _shows_groups(plan, model) else None
    if by is None or attribute is None or not attribute.is_numeric:
        return None
    average = Measure(aggregate="avg", of=by)
    return plan.model_copy(update={"order": [Order(by=average, descending=plan.order[0].descending)]})


def _is_chance(plan: Plan, model: Model) -> bool:
    """`Which ticket has the worst satisfaction?`: of five ratings, hundreds of tickets have the worst."""
    by = _chosen_by(plan)
    return by is not None and _shared(by, plan, model, ALIKE) is not None


def _is_of_groups(plan: Plan, model: Model) -> bool:
    return by_average(plan, model) is not None


def _is_of_many(plan: Plan, model: Model) -> bool:
    """`Which product has the best rating?`, where each has many: the best single one, or the best on average?"""
    by = plan.order[0].by if plan.order and plan.limit and not plan.group else None
    if not isinstance(by, ColumnOf) or not speaks_of(name_words(by.column), "grades"):
        return False
    shown = {each.table for output in plan.outputs for each in columns_in(output.value)}
    ends = [model.entity(shown.pop()) if len(shown) == 1 else None, model.entity(by.table)]
    paths = model.paths(ends[0].name, ends[1].name) if ends[0] and ends[1] and ends[0] != ends[1] else ()
    return bool(paths) and paths[0].multiplies


def _repeats(plan: Plan, model: Model) -> bool:
    """`Refund reasons sorted by amount`: thousands of rows with five reasons are no list of reasons."""
    by = plan.order[0].by if plan.order else None
    rows = plan.limit is None and not (plan.distinct or plan.group or plan.combined)
    return rows and isinstance(by, ColumnOf) and by.table == plan.table and _shows_groups(plan, model)


def _ranks_by_keys(plan: Plan, model: Model) -> bool:
    """`The most referred client`: a number that only says which row is meant is neither large nor small."""
    by = plan.order[0].by if plan.order and plan.limit else None
    attribute = model.attribute(by) if isinstance(by, ColumnOf) else None
    return attribute is not None and attribute.role == "reference"


def _adds_up_rates(plan: Plan, model: Model) -> bool:
    """A sum of interest rates is no interest."""
    summed = (each.of for each in measures_of(plan) if each.aggregate == "sum")
    return any(isinstance(each, ColumnOf) and ends_with(name_words(each.column), "rates") for each in summed)


def _denies_a_time(plan: Plan, model: Model) -> bool:
    """`Transactions without a fee last month`: the time of what is counted, or of what is denied?"""
    denied = [each for part in conjuncts(plan.where) if isinstance(part, Negation) for each in related_in(part)]
    timed = any(_is_moment(column, model) for each in denied for column in columns_in(each.where))
    own = model.entity(plan.table)
    return timed and own is not None and any(each.is_moment for each in own.attributes.values())


_OPEN: dict[str, Callable[[Plan, Model], bool]] = {
    "many rows are equal there, so which comes first is chance": _is_chance,
    "groups may be meant, on average": _is_of_groups,
    "each of them has many, so that the average may be meant": _is_of_many,
    "the same is shown again and again": _repeats,
    "what only says which row is meant is neither large nor small": _ranks_by_keys,
    "rates do not add up": _adds_up_rates,
    "the time may be that of what is denied, or of what is asked for": _denies_a_time,
}


def _is_moment(column: ColumnOf, model: Model) -> bool:
    attribute = model.attribute(column)
    return attribute is not None and attribute.is_moment


def _chosen_by(plan: Plan) -> ColumnOf | None:
    """The column of whose values only the first is asked for."""
    by = plan.order[0].by if plan.order else None
    chosen = plan.limit == 1 and not (plan.ties or plan.skip or plan.group or plan.combined)
    measured = any(has_measure(each.value) for each in plan.outputs)
    return by if chosen and not measured and isinstance(by, ColumnOf) and by.table == plan.table else None


def _shows_groups(plan: Plan, model: Model) -> bool:
    """Whether nothing is shown but a column of which many rows share each value."""
    return len(plan.outputs) == 1 and _shared(plan.outputs[0].value, plan, model, GROUPED) is not None


def _shared(value: Expression, plan: Plan, model: Model, rows: int) -> Attribute | None:
    """The column, where so many rows of its table share each of its values."""
    attribute, entity = model.attribute(value) if isinstance(value, ColumnOf) else None, model.entity(plan.table)
    if attribute is None or not attribute.values or entity is None or str(attribute.table) != plan.table:
        return None
    return attribute if (entity.rows or 0) >= rows * len(attribute.values) else None
