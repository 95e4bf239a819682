"""Aggregates as each dialect calculates them exactly; what a dialect has no function for is refused."""

from sqlglot import exp, parse_one

from apex.compile.refusal import RefusalError
from apex.compile.target import Target
from apex.model import Attribute
from core.values.plans import Aggregate

_MEDIANS = {
    "postgres": "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)",
    "duckdb": "MEDIAN(x)",
    "clickhouse": "quantileExactInclusive(0.5)(toFloat64(x))",
    "snowflake": "MEDIAN(x)",
    "redshift": "MEDIAN(x)",
}
"""In the others it is calculated over numbered rows."""
_NO_DEVIATION = frozenset({"sqlite"})
_CUTS_AVERAGES = frozenset({"mysql", "redshift", "trino", "snowflake"})
"""Dialects whose average of integers or decimals has only as many decimals as these, or few more."""


def has_median(dialect: str) -> bool:
    """Whether the dialect has an exact median that can be grouped."""
    return dialect in _MEDIANS


def aggregated(
    aggregate: Aggregate, value: exp.Expr, *, distinct: bool, attribute: Attribute | None, target: Target
) -> exp.Expr:
    """An aggregate over a value."""
    if attribute:
        _refuse(aggregate, attribute)
    over = exp.Distinct(expressions=[value]) if distinct else value
    match aggregate:
        case "count":
            return exp.Count(this=over, big_int=True)
        case "sum":
            return exp.Sum(this=over)
        case "avg":
            return exp.Avg(this=_exact(over, target))
        case "min":
            return exp.Min(this=value)
        case "max":
            return exp.Max(this=value)
        case "median":
            return _median(value, target)
        case "stddev":
            if target.dialect in _NO_DEVIATION:
                raise RefusalError("unsupported", f"{target.dialect} has no standard deviation.")
            return exp.StddevSamp(this=over)


def _refuse(aggregate: Aggregate, attribute: Attribute) -> None:
    if aggregate in ("sum", "avg", "median", "stddev") and not attribute.is_numeric:
        raise RefusalError("bad_plan", f"{attribute.id} holds no numbers, so it has no {aggregate}.")
    if aggregate in ("min", "max"):
        refuse_unsorted(attribute)


def refuse_unsorted(attribute: Attribute) -> None:
    """Refuse what has no order that people mean: '95' comes behind '200' as text."""
    if attribute.is_unsorted:
        raise RefusalError(
            "bad_plan",
            f"{attribute.id} holds numbers as text, beside other text, so it has no order.",
            hint="Describe it by a metric or a view that turns it into numbers.",
        )


def _exact(value: exp.Expr, target: Target) -> exp.Expr:
    if target.dialect not in _CUTS_AVERAGES:
        return value
    if isinstance(value, exp.Distinct):
        return exp.Distinct(expressions=[target.double(each) for each in value.expressions])
    return target.double(value)


def _median(value: exp.Expr, target: Target) -> exp.Expr:
    form = parse_one(_MEDIANS[target.dialect], dialect=target.dialect)

    def fill(node: exp.Expr) -> exp.Expr:
        return value if isinstance(node, exp.Column) and node.name == "x" else node

    return form.transform(fill)
