"""Every table must be in the catalog; system catalogs and files are not, so they need no list of their own."""

from collections.abc import Iterable

from sqlglot import exp

from core.catalog import Catalog, TableName
from core.values import Violation
from sql.statement import Statement
from sql.tables import similar_names

_SYSTEM_PREFIXES = {
    "postgres": ("pg_",),
    "redshift": ("pg_", "stl_", "stv_", "svl_", "svv_", "sys_"),
    "sqlite": ("sqlite_",),
}
"""Bare names that the engine looks up among its own tables before it looks at the user's."""


def known_tables(statement: Statement) -> Iterable[Violation]:
    """Refuses names that stand for no table of the catalog, and those that the engine would read as its own."""
    for node in statement.names.unknown_tables:
        name = node.sql(statement.dialect, comments=False).partition(" ")[0]
        yield statement.violation(
            "known_tables", node, f"The table {name} does not exist.", hint=_hint(node, statement.catalog)
        )
    prefixes = _SYSTEM_PREFIXES.get(statement.dialect, ())
    for reference in statement.names.tables:
        if not reference.node.db and reference.node.name.lower().startswith(prefixes or ("\0",)):
            hint = f"Write {reference.table.full_name}."
            yield statement.violation(
                "known_tables", reference.node, f"{reference.node.name} is a system table.", hint=hint
            )


def _hint(node: exp.Expr, catalog: Catalog) -> str:
    if not isinstance(node, exp.Table):
        return "Read from a table of the database."
    if TableName(node.db, node.name) in catalog.hidden:
        return "It exists, but the login may not read it."
    if exact := catalog.candidates(node.name):
        return f"Did you mean {exact[0].full_name}?"
    similar = similar_names(node.name, catalog.by_folded_name)
    names = [str(table.full_name) for name in similar for table in catalog.by_folded_name[name]]
    return f"Did you mean {' or '.join(names[:3])}?" if names else ""
