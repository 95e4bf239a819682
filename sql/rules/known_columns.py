"""Every column must be one of a table in its scope."""

from collections.abc import Iterable

from core.values import Violation
from sql.statement import Statement
from sql.tables import similar_names


def known_columns(statement: Statement) -> Iterable[Violation]:
    """Refuses names that no source, alias or parameter in scope explains."""
    for node, possible in ((each.node, each.possible) for each in statement.names.unknown_columns):
        name = node.sql(statement.dialect, comments=False)
        similar = similar_names(node.name, dict.fromkeys(possible)) if possible else []
        hint = f"Did you mean {' or '.join(similar)}?" if similar else ""
        yield statement.violation("known_columns", node, f"The column {name} does not exist.", hint=hint)
