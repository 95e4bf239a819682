"""Constructs that are harmless by their kind, but not in every form."""

from collections.abc import Callable, Iterable, Mapping

from sqlglot import exp

from core.values import Violation
from sql.statement import Statement

_HARMLESS_MODIFIERS = frozenset(
    {"STRAIGHT_JOIN", "HIGH_PRIORITY", "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_NO_CACHE"}
)
_DEEPEST_RECURSION = 32_767
_HARMLESS_TABLE_HINTS = frozenset({"NOLOCK", "READUNCOMMITTED", "READCOMMITTED", "NOEXPAND"})


def constructs(statement: Statement) -> Iterable[Violation]:
    """Looks at each node that has a form to refuse."""
    for node in statement.parsed.nodes:
        check = _CHECKS.get(type(node))
        if check and (reason := check(node, statement.dialect)):
            yield statement.violation("constructs", node, reason)


def _select(node: exp.Expr, _: str) -> str:
    written: Iterable[object] = node.args.get("operation_modifiers") or ()
    modifiers = {str(each).upper() for each in written}
    odd = sorted(modifiers - _HARMLESS_MODIFIERS)
    return f"{odd[0]} is not allowed." if odd else ""


def _table_hint(node: exp.Expr, _: str) -> str:
    odd = [each.name for each in node.expressions if each.name.upper() not in _HARMLESS_TABLE_HINTS]
    return f"The table hint {odd[0]} is not allowed." if odd else ""


def _rows_of(node: exp.Expr, _: str) -> str:
    """Snowflake's `TABLE('orders')` and `TABLE($x)` read a table whose name is not in the statement."""
    return "" if isinstance(node.this, exp.Func) else "TABLE(...) may only hold a call of a table function."


def _generator(node: exp.Expr, _: str) -> str:
    """Snowflake's GENERATOR makes rows for as many seconds as it is told."""
    return "GENERATOR may not run for a TIMELIMIT; give a ROWCOUNT." if node.args.get("timelimit") else ""


def _member(node: exp.Expr, dialect: str) -> str:
    """ClickHouse reads the table `x` for `IN x`, which looks like a column here."""
    field = node.args.get("field")
    if dialect == "clickhouse" and isinstance(field, exp.Column):
        return "IN must be followed by a list or a query in parentheses."
    return ""


def _option(node: exp.Expr, _: str) -> str:
    """Of OPTION in T-SQL only what bounds a recursion or asks for a new plan; in FOR JSON and FOR XML all is layout."""
    if isinstance(node.parent, exp.ForClause):
        return ""
    name, value = node.name.upper(), node.args.get("expression")
    bounded = isinstance(value, exp.Literal) and value.name.isdecimal() and 0 < int(value.name) <= _DEEPEST_RECURSION
    return "" if name == "RECOMPILE" or (name == "MAXRECURSION" and bounded) else f"OPTION ({name}) is not allowed."


def _for(node: exp.Expr, _: str) -> str:
    kind = str(node.args.get("kind")).upper()
    return "" if kind in ("JSON", "XML") else f"FOR {kind} is not allowed."


def _parameter(node: exp.Expr, dialect: str) -> str:
    """Snowflake's `$1` is the first column of VALUES; every other one is a value that is not in the text."""
    column = isinstance(node.this, exp.Literal) and node.name.isdecimal()
    return "" if dialect == "snowflake" and column else "A parameter or variable is not allowed."


_CHECKS: Mapping[type[exp.Expr], Callable[[exp.Expr, str], str]] = {
    exp.Select: _select,
    exp.WithTableHint: _table_hint,
    exp.TableFromRows: _rows_of,
    exp.Generator: _generator,
    exp.In: _member,
    exp.QueryOption: _option,
    exp.ForClause: _for,
    exp.Parameter: _parameter,
}
