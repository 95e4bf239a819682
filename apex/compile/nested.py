"""Plans inside of plans, and rows that must exist, or must not, in another table."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from apex.compile.logic import is_null, joined
from apex.compile.refusal import RefusalError
from apex.compile.scope import Scope, Way
from apex.compile.walk import loose_columns, together
from apex.model import Edge
from core.values.plans import ColumnOf, Combination, Comparison, Condition, Negation, Related, Scalar, Within

_LIMITS_STAND_APART = frozenset({"mysql"})
"""Dialects that take no LIMIT directly inside of IN."""
_NOT_CORRELATED = frozenset({"clickhouse"})
"""Dialects whose sub-selects had better not name what is outside of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a condition leaves the rows of a SELECT: the way so far, and the relation that would multiply them."""

    way: Way
    edge: Edge


def step_of(condition: Condition, scope: Scope) -> Step | None:
    """The step that a condition would multiply rows by; None where it stays with the rows."""
    if isinstance(condition, Related | Negation):
        return None
    if isinstance(condition, Combination):
        return _shared_step(condition, scope)
    steps: list[Step] = []
    for column in loose_columns(condition):
        if any(each == column for each, _ in scope.known):
            continue
        way = scope.way(column)
        place = scope.closed_step(way)
        if place is not None and Step(way[:place], way[place]) not in steps:
            steps.append(Step(way[:place], way[place]))
    if len(steps) > 1:
        raise RefusalError(
            "fan_out", "A comparison between two tables that both have several rows for one is not defined."
        )
    return steps[0] if steps else None


def _shared_step(condition: Combination, scope: Scope) -> Step | None:
    """The step that all parts take; where some stay with the rows, each part is asked for itself."""
    steps = {step_of(each, scope) for each in condition.of}
    return steps.pop() if len(steps) == 1 else None


def exists(step: Step, held: Sequence[Condition], scope: Scope, *, negated: bool = False) -> exp.Expr:
    """That there is a row beyond the step for which all conditions hold."""
    inner = scope.inner(step.edge.target, entered=step.edge)
    return _linked(step, (), inner, together(held), scope, negated=negated)


def related(given: Related, scope: Scope, *, negated: bool) -> exp.Expr:
    """That a row has related rows in a table, reached however many relations away."""
    anchor = scope.anchor
    start = anchor[-1].target if anchor else scope.root
    table = scope.target.model.table(given.table)
    if table is None:
        raise RefusalError("unknown", f"There is no table {given.table}.")
    if scope.closed_step(anchor) is not None:
        raise RefusalError("fan_out", f"The rows of {scope.root} have several rows of {start}, so none is meant.")
    outer = Scope(scope.target, scope.grammar, start, mentioned=scope.mentioned)
    way = outer.way_to(table.full_name, given.via, backward=True)
    if not way:
        raise RefusalError("not_joined", f"{given.table} is the table itself.", hint="Name the relation by `via`.")
    way, held = _needed(way, given, scope)
    inner = scope.inner(way[-1].target, entered=way[-1])
    back = tuple(edge.back for edge in reversed(way[1:]))
    return _linked(Step(anchor, way[0]), back, inner, held, scope, negated=negated)


def _needed(way: Way, given: Related, scope: Scope) -> tuple[Way, Condition | None]:
    """The way without a last step that a foreign key promises: what refers to a row has it."""
    last = way[-1]
    promised = last.forward and last.relation.declared and len(last.source_columns) == 1
    if given.where or len(way) < 2 or not promised:
        return way, given.where
    referring = ColumnOf(table=str(last.source), column=last.source_columns[0])
    missing = Comparison(left=referring, operator="is null")
    return way[:-1], Negation(of=missing) if scope.attribute(referring).nullable else None


def _linked(step: Step, back: Way, inner: Scope, held: Condition | None, scope: Scope, *, negated: bool) -> exp.Expr:
    """The sub-select bound to the rows outside: by IN on one column, else by EXISTS."""
    for length in range(1, len(back) + 1):
        inner.opened.add(back[:length])
    kept = scope.grammar.where(held, inner)
    far = [inner.at(back, name) for name in step.edge.target_columns]
    if len(far) == 1 and (not negated or scope.target.dialect in _NOT_CORRELATED):
        return _among(step, far[0], kept, inner, scope, negated=negated)
    inner.correlated = scope.correlated = True
    near = [scope.at(step.way, name) for name in step.edge.source_columns]
    links = [exp.EQ(this=one, expression=other) for one, other in zip(far, near, strict=True)]
    query = _selected([exp.Literal.number(1)], [*links, *kept], inner)
    found = exp.Exists(this=query)
    return exp.Not(this=found) if negated else found


def _among(step: Step, far: exp.Expr, kept: list[exp.Expr], inner: Scope, scope: Scope, *, negated: bool) -> exp.Expr:
    near = scope.at(step.way, step.edge.source_columns[0])
    if not negated:
        return exp.In(this=near, query=exp.Subquery(this=_selected([far], kept, inner)))
    present = is_null(far.copy(), negated=True)
    query = _selected([far], [*kept, present], inner)
    absent = exp.Not(this=exp.In(this=near, query=exp.Subquery(this=query)))
    missing = is_null(near.copy())
    return exp.Paren(this=exp.Or(this=absent, expression=missing))


def _selected(outputs: list[exp.Expr], kept: list[exp.Expr], inner: Scope) -> exp.Select:
    query = exp.Select(expressions=outputs)
    if kept:
        query.set("where", exp.Where(this=joined(kept, both=True)))
    return inner.finish(query)


def within(given: Within, scope: Scope, *, negated: bool) -> exp.Expr:
    """That a column is among what another plan gives; asked for absence, NULL on either side is absent too."""
    if len(given.plan.outputs) != 1:
        raise RefusalError("bad_plan", "What a column is looked for in must have one column.")
    left = scope.column(given.left)
    query = scope.grammar.query(given.plan, scope.target)
    if given.plan.limit is not None and scope.target.dialect in _LIMITS_STAND_APART:
        query = _derived(query, "among")
    if not negated:
        return exp.In(this=left, query=exp.Subquery(this=query))
    return _not_within(given, left, query, scope)


def _not_within(given: Within, left: exp.Expr, query: exp.Query, scope: Scope) -> exp.Expr:
    name = scope.grammar.output_names(given.plan, scope.target)[0]
    source = exp.Subquery(this=query, alias=exp.TableAlias(this=scope.target.identifier("among")))
    column = scope.target.column(name, "among")
    kept = is_null(column, negated=True)
    present = exp.Select(expressions=[column.copy()], from_=exp.From(this=source), where=exp.Where(this=kept))
    absent = exp.Not(this=exp.In(this=left, query=exp.Subquery(this=present)))
    if not scope.attribute(given.left).nullable:
        return absent
    return exp.Paren(this=exp.Or(this=absent, expression=is_null(left.copy())))


def _derived(query: exp.Query, alias: str) -> exp.Select:
    source = exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(alias)))
    return exp.Select(expressions=[exp.Star()], from_=exp.From(this=source))


def scalar(given: Scalar, scope: Scope) -> exp.Expr:
    """The single value of another plan."""
    if len(given.plan.outputs) != 1:
        raise RefusalError("bad_plan", "A single value comes from a plan with one column.")
    return exp.Subquery(this=scope.grammar.query(given.plan, scope.target))
