"""How much there is to a plan, and what in it is of another kind than is usual."""

from collections.abc import Mapping
from math import log2

from apex.model.attributes import Attribute
from apex.names import words_of
from apex.reading.factors.case import Case, roots_of
from core.values.plans import ColumnOf, Expression

_AMOUNTS = frozenset({"number", "count", "total", "amount", "quantity", "num", "no", "qty", "times", "sum"})
_RANGES = (">", "<", ">=", "<=", "between")


def shaped(case: Case) -> Mapping[str, float]:
    """The size of the plan, and what is calculated with what is no number."""
    statement = case.settled.compilation.sql
    return {
        "parts": log2(len(case.nodes)),
        "cast": float(statement.count("CAST(") > statement.count(" / NULLIF(")),
        **_kinds(case),
    }


def _kinds(case: Case) -> Mapping[str, float]:
    """What is calculated, ordered or compared, and is no number; what is counted, and stands there as a number."""
    measured = [each for each in case.measures if each.aggregate != "count"]
    ranged = [each.left for each in case.comparisons if each.operator in _RANGES]
    counted = {each.table for each in case.measures if each.aggregate == "count" and each.table}
    asks, shown = case.signs, [_attribute(case, each) for each in case.shown]
    return {
        "text measured": float(any(_is_text(case, each.of) for each in measured)),
        "text ordered": float(any(_is_text(case, each.by) for each in case.plan.order) and case.plan.limit is not None),
        "text compared": float(any(_is_text(case, each) for each in ranged)),
        "key measured": float(any(_is_key(case, each.of) for each in measured)),
        "keys shown": float(sum(each is not None and each.role in ("key", "reference") for each in shown)),
        "counted though stored": float(any(_is_stored(case, table) for table in counted)),
        "summed for a count": float(asks["#"] > 0 and any(each.aggregate == "sum" for each in measured)),
        "when without a time": float(asks["K"] > 0 and not any(each and each.is_moment for each in shown)),
        "asks where": float(asks["L"] > 0),
    }


def _attribute(case: Case, value: Expression | None) -> Attribute | None:
    return case.model.attribute(value) if isinstance(value, ColumnOf) else None


def _is_text(case: Case, value: Expression | None) -> bool:
    attribute = _attribute(case, value)
    return attribute is not None and not (attribute.is_numeric or attribute.is_moment)


def _is_key(case: Case, value: Expression | None) -> bool:
    attribute = _attribute(case, value)
    return attribute is not None and attribute.role in ("key", "reference")


def _is_stored(case: Case, table: str) -> bool:
    """Whether a number of the table that is counted is called like the table, or like its number."""
    entity, own = case.model.entity(table), roots_of(table)
    return entity is not None and any(
        each.is_numeric and (roots_of(each.name) <= own or (_AMOUNTS.intersection(words_of(each.name))))
        for each in entity.measures
    )
