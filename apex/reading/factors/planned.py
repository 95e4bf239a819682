"""What the plan is like: its parts, what was assumed for them, and what of the question they do not show."""

from collections.abc import Mapping

from apex.reading.draft import OneOf
from apex.reading.factors.case import Case
from core.values.plans import ColumnOf, Combination, Literally, Measure, Negation, Plan, Related

_EQUAL = ("=", "!=", "in")


def planned(case: Case) -> Mapping[str, float]:
    """The parts of the plan, and the choices that were made for them."""
    plan, draft, settled, notes = case.plan, case.candidate.draft, case.settled, case.candidate.notes
    measured = [isinstance(each.value, Measure) for each in case.outputs]
    entities = [term for term in draft.outputs if not term.measured and (not term.of or term.of.meant == "table")]
    return {
        "joins": float(min(case.candidate.meaning.joins, 3)),
        "guessed way": float(settled.guessed > 0),
        "told way": float(settled.told > 0),
        "tables": float(len(case.tables)),
        "entity shown": float(len(entities)),
        "no display": float("no display" in notes),
        "assumed column": float("assumed column" in notes),
        "doubts": float(len(draft.doubts)),
        "left open": float("left open" in draft.doubts),
        "side by side": float("side by side" in draft.doubts),
        "shown": float(len(plan.outputs)),
        "all measured": float(all(measured)),
        "measured beside plain": float(any(measured) and not all(measured)),
        "measured for nothing": float(any(measured) and not all(measured) and not draft.groups),
        "each unmeasured": float(
            draft.each and not draft.groups_first and not any(term.measured for term in draft.outputs)
        ),
        "own rows shown": float(plan.table in {column.table for column in case.shown}),
        "foreign rows shown": float(max(0, len({column.table for column in case.shown}) - 1)),
        "distinct": float(plan.distinct),
        "counted apart": float("COUNT(DISTINCT" in settled.compilation.sql and not _asks_for_distinct(case)),
        "grouped": float(bool(plan.group) and not draft.common),
        "grouped by names": float(bool(plan.group) and _tells_rows_apart(case)),
        "names unasked": float(bool(plan.group) and _shows_unasked(case)),
        "shown anew": float(case.candidate.signs.count(".Q") > 0),
        "groups chosen": float(plan.having is not None),
        "both": float(plan.combined is not None),
        "inner plans": float(len(case.of(Plan)) - 1),
        "ordered": float(bool(plan.order) and plan.limit is None),
        "limited": float(plan.limit is not None),
        "ordered by a count": float(any(isinstance(each.by, Measure) for each in plan.order)),
        **_conditions(case),
        **{f"rule {rule}": 1.0 for rule in draft.rules},
    }


def _conditions(case: Case) -> Mapping[str, float]:
    related, negations = case.of(Related), case.of(Negation)
    constants = [each.value for each in case.of(Literally)]
    digits = sum(any(sign.isdigit() for sign in str(value)) for value in constants)
    limits = sum((plan.limit or 0) > 1 for plan in case.of(Plan))
    numbers = sum(word.kind == "number" for word in case.words)
    negated = bool(negations) or any(each.operator == "!=" for each in case.comparisons)
    unequal = sum(each.operator not in _EQUAL for each in case.comparisons)
    compared = case.signs[">"] + case.signs["G"] + case.signs["~"]
    none = sum(isinstance(each.of, Related) for each in negations)
    return {
        "no condition": float(case.plan.where is None and case.plan.having is None),
        "comparisons": float(len(case.comparisons)),
        "inequalities": float(unequal > 0),
        "alternatives": float(any(each.kind == "any" for each in case.of(Combination))),
        "several values": float(any(isinstance(wish, OneOf) and len(wish.values) > 1 for wish in _wishes(case))),
        "negated": float(negated),
        "none related": float(none > 0),
        "related": float(len(related) > 0),
        "merely related": float(sum(each.where is None for each in related) - none > 0),
        "repeated rows": float(_repeats(case)),
        "numbers lost": float(max(0, numbers - digits - limits)),
        "constants lost": float(max(0, case.signs["V"] + case.signs["J"] - len(constants))),
        "comparisons lost": float(max(0, compared - unequal)),
        "negation lost": float("!" in case.signs and not negated),
        "each lost": float("E" in case.signs and not (case.candidate.draft.groups or case.plan.group)),
        "measures lost": float(max(0, case.signs["A"] - sum(each.aggregate != "count" for each in case.measures))),
        "counts lost": float(max(0, case.signs["#"] - sum(each.aggregate == "count" for each in case.measures))),
    }


def _tells_rows_apart(case: Case) -> bool:
    """Whether no two rows that are grouped by a key are called alike, so that their names would group them as well."""
    keys = [each for each in case.plan.group if isinstance(each, ColumnOf)]
    found = [(column.table, case.model.attribute(column)) for column in case.shown]
    unique = {table for table, attribute in found if attribute and attribute.unique}
    return all(each.table in unique for each in keys)


def _shows_unasked(case: Case) -> bool:
    """Whether rows are called by a column that nobody asked for, where another might be meant."""
    asked = {link.place for _, link in case.meant_as("column")}
    tables = {each.table for each in case.plan.group if isinstance(each, ColumnOf)}
    return any(column.table in tables and (column.table, column.column) not in asked for column in case.shown)


def _wishes(case: Case) -> list[object]:
    return list(case.candidate.draft.wishes)


def _asks_for_distinct(case: Case) -> bool:
    return any(term.distinct for term in case.candidate.draft.outputs)


def _repeats(case: Case) -> bool:
    """Whether a row may be shown several times, because a condition is on several related rows."""
    plan, model = case.plan, case.model
    if plan.distinct or plan.group or any(isinstance(each.value, Measure) for each in plan.outputs):
        return False
    start = model.entity(plan.table)
    used = {each.table for each in case.of(ColumnOf)} - {column.table for column in case.shown}
    return any(
        start and other and (paths := model.paths(start.name, other.name)) and paths[0].multiplies
        for other in map(model.entity, used)
    )
