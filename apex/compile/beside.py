"""What groups may be ordered and kept by, beside their own parts and aggregates of their rows."""

from collections.abc import Sequence

from apex.compile.facts import reaches_one
from apex.compile.refusal import RefusalError
from apex.compile.select import group_keys
from apex.compile.target import Target
from apex.compile.walk import columns_in, loose_columns
from core.catalog import TableName
from core.values.plans import ColumnOf, Plan


def check_beside_groups(plan: Plan, homes: Sequence[TableName], target: Target) -> None:
    """Refuse an order by what would repeat rows, and groups kept by a part of none.

    `homes` are the tables whose rows are grouped; none where groups are all that is left to order.
    """
    keys = [column for key in group_keys(plan) for column in columns_in(key)]
    for column in (each for order in plan.order for each in loose_columns(order.by)):
        if column not in keys and not (len(homes) == 1 and _has_one(homes[0], column, target)):
            message = f"Groups cannot be ordered by {column.table}.{column.column}, of which a row may have several."
            raise RefusalError("fan_out", message, hint="Order by an aggregate of it, or group by it.")
    for column in loose_columns(plan.having) if plan.having else ():
        if column not in keys:
            message = f"Groups cannot be kept by {column.table}.{column.column}, which is no part of them."
            raise RefusalError("bad_plan", message, hint="Put it among the conditions on rows, or aggregate it.")


def _has_one(home: TableName, column: ColumnOf, target: Target) -> bool:
    table = target.model.table(column.table)
    return bool(table) and (table.full_name == home or reaches_one(home, table.full_name, target))
