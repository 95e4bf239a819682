"""Takes measures over the rows that are meant: those that link two tables, and all where each is a group."""

from collections.abc import Iterator

from apex.compile.walk import columns_in, expressions_of, measures_of, related_in, tables_of
from apex.model import Model, Path
from core.catalog import TableName
from core.values.plans import ColumnOf, Comparison, Condition, Expression, Measure, Negation, Order, Plan


def by_links(plan: Plan, model: Model) -> Plan:
    """The plan with the rows of a linking table counted: every course of a student is a row of enrolment."""
    for counted in measures_of(plan):
        link = _link(plan, counted, model) if counted.of is None and counted.where is None else None
        if link:
            plan = _exchanged(plan, counted, counted.model_copy(update={"table": str(link), "distinct": False}))
    return plan


def over_days(plan: Plan, model: Model) -> Plan:
    """`average visits per day`, of a table with a row for each day: one average, and not that of every single row."""
    if len(plan.outputs) != 2 or plan.order or plan.limit:
        return plan
    key, measure = (each.value for each in plan.outputs)
    moment = model.attribute(key) if isinstance(key, ColumnOf) else None
    if moment is None or not (moment.is_moment and moment.unique and isinstance(measure, Measure)):
        return plan
    own = measure.aggregate == "avg" and isinstance(measure.of, ColumnOf) and measure.of.table == str(moment.table)
    return plan.model_copy(update={"outputs": plan.outputs[1:], "group": []}) if own else plan


def _link(plan: Plan, counted: Measure, model: Model) -> TableName | None:
    """The table between the counted one and all others, whose rows refer to one counted row each."""
    entity = model.entity(counted.table)
    others = tables_of(plan) - {counted.table}
    named = {column.table for part in expressions_of(plan) for column in columns_in(part)}
    related = any(True for part in expressions_of(plan) for _ in related_in(part))
    if entity is None or not others or counted.table in named or related:
        return None
    paths = list(_ways(entity.name, others, model))
    if len(paths) != len(others) or not all(path.edges for path in paths):
        return None
    first = {path.edges[0] for path in paths}
    edge = next(iter(first))
    link = model.entity(edge.target)
    itself = any(len(path.edges) == 1 for path in paths)
    once = link is not None and (link.bridge or not (edge.multiplies or itself))
    beyond = all(path.edges[1].forward for path in paths if len(path.edges) > 1)
    told = len(first) == 1 and not edge.forward and edge.relation.declared
    return edge.target if told and once and beyond and not counted.distinct else None


def _ways(start: TableName, others: set[str], model: Model) -> Iterator[Path]:
    for other in sorted(others):
        end = model.entity(other)
        paths = model.paths(start, end.name) if end else ()
        if len(paths) == 1:
            yield paths[0]


def _exchanged(plan: Plan, old: Measure, new: Measure) -> Plan:
    def turned(value: Expression) -> Expression:
        return new if value == old else value

    return plan.model_copy(
        update={
            "table": new.table if plan.table == old.table else plan.table,
            "outputs": [each.model_copy(update={"value": turned(each.value)}) for each in plan.outputs],
            "order": [Order(by=turned(each.by), descending=each.descending) for each in plan.order],
            "having": _having(plan.having, old, new),
        }
    )


def _having(condition: Condition | None, old: Measure, new: Measure) -> Condition | None:
    if isinstance(condition, Comparison):
        return condition.model_copy(update={"left": new if condition.left == old else condition.left})
    if isinstance(condition, Negation):
        return condition.model_copy(update={"of": _having(condition.of, old, new)})
    return condition
