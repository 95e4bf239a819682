"""Expressions as sides of a comparison or a calculation."""

from sqlglot import exp

from apex.compile.scope import Scope
from apex.model import Attribute
from core.values.plans import ColumnOf, Expression


def attribute_of(value: Expression | None, scope: Scope) -> Attribute | None:
    """What a plain column means; None for anything that is calculated."""
    return scope.attribute(value) if isinstance(value, ColumnOf) else None


def number(value: Expression, scope: Scope) -> exp.Expr:
    """An expression to calculate with: numbers that are stored as text are cast."""
    written = scope.grammar.expression(value, scope)
    attribute = attribute_of(value, scope)
    return scope.target.double(written) if attribute and attribute.numeric_text else written
