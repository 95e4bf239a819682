"""Rows of both plans, of either, or of one without the other; also where a dialect has no words for it."""

from collections.abc import Sequence

from sqlglot import exp

from apex.compile.logic import joined
from apex.compile.target import Target

_KINDS: dict[str, type[exp.SetOperation]] = {"both": exp.Intersect, "either": exp.Union, "without": exp.Except}
_UNIONS_ONLY = frozenset({"mysql"})
"""Dialects of which versions without INTERSECT and EXCEPT are in use."""


def combined(left: exp.Query, right: exp.Query, kind: str, names: Sequence[str], target: Target) -> exp.Query:
    """The rows of the combination, each once; `names` are the columns of the first."""
    if kind != "either" and target.dialect in _UNIONS_ONLY:
        return _by_existence(left, right, names, target, present=kind == "both")
    return _KINDS[kind](this=_alone(left, target), expression=_alone(right, target), distinct=True)


def _alone(query: exp.Query, target: Target) -> exp.Query:
    """A query with an order, a limit or a set operation of its own stands in a sub-select."""
    if not (query.args.get("order") or query.args.get("limit") or isinstance(query, exp.SetOperation)):
        return query
    return exp.Select(expressions=[exp.Star()], from_=exp.From(this=_source(query, "part", target)))


def _by_existence(
    left: exp.Query, right: exp.Query, names: Sequence[str], target: Target, *, present: bool
) -> exp.Query:
    right_names = [each.alias_or_name for each in right.selects]
    alike = [
        exp.NullSafeEQ(this=target.column(one, "these"), expression=target.column(other, "those"))
        for one, other in zip(names, right_names, strict=True)
    ]
    match = exp.Select(
        expressions=[exp.Literal.number(1)],
        from_=exp.From(this=_source(right, "those", target)),
        where=exp.Where(this=joined(alike, both=True)),
    )
    found: exp.Expr = exp.Exists(this=match)
    return exp.Select(
        expressions=[target.column(name, "these") for name in names],
        distinct=exp.Distinct(),
        from_=exp.From(this=_source(left, "these", target)),
        where=exp.Where(this=found if present else exp.Not(this=found)),
    )


def _source(query: exp.Query, alias: str, target: Target) -> exp.Subquery:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=target.identifier(alias)))
