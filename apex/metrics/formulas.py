"""The formula of a derived metric, read as arithmetic over other metrics."""

from collections.abc import Mapping
from functools import lru_cache

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from apex.compile.refusal import RefusalError
from core.values.plans import Arithmetic, Expression, Literally

_OPERATORS: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}


def formula(text: str, parts: Mapping[str, Expression], metric: str) -> Expression:
    """`revenue / nullif(visits, 0) * 100`: a division is exact and NULL at 0 anyway, so NULLIF says nothing more."""
    return _read(_parsed(text, metric), parts, metric)


@lru_cache(maxsize=500)
def _parsed(text: str, metric: str) -> exp.Expr:
    try:
        return parse_one(text)
    except SqlglotError as error:
        raise RefusalError("broken", f"The formula `{text}` of the metric {metric} cannot be read.") from error


def _read(node: exp.Expr, parts: Mapping[str, Expression], metric: str) -> Expression:
    operator = _OPERATORS.get(type(node))
    if operator and isinstance(node, exp.Binary):
        left, right = _read(node.left, parts, metric), _read(node.right, parts, metric)
        return Arithmetic.model_validate({"operator": operator, "left": left, "right": right})
    match node:
        case exp.Paren() | exp.Cast():
            return _read(node.this, parts, metric)
        case exp.Nullif() if node.expression.name == "0":
            return _read(node.this, parts, metric)
        case exp.Neg():
            return Arithmetic(operator="-", left=Literally(value=0), right=_read(node.this, parts, metric))
        case exp.Literal() if not node.is_string:
            return Literally(value=float(node.name) if "." in node.name else int(node.name))
        case exp.Column() if node.name in parts:
            return parts[node.name]
        case _:
            raise RefusalError(
                "broken",
                f"`{node.sql()}` in the formula of the metric {metric} is neither a number nor one of its metrics.",
                hint=f"It knows {', '.join(parts)}, and + - * / with parentheses.",
            )
