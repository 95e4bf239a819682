"""Questions for the first of many that are alike: which one is shown would be chance, or the groups are meant."""

from apex.model import Attribute, Model
from apex.reading.parts import has_measure
from core.values.plans import ColumnOf, Expression, Measure, Order, Plan

ALIKE, GROUPED = 50, 20
"""So many rows share a value, on average, before the first of them is chance, and before they make up a group."""


def is_chance(plan: Plan, model: Model) -> bool:
    """`Which ticket has the worst satisfaction?`: of five ratings, hundreds of tickets have the worst."""
    by = _chosen_by(plan)
    return by is not None and _shared(by, plan, model, ALIKE) is not None


def by_average(plan: Plan, model: Model) -> Plan | None:
    """`Which topic has the worst satisfaction?` may ask for the worst on average; None where no groups are shown."""
    by, shown = _chosen_by(plan), [each.value for each in plan.outputs]
    if by is None or len(shown) != 1 or _shared(shown[0], plan, model, GROUPED) is None:
        return None
    attribute = model.attribute(by)
    if attribute is None or not attribute.is_numeric:
        return None
    average = Measure(aggregate="avg", of=by)
    return plan.model_copy(update={"order": [Order(by=average, descending=plan.order[0].descending)]})


def _chosen_by(plan: Plan) -> ColumnOf | None:
    """The column of whose values only the first is asked for."""
    by = plan.order[0].by if plan.order else None
    chosen = plan.limit == 1 and not (plan.ties or plan.skip or plan.group or plan.combined)
    measured = any(has_measure(each.value) for each in plan.outputs)
    return by if chosen and not measured and isinstance(by, ColumnOf) and by.table == plan.table else None


def _shared(value: Expression, plan: Plan, model: Model, rows: int) -> Attribute | None:
    """The column, where so many rows of its table share each of its values."""
    attribute, entity = model.attribute(value) if isinstance(value, ColumnOf) else None, model.entity(plan.table)
    if attribute is None or not attribute.values or entity is None or str(attribute.table) != plan.table:
        return None
    return attribute if (entity.rows or 0) >= rows * len(attribute.values) else None
