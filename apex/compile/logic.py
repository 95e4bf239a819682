"""Conditions joined, with parentheses only where they are needed."""

from collections.abc import Sequence

from sqlglot import exp


def joined(held: Sequence[exp.Expr], *, both: bool) -> exp.Expr:
    """Conditions with AND (`both`) or OR between them."""
    kind, other = (exp.And, exp.Or) if both else (exp.Or, exp.And)
    if len(held) == 1:
        return held[0]
    found, *others = (exp.Paren(this=each) if isinstance(each, other) else each for each in held)
    for each in others:
        found = kind(this=found, expression=each)
    return found


def is_null(value: exp.Expr, *, negated: bool = False) -> exp.Expr:
    """Whether a value is missing."""
    found = exp.Is(this=value, expression=exp.Null())
    return exp.Not(this=found) if negated else found
