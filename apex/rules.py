"""The rules of the business about which rows count, put into a plan; and what is told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apex.compile.refusal import RefusalError
from apex.compile.rewriting import with_measures
from apex.compile.walk import columns_in, conjuncts, measures_of, tables_of, together
from apex.compile.written import written_columns
from apex.model import Model
from core.catalog import TableName
from core.values.plans import Combination, Condition, Measure, Negation, Plan, Related, Within, Written
from datapoints.kinds.constraint import ConstraintDataPoint

Place = tuple[str, str]
"""A table and a column, as a plan names them, without regard to case."""


@dataclass(frozen=True)
class Ruled:
    """A plan under the rules, with a sentence about each, and the DataPoints that say so."""

    plan: Plan
    assumptions: tuple[str, ...] = ()
    rules: tuple[ConstraintDataPoint, ...] = ()


def under_rules(plan: Plan, model: Model) -> Ruled:
    """The plan restricted by what holds for its tables, save where the question itself decides it."""
    if not model.notes.constraints:
        return Ruled(plan)
    applied: dict[str, ConstraintDataPoint] = {}
    ruled = _ruled(plan, model, applied)
    return Ruled(ruled, tuple(_told(each) for each in applied.values()), tuple(applied.values()))


def _told(rule: ConstraintDataPoint) -> str:
    because = f", because {rule.reason.rstrip('.')}" if rule.reason else ""
    return f"{rule.name}: only rows with {rule.predicate}{because}."


def _ruled(plan: Plan, model: Model, applied: dict[str, ConstraintDataPoint]) -> Plan:
    asked = _places(plan.where)
    where = _inside(plan.where, model, applied) if plan.where else None
    rules = {
        name: _rules_of(table.full_name, asked, model, applied)
        for name in sorted(tables_of(plan))
        if (table := model.table(name))
    }
    facts = _facts(plan)
    held = [rule for name, each in rules.items() if name not in facts for rule in each]
    update: dict[str, object] = {"where": together([*([where] if where else []), *held])}
    if plan.combined:
        second = plan.combined.model_copy(update={"plan": _ruled(plan.combined.plan, model, applied)})
        update["combined"] = second
    changed = with_measures(plan, lambda each: _restricted(each, plan, rules)) if facts else plan
    return changed.model_copy(update=update)


def _facts(plan: Plan) -> set[str]:
    """The tables that measures are over, where there are several: a rule about one says nothing of the others."""
    tables = {_home(measure, plan) for measure in measures_of(plan)}
    return tables if len(tables) > 1 else set()


def _home(measure: Measure, plan: Plan) -> str:
    return next((column.table for column in columns_in(measure.of)), measure.table or plan.table)


def _restricted(measure: Measure, plan: Plan, rules: Mapping[str, Sequence[Written]]) -> Measure:
    held = [*([measure.where] if measure.where else []), *rules.get(_home(measure, plan), ())]
    return measure.model_copy(update={"where": together(held)})


def _places(condition: Condition | None) -> set[Place]:
    return {(each.table, each.column.casefold()) for part in conjuncts(condition) for each in columns_in(part)}


def _rules_of(
    table: TableName, asked: set[Place], model: Model, applied: dict[str, ConstraintDataPoint]
) -> list[Written]:
    found: list[Written] = []
    for rule in model.constraints(table):
        written = Written(sql=rule.predicate, table=str(table), dialect=model.catalog.dialect, words=rule.predicate)
        if rule.applies == "always" or not _decided(written, asked):
            applied[rule.id] = rule
            found.append(written)
    return found


def _decided(written: Written, asked: set[Place]) -> bool:
    """Whether the question itself speaks of what the rule is about."""
    try:
        return any((column.table, column.column.casefold()) in asked for column in written_columns(written))
    except RefusalError:
        return False


def _inside(condition: Condition, model: Model, applied: dict[str, ConstraintDataPoint]) -> Condition:
    """The same for tables and plans inside of a condition."""
    match condition:
        case Related():
            return _related(condition, model, applied)
        case Within():
            return condition.model_copy(update={"plan": _ruled(condition.plan, model, applied)})
        case Negation():
            return condition.model_copy(update={"of": _inside(condition.of, model, applied)})
        case Combination():
            return condition.model_copy(update={"of": [_inside(each, model, applied) for each in condition.of]})
        case _:
            return condition


def _related(condition: Related, model: Model, applied: dict[str, ConstraintDataPoint]) -> Related:
    table = model.table(condition.table)
    if table is None:
        return condition
    asked = _places(condition.where)
    where = _inside(condition.where, model, applied) if condition.where else None
    held: Sequence[Condition] = _rules_of(table.full_name, asked, model, applied)
    return condition.model_copy(update={"where": together([*([where] if where else []), *held])})
