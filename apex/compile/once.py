"""Rows that belong to several groups, or that must be numbered: each row once per group, and then grouped."""

from collections.abc import Sequence

from sqlglot import exp

from apex.compile.facts import reaches_one
from apex.compile.logic import joined
from apex.compile.ordering import ordered
from apex.compile.outputs import names_of
from apex.compile.over import Known, over
from apex.compile.refusal import RefusalError
from apex.compile.scope import Grammar, Scope
from apex.compile.select import group_keys, rows
from apex.compile.target import Target
from apex.compile.walk import columns_in, measures_of, related_in
from core.catalog import TableName
from core.values.plans import ColumnOf, Measure, Order, Output, Plan


def each_once(plan: Plan, home: TableName, target: Target, grammar: Grammar) -> exp.Query:
    """The rows of `home`, told apart by its key, once in each group that they belong to."""
    entity = target.model.entity(home)
    if entity is None or not entity.key:
        raise RefusalError("fan_out", f"Rows of {home} would be counted several times, and no key tells them apart.")
    key = [ColumnOf(table=str(home), column=name) for name in entity.key]
    source, known = _inner(plan, home, key, target, grammar)
    return over(plan, known, source, "each_once", target, grammar, home=home)


def with_medians(plan: Plan, home: TableName, target: Target, grammar: Grammar, *, once: bool) -> exp.Query:
    """Medians by counting: the rows of a group are numbered by value, and the middle one or two are averaged."""
    entity = target.model.entity(home)
    key = [ColumnOf(table=str(home), column=name) for name in entity.key] if once and entity else []
    source, known = _inner(plan, home, key, target, grammar)
    source.set("alias", exp.TableAlias(this=target.identifier("each_row")))
    scope = Scope(target, grammar, home)
    scope.known = known
    medians = [each for each in measures_of(plan) if each.aggregate == "median"]
    numbered = [node for place, each in enumerate(medians) for node in _numbers(each, place, plan, scope)]
    select = exp.Select(expressions=[*(node.copy() for _, node in known), *numbered], from_=exp.From(this=source))
    middles: Known = [(each, _middle(place, target)) for place, each in enumerate(medians)]
    return over(plan, [*known, *middles], exp.Subquery(this=select), "numbered", target, grammar, home=home)


def _inner(
    plan: Plan, home: TableName, key: Sequence[ColumnOf], target: Target, grammar: Grammar
) -> tuple[exp.Subquery, Known]:
    """All columns that the plan needs, of the rows that it is over; different ones only, where there is a key."""
    _check_restrictions(plan, home, target)
    values = [
        *(output.value for output in plan.outputs),
        *plan.group,
        *plan.firsts_of,
        *(order.by for order in plan.order),
        *([plan.having] if plan.having else []),
    ]
    named = [column for value in values for column in columns_in(value)]
    wanted = [each for place, each in enumerate([*key, *named]) if each not in [*key, *named][:place]]
    inner = Plan(
        table=str(home),
        outputs=[Output(value=column) for column in wanted] or [Output(value=_any_column(home, target))],
        where=plan.where,
        time=plan.time,
        distinct=bool(key),
    )
    names = names_of(inner.outputs, target)
    known: Known = [(column, target.column(name)) for column, name in zip(wanted, names, strict=False)]
    return exp.Subquery(this=rows(inner, home, target, grammar)), known


def _check_restrictions(plan: Plan, home: TableName, target: Target) -> None:
    """What restricts a measure must stand in the rows themselves: other tables would repeat them once more."""
    grouped = {column.table for key in group_keys(plan) for column in columns_in(key)} | {str(home)}
    for measure in measures_of(plan):
        tables = {column.table for column in columns_in(measure.where)} - grouped
        many = [
            name
            for name in tables
            if (table := target.model.table(name)) and not reaches_one(home, table.full_name, target)
        ]
        if many or any(True for _ in related_in(measure.where)):
            message = f"A measure of {home} cannot be restricted by other rows here, for it is grouped by such already."
            raise RefusalError("fan_out", message, hint="Put the condition on all rows.")


def _any_column(home: TableName, target: Target) -> ColumnOf:
    table = target.model.catalog.by_name[home]
    return ColumnOf(table=str(home), column=table.columns[0].name)


def _numbers(median: Measure, place: int, plan: Plan, scope: Scope) -> list[exp.Expr]:
    """A row's value, its place among those of its group, and how many have one."""
    target = scope.target
    value = _value(median, scope)
    by = [scope.grammar.expression(key, scope) for key in group_keys(plan)]
    alone = [each.copy() for each in by] or None
    order = ordered([Order(by=median)], lambda _: value.copy(), target)
    numbered = exp.Window(this=exp.RowNumber(), partition_by=by or None, order=exp.Order(expressions=order))
    size = exp.Window(this=exp.Count(this=value.copy(), big_int=True), partition_by=alone)
    return [
        target.named(value, f"value_{place}"),
        target.named(numbered, f"place_{place}"),
        target.named(size, f"size_{place}"),
    ]


def _value(median: Measure, scope: Scope) -> exp.Expr:
    assert median.of is not None
    value = scope.grammar.expression(median.of, scope)
    if median.where is None:
        return value
    kept = joined(scope.grammar.where(median.where, scope), both=True)
    return exp.Case(ifs=[exp.If(this=kept, true=value)])


def _middle(place: int, target: Target) -> exp.Expr:
    """Of an odd number of values the middle one lies at (n + 1) / 2, of an even one two at n / 2 and n / 2 + 1."""
    twice = exp.Mul(this=exp.Literal.number(2), expression=target.column(f"place_{place}"))
    size = target.column(f"size_{place}")
    above = exp.Add(this=size.copy(), expression=exp.Literal.number(2))
    is_middle = exp.Between(this=twice, low=size, high=above)
    value = target.double(target.column(f"value_{place}"))
    return exp.Avg(this=exp.Case(ifs=[exp.If(this=is_middle, true=value)]))
