"""Measures over the rows of several tables: each grouped for itself, then brought together by the groups."""

from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from apex.compile.facts import reaches_one
from apex.compile.outputs import names_of
from apex.compile.over import over
from apex.compile.refusal import RefusalError
from apex.compile.rewriting import hoisted
from apex.compile.scope import Grammar
from apex.compile.select import group_keys, groups, rows
from apex.compile.target import Target
from apex.compile.walk import columns_in, conjuncts, measures_of, together
from core.catalog import TableName
from core.values.plans import ColumnOf, Condition, Expression, Grained, Measure, Output, Plan

Homes = Mapping[TableName, Sequence[Measure]]


def stacked(plan: Plan, homes: Homes, target: Target, grammar: Grammar) -> exp.Query:
    """Facts of several tables, each grouped for itself, one below the other, and then one line per group."""
    keys = group_keys(plan)
    if not keys:
        return _side_by_side(plan, homes, target, grammar)
    measures = measures_of(plan)
    names = _distinct_names(keys, measures, plan, target)
    key_names, measure_names = names[: len(keys)], names[len(keys) :]
    branches = [
        _branch(plan, home, own, keys, measures, names, target, grammar)
        for home, held in homes.items()
        for own in _by_time(held)
    ]
    if plan.zeros:
        branches.append(_every_group(plan, keys, measures, names, target, grammar))
    union: exp.Query = branches[0]
    for branch in branches[1:]:
        union = exp.Union(this=union, expression=branch, distinct=False)
    known: list[tuple[Expression, exp.Expr]] = [
        *((key, target.column(name)) for key, name in zip(keys, key_names, strict=True)),
        *((measure, _brought_up(measure, name, target)) for measure, name in zip(measures, measure_names, strict=True)),
    ]
    return over(plan, known, exp.Subquery(this=union), "facts", target, grammar, home=next(iter(homes)))


def _by_time(held: Sequence[Measure]) -> Iterable[Sequence[Measure]]:
    """The measures that one column tells the time of, together."""
    found: dict[ColumnOf | None, list[Measure]] = {}
    for each in held:
        found.setdefault(each.time, []).append(each)
    return found.values()


def _in_own_time(
    plan: Plan, keys: Sequence[Expression], own: ColumnOf | None, measures: Sequence[Measure]
) -> tuple[Plan, Sequence[Expression]]:
    """Plan and keys with the column that tells the time of a branch."""
    if own is None:
        return plan, keys
    times = [each.time for each in measures]
    ranged = plan.time.model_copy(update={"column": own}) if plan.time and plan.time.column in times else plan.time
    cut = [
        each.model_copy(update={"of": own}) if isinstance(each, Grained) and each.of in times else each for each in keys
    ]
    return plan.model_copy(update={"time": ranged}), cut


def _brought_up(measure: Measure, name: str, target: Target) -> exp.Expr:
    """The one value that a group has; a count of nothing is 0."""
    value = exp.Max(this=target.column(name))
    return exp.Coalesce(this=value, expressions=[exp.Literal.number(0)]) if measure.aggregate == "count" else value


def _distinct_names(keys: Sequence[Expression], measures: Sequence[Measure], plan: Plan, target: Target) -> list[str]:
    named = {id(output.value): output.name for output in plan.outputs}
    told = names_of([Output(value=value, name=named.get(id(value), "")) for value in (*keys, *measures)], target)
    # Some engines read a name inside of an aggregate as the output of that name, so a part is called otherwise.
    return [*told[: len(keys)], *(f"{name}_part" for name in told[len(keys) :])]


def _branch(
    plan: Plan,
    home: TableName,
    held: Sequence[Measure],
    keys: Sequence[Expression],
    measures: Sequence[Measure],
    names: Sequence[str],
    target: Target,
    grammar: Grammar,
) -> exp.Select:
    """One fact by group, with an empty place for every measure of the others."""
    plan, keys = _in_own_time(plan, keys, held[0].time, measures)
    _check_conditions(plan, home, target)
    own = Plan(
        table=plan.table, outputs=[Output(value=each) for each in (*keys, *held)], where=plan.where, time=plan.time
    )
    found = groups(hoisted(own), home, target, grammar)
    if not isinstance(found, exp.Select):
        raise RefusalError("unsupported", "These measures cannot be brought together.")
    written = [each.unalias() for each in found.expressions]
    place = {id(measure): written[len(keys) + number] for number, measure in enumerate(held)}
    values = [*written[: len(keys)], *(place.get(id(each)) or _nothing(each, target) for each in measures)]
    found.set("expressions", [target.named(value, name) for value, name in zip(values, names, strict=True)])
    return found


def _every_group(
    plan: Plan,
    keys: Sequence[Expression],
    measures: Sequence[Measure],
    names: Sequence[str],
    target: Target,
    grammar: Grammar,
) -> exp.Select:
    """The groups themselves, so that one without any row is met too."""
    about = target.model.table(plan.table)
    if about is None:
        raise RefusalError("unknown", f"There is no table {plan.table}.")
    kept = [each for each in conjuncts(plan.where) if _stays(each, about.full_name, target)]
    own = Plan(table=plan.table, outputs=[Output(value=each) for each in keys], where=together(kept), distinct=True)
    found = rows(own, about.full_name, target, grammar)
    assert isinstance(found, exp.Select)
    values = [*(each.unalias() for each in found.expressions), *(_nothing(each, target) for each in measures)]
    found.set("expressions", [target.named(value, name) for value, name in zip(values, names, strict=True)])
    return found


def _stays(condition: Condition, about: TableName, target: Target) -> bool:
    return all(_reaches(about, column, target) for column in columns_in(condition))


def _nothing(measure: Measure, target: Target) -> exp.Expr:
    """An empty place, of the measure's type where the dialect would guess a wrong one."""
    if target.dialect not in ("postgres", "redshift"):
        return exp.Null()
    if measure.aggregate == "count":
        return exp.Cast(this=exp.Null(), to=exp.DataType(this=exp.DataType.Type.BIGINT))
    attribute = target.model.attribute(measure.of) if isinstance(measure.of, ColumnOf) else None
    entity = target.model.entity(attribute.table) if attribute else None
    column = entity.table.column(attribute.name) if entity and attribute else None
    if column and measure.aggregate in ("min", "max", "sum"):
        return exp.Cast(this=exp.Null(), to=exp.DataType.build(column.type, dialect=target.dialect, udt=True))
    return target.double(exp.Null())


def _check_conditions(plan: Plan, home: TableName, target: Target) -> None:
    """What restricts one fact must be known of every other."""
    conditions = (*conjuncts(plan.where), *([plan.time.column] if plan.time else []))
    for condition in conditions:
        for column in columns_in(condition):
            if not _reaches(home, column, target):
                raise RefusalError(
                    "fan_out",
                    f"A condition on {column.table}.{column.column} cannot be applied to {home}.",
                    hint="Put the condition on the measure that it restricts.",
                )


def _reaches(start: TableName, column: ColumnOf, target: Target) -> bool:
    table = target.model.table(column.table)
    return bool(table) and (table.full_name == start or reaches_one(start, table.full_name, target))


def _side_by_side(plan: Plan, homes: Homes, target: Target, grammar: Grammar) -> exp.Query:
    """Single values of several facts."""
    known: list[tuple[Expression, exp.Expr]] = []
    for home, held in homes.items():
        _check_conditions(plan, home, target)
        for measure in held:
            own = Plan(table=plan.table, outputs=[Output(value=measure)], where=plan.where, time=plan.time)
            found = groups(hoisted(own), home, target, grammar)
            value = found.expressions[0].unalias()
            found.set("expressions", [value])
            known.append((measure, exp.Subquery(this=found)))
    return over(plan, known, None, "", target, grammar, home=next(iter(homes)))
