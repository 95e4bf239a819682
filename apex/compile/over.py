"""A plan over a sub-select that has calculated some of its parts."""

from sqlglot import exp

from apex.compile.outputs import names_of
from apex.compile.scope import Grammar, Scope
from apex.compile.select import Writing, finished_groups, group_keys
from apex.compile.target import Target
from core.catalog import TableName
from core.values.plans import Expression, Plan

Known = list[tuple[Expression, exp.Expr]]


def over(
    plan: Plan,
    known: Known,
    source: exp.Subquery | None,
    alias: str,
    target: Target,
    grammar: Grammar,
    *,
    home: TableName,
    grouped: bool = True,
) -> exp.Query:
    """The plan over `known` values; without a source, or not `grouped`, they are values already."""
    scope = Scope(target, grammar, home)
    scope.known = known
    writing = Writing(plan, scope, names_of(plan.outputs, target))
    select = exp.Select(expressions=writing.outputs())
    keys = [writing.write(value) for value in group_keys(plan)]
    if keys and grouped:
        select.set("group", exp.Group(expressions=keys))
    ended = finished_groups(select, writing)
    inner = select if source else None
    if inner is not None and source is not None:
        source.set("alias", exp.TableAlias(this=target.identifier(alias)))
        inner.set("from_", exp.From(this=source))
    else:
        select.set("from_", None)
    return ended
