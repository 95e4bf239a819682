"""Order, limit and ties. What is unknown comes last, whichever way is asked for."""

from collections.abc import Callable, Sequence

from sqlglot import exp

from apex.compile.aggregates import refuse_unsorted
from apex.compile.target import Target
from apex.model import Attribute
from core.values.plans import ColumnOf, Expression, Measure, Order

PLACE = "place"


def ordered(orders: Sequence[Order], write: Callable[[Expression], exp.Expr], target: Target) -> list[exp.Expr]:
    """The ORDER BY of a plan, each expression written by `write`."""
    return [_ordered(each, write(each.by), target) for each in orders]


def _ordered(order: Order, written: exp.Expr, target: Target) -> exp.Ordered:
    if isinstance(order.by, ColumnOf) and (attribute := target.model.attribute(order.by)):
        refuse_unsorted(attribute)
    last = not _may_be_missing(order.by, target)
    natural = _nulls_first(target.dialect, descending=order.descending)
    return exp.Ordered(this=written, desc=order.descending or None, nulls_first=natural if last else False)


def _nulls_first(dialect: str, *, descending: bool) -> bool:
    """Where the dialect puts NULL when nothing is said."""
    if dialect in ("postgres", "redshift", "snowflake"):
        return descending
    if dialect in ("sqlite", "mysql", "bigquery"):
        return not descending
    return False


def _may_be_missing(value: Expression, target: Target) -> bool:
    if isinstance(value, Measure):
        return value.aggregate != "count"
    attribute: Attribute | None = target.model.attribute(value) if isinstance(value, ColumnOf) else None
    return attribute is None or attribute.nullable


def limited(select: exp.Query, orders: list[exp.Expr], limit: int | None, skip: int = 0) -> exp.Query:
    """The query with its order and its limit."""
    if orders:
        select.set("order", exp.Order(expressions=orders))
    if limit is not None:
        select.set("limit", exp.Limit(expression=exp.Literal.number(limit)))
    if skip:
        select.set("offset", exp.Offset(expression=exp.Literal.number(skip)))
    return select


def ranked(
    select: exp.Select,
    orders: list[exp.Expr],
    places: tuple[int, int],
    names: Sequence[str],
    target: Target,
    *,
    by: Sequence[exp.Expr] = (),
) -> exp.Query:
    """The rows from one place to another, of all or `by` groups, and those that equal the last in their order."""
    function = "RANK" if places[0] == 1 else "DENSE_RANK"
    window = exp.Window(
        this=exp.Anonymous(this=function), partition_by=list(by) or None, order=exp.Order(expressions=orders)
    )
    select.append("expressions", target.named(window, PLACE))
    place, (first, last) = target.column(PLACE), (exp.Literal.number(each) for each in places)
    natural = _nulls_first(target.dialect, descending=False)
    kept = exp.LTE(this=place, expression=last) if places[0] == 1 else exp.Between(this=place, low=first, high=last)
    return exp.Select(
        expressions=[target.column(name) for name in names],
        from_=exp.From(this=exp.Subquery(this=select, alias=exp.TableAlias(this=target.identifier("ranked")))),
        where=exp.Where(this=kept),
        order=exp.Order(expressions=[exp.Ordered(this=place.copy(), nulls_first=natural)]),
    )
