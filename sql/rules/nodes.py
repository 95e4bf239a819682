"""Every kind of syntax in the tree must be on the list, and queries may have no parts but the listed ones."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import cast

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from core.values import Violation
from sql.allowed import allowed_syntax
from sql.statement import Statement

_PLAIN_NAMES = {
    "Insert": "INSERT",
    "Update": "UPDATE",
    "Delete": "DELETE",
    "Merge": "MERGE",
    "Into": "SELECT INTO",
    "Lock": "locking rows",
    "SessionParameter": "a session variable",
    "Placeholder": "a placeholder",
    "Operator": "a user-defined operator",
    "ObjectIdentifier": "a type that reads the catalog",
    "Version": "time travel",
    "HistoricalData": "time travel",
}
_PLAIN_PARTS = {
    "locks": "locking rows",
    "into": "SELECT INTO",
    "settings": "SETTINGS",
    "hint": "a hint",
    "version": "time travel",
}


def nodes(statement: Statement) -> Iterable[Violation]:
    """Refuses whatever is not on the list of `sql/allow/syntax.txt`."""
    listed = allowed_syntax()
    bare = _bare_functions(statement.dialect)
    for node in statement.parsed.nodes:
        kind = type(node).__name__
        if kind not in listed.kinds and (not isinstance(node, exp.Func) or kind in bare):
            name = _PLAIN_NAMES.get(kind, kind)
            yield statement.violation("nodes", node, f"{name} is not allowed.", hint="Write a plain query.")
        elif kind in listed.parts:
            for part in node.args:
                if node.args[part] and part not in listed.parts[kind]:
                    name = _PLAIN_PARTS.get(part, f"{part} of {kind}")
                    yield statement.violation("nodes", node, f"{name} is not allowed.", hint="Leave it out.")


@cache
def _bare_functions(dialect: str) -> frozenset[str]:
    """Functions that need no parentheses, so that no call shows in the text; the list says which of them pass."""
    parser = Dialect.get_or_raise(dialect).parser_class
    functions = cast(Mapping[object, type[exp.Expr]], parser.NO_PAREN_FUNCTIONS)
    known = {each.__name__ for each in functions.values()}
    return frozenset(
        known | {"NextValueFor", "ConnectByRoot", "SessionUser", "CurrentUser", "CurrentRole", "CurrentUserId"}
    )
