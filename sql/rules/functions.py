"""Every call must be of a function on the dialect's list, wherever it stands and however it is written."""

import re
from collections.abc import Iterable

from sqlglot import exp

from core.values import Violation
from sql.allowed import allowed
from sql.calls import Call, calls
from sql.statement import Statement
from sql.tables import similar_names

_HOME_OF_FUNCTIONS = {"postgres": "pg_catalog", "redshift": "pg_catalog", "duckdb": "main", "bigquery": "safe"}
"""The name that may stand before a function of the list."""

_COMBINATORS = re.compile(
    r"(if|array|map|state|merge|mergestate|foreach|distinct|ordefault|ornull|resample|argmin|argmax|simplestate|tuple|null)\Z"
)


def functions(statement: Statement) -> Iterable[Violation]:
    """Refuses calls of unlisted functions, and trees that hold a call which the text did not show."""
    seen: set[int] = set()
    for call in calls(statement.parsed):
        seen.add(call.start)
        if not _is_allowed(call, statement.dialect):
            name, hint = ".".join((*call.path, call.name)), _hint(call.name, statement.dialect)
            message = f"The function {name} is not allowed."
            yield Violation(rule="functions", message=message, hint=hint, start=call.start, end=call.end)
    for node in statement.parsed.nodes:
        name = _called(node)
        if name and node.meta.get("start") not in seen and not _is_listed(name.lower(), statement.dialect):
            yield statement.violation("functions", node, f"The function {name} is not allowed.")


def _called(node: exp.Expr) -> str:
    """The function that a node names without translating it."""
    if isinstance(node, exp.Apply):
        # ClickHouse's `columns APPLY(f)` calls f, which has no parenthesis of its own.
        return node.expression.name if isinstance(node.expression, (exp.Var, exp.Identifier, exp.Column)) else ""
    return node.name if isinstance(node, (exp.Anonymous, exp.AnonymousAggFunc)) else ""


def _is_allowed(call: Call, dialect: str) -> bool:
    lists = allowed(dialect)
    if not call.path:
        return call.name in lists.types or _is_listed(call.name, dialect)
    if ".".join((*call.path, call.name)) in lists.functions:
        return True
    if dialect == "duckdb" and call.path != ("main",):
        # DuckDB lets a function follow its first argument, `name.upper()`; what stands before is resolved as a column.
        return _is_listed(call.name, dialect)
    return call.path == (_HOME_OF_FUNCTIONS.get(dialect),) and _is_listed(call.name, dialect)


def _is_listed(name: str, dialect: str) -> bool:
    listed = allowed(dialect).functions
    if name in listed:
        return True
    if dialect != "clickhouse":
        return False
    shorter = _COMBINATORS.sub("", name)
    return shorter != name and _is_listed(shorter, dialect)


def _hint(name: str, dialect: str) -> str:
    similar = similar_names(name, sorted(allowed(dialect).functions))
    return f"Allowed are functions that only compute, such as {', '.join(similar)}." if similar else ""
