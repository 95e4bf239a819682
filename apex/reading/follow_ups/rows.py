"""The rows of which the question before spoke, as a condition on them."""

from apex.model import Model
from apex.reading.parts import has_measure, tables_in
from core.values.plans import ColumnOf, Condition, Negation, Output, Plan, Within


def is_chosen(before: Plan) -> bool:
    """Whether the rows are those of a limit, a set or a condition on groups, which no condition on each row says."""
    return before.limit is not None or before.having is not None or before.combined is not None


def home_of(before: Plan) -> str:
    """The table of which the plan showed or counted rows."""
    shown = [table for each in before.outputs for table in tables_in(each.value) if not has_measure(each.value)]
    counted = [table for each in before.outputs for table in tables_in(each.value) if has_measure(each.value)]
    return (shown or counted or [before.table])[0]


def is_first(before: Plan) -> bool:
    """Whether the rows are the first in an order of the rows themselves."""
    grouped = before.having or before.combined or before.group
    calculated = [each.by for each in before.order] + [each.value for each in before.outputs]
    return before.limit is not None and not grouped and not any(map(has_measure, calculated))


def rows_of(before: Plan, model: Model) -> Condition | None:
    """The rows that the plan had found; None where it had found all of them, or where they cannot be told apart."""
    if not (is_chosen(before) or before.time):
        return before.where
    return _among(before, model)


def others_than(before: Plan, model: Model) -> Condition | None:
    """All rows but those that the plan had found."""
    among = _among(before, model) if before.where or before.time or is_chosen(before) else None
    return Negation(of=among) if among else None


def identity_of(before: Plan, model: Model) -> ColumnOf | None:
    """What tells the rows of a plan apart: what they were grouped by, else the key of its table."""
    plain = [each.value for each in before.outputs if isinstance(each.value, ColumnOf)]
    keys = [value for value in before.group if isinstance(value, ColumnOf)]
    if keys:
        return keys[0] if len(keys) == 1 else None
    grouped = before.having is not None or any(has_measure(each.by) for each in before.order)
    key = key_of(before, model)
    if plain and (grouped or len(plain) < len(before.outputs)):
        return key[0] if len(key) == 1 and key[0] in plain else plain[0]
    return key[0] if len(key) == 1 else None


def key_of(before: Plan, model: Model) -> list[ColumnOf]:
    """The key of the plan's table."""
    entity = model.entity(before.table)
    return [ColumnOf(table=before.table, column=name) for name in entity.key] if entity else []


def _among(before: Plan, model: Model) -> Condition | None:
    identity = identity_of(before, model)
    if identity is None:
        return None
    inner = before.model_copy(update={"outputs": [Output(value=identity)], "group": [], "distinct": False})
    return Within(left=identity, plan=inner)
