"""What one column name means among the names that its scope can see."""

from collections.abc import Sequence

from sqlglot import exp

from sql.allowed import Allowed
from sql.dialects import alias_key, column_key
from sql.scope import Origin, Scope, Source

CALLS_BY_DOT = frozenset({"postgres", "redshift"})
"""Here `x.f` may call the function f with x, so that an unknown name behind a dot is never harmless."""


class Lookup:
    """Finds names by the rules of one dialect."""

    def __init__(self, dialect: str, allowed: Allowed) -> None:
        self.dialect = dialect
        self.allowed = allowed

    def column(self, parts: Sequence[exp.Identifier], scope: Scope) -> Origin | bool:
        """The table column that the name reads, else whether anything explains it."""
        if len(parts) > 1 and (found := self._qualified(parts, scope)):
            return found
        return self._unqualified(parts, scope)

    def _qualified(self, parts: Sequence[exp.Identifier], scope: Scope) -> Origin | bool:
        """`source.column`, with more names before (a schema) or behind (fields of a struct)."""
        for source in scope.visible():
            place = self._place_of(source, parts)
            if not place or place == len(parts):
                continue
            key = self.column_key(parts[place])
            if key in source.columns:
                return source.columns[key] or True
            if self._is_hidden(source, key) or (source.open and self.dialect not in CALLS_BY_DOT):
                return True
        return False

    def _place_of(self, source: Source, parts: Sequence[exp.Identifier]) -> int:
        """How many of the leading parts name the source; 0 when they do not."""
        if source.key is None:
            return 0
        if source.key == self.table_key(parts[0]):
            return 1
        table = source.table
        if table is None or len(parts) < 3 or source.key != self.table_key(parts[1]):
            return 0
        return 2 if alias_key(table.schema, quoted=True, dialect=self.dialect) == self.table_key(parts[0]) else 0

    def _unqualified(self, parts: Sequence[exp.Identifier], scope: Scope) -> Origin | bool:
        """A column of any source, an alias, a whole row; more parts are the fields of a struct."""
        if len(parts) > 1 and self.dialect in CALLS_BY_DOT:
            return False
        key, row = self.column_key(parts[0]), self.table_key(parts[0])
        for each in scope.chain():
            explained = key in each.aliases
            for source in each.sources:
                if key in source.columns:
                    return source.columns[key] or True
                row_is_meant = source.key == row and len(parts) == 1
                explained |= source.open or row_is_meant or self._is_hidden(source, key)
            if explained:
                return True
        return False

    def _is_hidden(self, source: Source, key: str) -> bool:
        """Columns that every table has, such as `rowid`, where the dialect's list has them."""
        return source.table is not None and key.lower() in self.allowed.columns

    def is_starred(self, source: Source, star: exp.Expr) -> bool:
        """Whether `*` or `name.*` takes in the columns of `source`."""
        table = star.args.get("table") if isinstance(star, exp.Column) else None
        return not isinstance(table, exp.Identifier) or source.key == self.table_key(table)

    def is_visible(self, table: exp.Identifier, scope: Scope) -> bool:
        """Whether the name before `.*` is a source, or a struct among the columns."""
        key, column = self.table_key(table), self.column_key(table)
        return any(source.key == key or column in source.columns for source in scope.visible())

    def possible(self, node: exp.Column, scope: Scope) -> list[str]:
        """The names that could have stood in the place of an unknown one."""
        wanted = node.args.get("table")
        sources = list(scope.visible())
        if isinstance(wanted, exp.Identifier):
            key = self.table_key(wanted)
            own = [source for source in sources if source.key == key]
            if not own:
                return [source.key for source in sources if source.key]
            sources = own
        return [origin.column if origin else key for source in sources for key, origin in source.columns.items()]

    def table_key(self, name: exp.Expr) -> str:
        """The key by which a source is known in its query."""
        return alias_key(name.name, quoted=bool(name.args.get("quoted")), dialect=self.dialect)

    def column_key(self, name: exp.Expr) -> str:
        """The key of a column's name."""
        return column_key(name.name, quoted=bool(name.args.get("quoted")), dialect=self.dialect)
