"""Casts may only go to types that hold values; others read the catalog or run code of an extension."""

from collections.abc import Iterable

from sqlglot import exp

from core.values import Violation
from sql.allowed import allowed
from sql.statement import Statement

_NAMED_BY_TEXT = frozenset({exp.DataType.Type.USERDEFINED, exp.DataType.Type.UNKNOWN})
_CLOSED = frozenset({exp.DataType.Type.NAME, exp.DataType.Type.XML})


def types(statement: Statement) -> Iterable[Violation]:
    """Refuses types that sqlglot does not know as types of values, unless the dialect's list has them."""
    listed = allowed(statement.dialect).types
    for node in statement.parsed.nodes:
        if not isinstance(node, exp.DataType):
            continue
        name = str(node.args.get("kind") or node.this)
        kind = node.this
        if kind in _CLOSED or (kind in _NAMED_BY_TEXT and name.lower() not in listed):
            yield statement.violation("types", node.parent or node, f"The type {name} is not allowed.")
