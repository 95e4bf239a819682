"""A plan as one SELECT: rows of a table, or groups of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from apex.compile import conditions
from apex.compile.logic import joined
from apex.compile.operands import number
from apex.compile.ordering import limited, ordered, ranked
from apex.compile.outputs import names_of
from apex.compile.scope import Grammar, Scope
from apex.compile.target import Target
from apex.compile.walk import columns_in, expressions_of, loose_columns, measures_in, measures_of, tables_of
from core.catalog import TableName
from core.values.plans import Expression, Literally, Output, Plan


def is_grouped(plan: Plan) -> bool:
    """Whether the rows of the result are groups."""
    return bool(plan.group or measures_of(plan))


def is_ranked(plan: Plan) -> bool:
    """Whether its first rows are told by their rank: those that are equal, or some of each group."""
    return plan.ties or bool(plan.firsts_of)


def scope_of(plan: Plan, root: TableName, target: Target, grammar: Grammar) -> Scope:
    """The scope of a plan's SELECT, started at `root`, with the ways that its outputs need opened."""
    names = (target.model.table(name) for name in tables_of(plan))
    scope = Scope(target, grammar, root, mentioned=[table.full_name for table in names if table])
    about = target.model.table(plan.table)
    if about and about.full_name != root:
        scope.anchor = scope.way_to(about.full_name, _told_way(plan))
    shown = [*(output.value for output in plan.outputs), *plan.group, *(order.by for order in plan.order)]
    for value in (*shown, *plan.firsts_of):
        for column in loose_columns(value):
            scope.open(scope.way(column))
    return scope


def _told_way(plan: Plan) -> str:
    """The relation by which the plan's own table is reached, where one of its columns says so."""
    named = (column for part in expressions_of(plan) for column in columns_in(part))
    return next((column.via for column in named if column.table == plan.table and column.via), "")


@dataclass(frozen=True)
class Writing:
    """A plan on its way to a SELECT."""

    plan: Plan
    scope: Scope
    names: Sequence[str]

    @property
    def target(self) -> Target:
        """What it is written for."""
        return self.scope.target

    def write(self, value: Expression) -> exp.Expr:
        """One expression."""
        return self.scope.grammar.expression(value, self.scope)

    def outputs(self) -> list[exp.Expr]:
        """The columns of the result."""
        pairs = zip(self.plan.outputs, self.names, strict=True)
        return [self.target.named(self._output(output), name) for output, name in pairs]

    def _output(self, output: Output) -> exp.Expr:
        value = self.write(output.value)
        return value if output.decimals is None else self.target.rounded(value, output.decimals)

    def where(self) -> exp.Where | None:
        """The conditions on rows."""
        held = conditions.where(self.plan.where, self.plan.time, self.scope)
        return exp.Where(this=joined(held, both=True)) if held else None

    def shown(self, value: Expression) -> exp.Expr | None:
        """The name of the output that shows a value, where it has one of its own."""
        for output, name in zip(self.plan.outputs, self.names, strict=True):
            if output.value == value and not isinstance(self.write(value), exp.Column):
                return self.target.column(name)
        return None


def rows(plan: Plan, root: TableName, target: Target, grammar: Grammar) -> exp.Query:
    """Rows of a table, with columns of those that they refer to."""
    writing = Writing(plan, scope_of(plan, root, target, grammar), names_of(plan.outputs, target))
    select = exp.Select(expressions=writing.outputs())
    hidden = [order for order in plan.order if all(order.by != output.value for output in plan.outputs)]
    if plan.distinct and hidden:
        select.set("group", exp.Group(expressions=[writing.write(each.value) for each in plan.outputs]))
    elif plan.distinct:
        select.set("distinct", exp.Distinct())
    select.set("where", writing.where())

    def key(value: Expression) -> exp.Expr:
        written = writing.shown(value) if not is_ranked(plan) else None
        return written or _least(value, plan, writing, grouped=plan.distinct and bool(hidden))

    return _ended(select, writing, ordered(plan.order, key, target))


def _least(value: Expression, plan: Plan, writing: Writing, *, grouped: bool) -> exp.Expr:
    """What a group is ordered by, where its rows may differ in it: the one that comes first."""
    written = number(value, writing.scope)
    given = [*(output.value for output in plan.outputs), *plan.group]
    if not grouped or value in given or any(True for _ in measures_in(value)) or isinstance(value, Literally):
        return written
    descending = any(order.descending for order in plan.order if order.by == value)
    return exp.Max(this=written) if descending else exp.Min(this=written)


def groups(plan: Plan, root: TableName, target: Target, grammar: Grammar) -> exp.Query:
    """Groups of a table's rows, each of which is met once."""
    return groups_in(plan, scope_of(plan, root, target, grammar))


def groups_in(plan: Plan, scope: Scope) -> exp.Query:
    """The same in a scope that is prepared."""
    writing = Writing(plan, scope, names_of(plan.outputs, scope.target))
    select = exp.Select(expressions=writing.outputs())
    select.set("where", writing.where())
    keys = [writing.write(value) for value in group_keys(plan)]
    if keys:
        select.set("group", exp.Group(expressions=keys))
    return finished_groups(select, writing)


def finished_groups(select: exp.Select, writing: Writing) -> exp.Query:
    """Grouped rows with their HAVING, order and limit."""
    plan, scope = writing.plan, writing.scope
    if plan.distinct:
        select.set("distinct", exp.Distinct())
    if plan.having:
        select.set("having", exp.Having(this=conditions.condition(plan.having, scope)))

    def key(value: Expression) -> exp.Expr:
        written = writing.shown(value) if not is_ranked(plan) else None
        return written or _least(value, plan, writing, grouped=True)

    return _ended(select, writing, ordered(plan.order, key, writing.target))


def group_keys(plan: Plan) -> list[Expression]:
    """What is grouped by: outputs without an aggregate, and the loose columns of those with one."""
    keys: list[Expression] = []
    for value in (*(output.value for output in plan.outputs), *plan.group, *plan.firsts_of):
        parts: Sequence[Expression] = list(loose_columns(value)) if any(True for _ in measures_in(value)) else [value]
        keys += [each for each in parts if each not in keys and any(True for _ in columns_in(each))]
    return keys


def _ended(select: exp.Select, writing: Writing, orders: list[exp.Expr]) -> exp.Query:
    plan = writing.plan
    if is_ranked(plan) and plan.limit is not None and orders:
        groups_of = [writing.write(value) for value in plan.firsts_of]
        places = (plan.skip + 1, plan.skip + plan.limit)
        return ranked(writing.scope.finish(select), orders, places, writing.names, writing.target, by=groups_of)
    limited(select, orders, plan.limit, plan.skip)
    return writing.scope.finish(select)
