"""Groups without any row, as people write them: the rows of one table, with those of another where there are any."""

from collections.abc import Sequence

from sqlglot import exp

from apex.compile import conditions
from apex.compile.facts import reaches_one
from apex.compile.scope import Grammar, Scope, Way
from apex.compile.select import groups_in, scope_of
from apex.compile.target import Target
from apex.compile.walk import columns_in, conjuncts, measures_of, related_in, together
from core.catalog import TableName
from core.values.plans import Condition, Measure, Plan

_FILLS_GAPS = frozenset({"clickhouse"})
"""Dialects in which an outer join gives zeros and empty texts where others give NULL."""


def outer_join(plan: Plan, about: TableName, home: TableName, target: Target, grammar: Grammar) -> exp.Query | None:
    """One row of `about` with its rows of `home`, or none; None where the plan is not of this form."""
    edges = [edge for edge in target.model.relations(about) if edge.target == home and edge.multiplies]
    measures = measures_of(plan)
    if target.dialect in _FILLS_GAPS or home == about or len(edges) != 1 or any(each.where for each in measures):
        return None
    parts = _parted(plan, about, home, target)
    if parts is None or any(_beyond(each, home) for each in measures):
        return None
    inside, outside = parts
    scope = scope_of(plan, about, target, grammar)
    way: Way = (edges[0],)
    scope.open(way)
    link = scope.at(way, edges[0].target_columns[0])
    scope.known += [(each, exp.Count(this=link.copy(), big_int=True)) for each in measures if each.of is None]
    scope.optional[way] = [_joining(each, scope) for each in inside]
    bare = plan.model_copy(update={"where": together(outside), "time": None})
    return groups_in(bare, scope)


def _joining(condition: Condition, scope: Scope) -> exp.Expr:
    """A condition of the join, in parentheses where it is an alternative."""
    written = conditions.condition(condition, scope)
    return exp.Paren(this=written) if isinstance(written, exp.Or) else written


def _parted(
    plan: Plan, about: TableName, home: TableName, target: Target
) -> tuple[Sequence[Condition], Sequence[Condition]] | None:
    """The conditions on `home`, which belong to the join, and those on `about`; None where one is on both or others."""
    inside: list[Condition] = []
    outside: list[Condition] = []
    for condition in (*conjuncts(plan.where), *conjuncts(conditions.range_of(plan.time))):
        tables = {column.table for column in columns_in(condition)}
        if tables == {str(home)}:
            inside.append(condition)
        elif all(_reached(about, name, target) for name in tables) or any(True for _ in related_in(condition)):
            outside.append(condition)
        else:
            return None
    return inside, outside


def _reached(about: TableName, name: str, target: Target) -> bool:
    table = target.model.table(name)
    return bool(table) and (table.full_name == about or reaches_one(about, table.full_name, target))


def _beyond(measure: Measure, home: TableName) -> bool:
    """Whether a measure needs more than the joined table."""
    return any(column.table != str(home) for column in columns_in(measure.of))
