"""Names of other rows of the same table, where only a column says which: `who referred the most customers?`."""

from collections.abc import Callable, Collection

from apex.compile.walk import measures_of
from apex.model import Entity, Model
from apex.reading.parts import has_measure
from core.values.plans import ColumnOf, Expression, Output, Plan


def by_names(
    plan: Plan, display: Callable[[str], list[Expression]], as_keys: Collection[tuple[str, str]], model: Model
) -> Plan:
    """The plan with what other rows are called instead of their keys; `as_keys` are columns of which keys are asked.

    Beside other columns the key stays, because rows that refer to none would be left out.
    """
    outputs = [each for each in plan.outputs if not has_measure(each.value)]
    shown = outputs[0].value if len(outputs) == 1 else None
    entity = model.entity(plan.table)
    if not isinstance(shown, ColumnOf) or entity is None or not _is_of_another(shown, entity, model):
        return plan
    columns = [each.column for each in display(plan.table) if isinstance(each, ColumnOf)]
    if (shown.table, shown.column) in as_keys or set(columns) <= set(entity.key):
        return plan
    via = f"{shown.table}.{shown.column}"
    called = [Output(value=ColumnOf(table=shown.table, column=each, via=via)) for each in columns]
    counted = plan.group or plan.having or any(measures_of(plan))
    at = plan.outputs.index(outputs[0])
    return plan.model_copy(
        update={
            "outputs": [*plan.outputs[:at], *called, *plan.outputs[at + 1 :]],
            "group": [*plan.group, shown] if counted else plan.group,
            "distinct": False if counted else plan.distinct,
        }
    )


def _is_of_another(column: ColumnOf, entity: Entity, model: Model) -> bool:
    """Whether the column says which other row of its table is meant."""
    return column.table == str(entity.name) and any(
        edge.forward and edge.source == edge.target and edge.source_columns == (column.column,)
        for edge in model.relations(entity.name)
    )
