"""Which columns a query's values come from: through expressions, subqueries, common table expressions and unions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope, find_all_in_scope

from core.catalog import Catalog, Table, TableName
from sql.dialects import alias_key, column_key, table_key
from sql.tables import find_table

LONGEST = 100_000
"""Characters; longer texts are not read."""


class ColumnName(NamedTuple):
    """A column as it is stored."""

    table: TableName
    column: str


Columns = frozenset[ColumnName]
NOTHING: Columns = frozenset()


@dataclass(frozen=True)
class Flow:
    """What a query makes of what: `outputs` in the order of its columns, each with the columns it comes from."""

    outputs: tuple[tuple[str, Columns], ...]
    filters: Columns
    """Columns that decide which rows count: in WHERE, HAVING and QUALIFY, however deep."""
    reads: Columns
    """Every column that is named anywhere."""
    tables: frozenset[TableName]


def flow_of(text: str, catalog: Catalog, dialect: str) -> Flow | None:
    """How values flow through a query, or through the query of a view's definition; None where it cannot be read."""
    if len(text) > LONGEST:
        return None
    from sqlglot import parse_one

    try:
        tree = _query_of(parse_one(text, dialect=dialect))
        return _Reader(catalog, dialect).flow(tree) if tree else None
    except (SqlglotError, RecursionError, ValueError, KeyError, AttributeError, TypeError, IndexError):
        # sqlglot trips over some texts with plain Python errors; what cannot be read tells nothing.
        return None


def _query_of(tree: exp.Expr) -> exp.Query | None:
    inner: object = tree.args.get("expression") if isinstance(tree, exp.Create) else tree
    return inner if isinstance(inner, exp.Query) else None


@dataclass
class _Reader:
    """Reads one query."""

    catalog: Catalog
    dialect: str
    tables: dict[tuple[str, str], Table] = field(default_factory=dict[tuple[str, str], Table])
    """The tables that it names, under the keys of schema and name."""
    known: dict[tuple[int, int], Columns] = field(default_factory=dict[tuple[int, int], Columns])

    def flow(self, tree: exp.Query) -> Flow | None:
        self._name_exactly(tree)
        named = qualify(
            tree,
            dialect=self.dialect,
            schema=self._schema(),
            validate_qualify_columns=False,
            quote_identifiers=False,
            identify=False,
        )
        root = build_scope(named)
        if root is None:
            return None
        scopes = list(root.traverse())
        selects = _selects(root)
        return Flow(
            outputs=tuple(
                (each.alias_or_name, self._output(root, place))
                for place, each in enumerate(selects)
                if not each.is_star
            ),
            filters=NOTHING.union(*(self._filters(scope) for scope in scopes)),
            reads=NOTHING.union(*(self._named(scope, scope.expression) for scope in scopes)),
            tables=frozenset(table.full_name for table in self.tables.values()),
        )

    def _name_exactly(self, tree: exp.Query) -> None:
        """Write every name in the form in which the engine compares it, and every table with its schema."""
        queries = {_alias(each, self.dialect) for each in tree.find_all(exp.CTE)}
        tables = [each for each in tree.find_all(exp.Table) if isinstance(each.this, exp.Identifier)]
        found = {id(each): self._table(each, queries) for each in tables}
        for each in list(tree.find_all(exp.Identifier)):
            as_column = each.arg_key in ("using", "columns") or isinstance(each.parent, exp.Alias)
            as_column = as_column or (isinstance(each.parent, exp.Column) and each.arg_key == "this")
            key = column_key if as_column else alias_key
            each.set("this", key(each.name, quoted=bool(each.args.get("quoted")), dialect=self.dialect))
            each.set("quoted", True)
        for each in tables:
            table = found[id(each)]
            if table:
                place = self._key(table)
                self.tables[place] = table
                each.set("catalog", None)
                each.set("db", exp.to_identifier(place[0], quoted=True))
                each.set("this", exp.to_identifier(place[1], quoted=True))

    def _table(self, node: exp.Table, queries: set[str]) -> Table | None:
        names = [part for part in node.parts if isinstance(part, exp.Identifier)]
        if len(names) == 1 and _folded(names[0], self.dialect) in queries:
            return None
        return find_table(names, self.catalog, self.dialect)

    def _key(self, table: Table) -> tuple[str, str]:
        schema, name = (table_key(each, quoted=True, dialect=self.dialect) for each in table.full_name)
        return schema, name

    def _schema(self) -> dict[str, object]:
        """The tables that are named, in the form that sqlglot wants."""
        schema: dict[str, dict[str, dict[str, str]]] = {}
        for (place, name), table in self.tables.items():
            schema.setdefault(place, {})[name] = {self._column_key(each.name): "unknown" for each in table.columns}
        return dict(schema)

    def _column_key(self, name: str) -> str:
        return column_key(name, quoted=True, dialect=self.dialect)

    def _output(self, scope: Scope, place: int) -> Columns:
        """What one column of a query comes from, by its place."""
        known = self.known.get((id(scope), place))
        if known is None:
            # A recursive query reads itself: what it is asked meanwhile adds nothing.
            self.known[id(scope), place] = NOTHING
            known = self.known[id(scope), place] = self._computed(scope, place)
        return known

    def _computed(self, scope: Scope, place: int) -> Columns:
        branches = scope.set_operation_scopes
        if isinstance(scope.expression, exp.SetOperation) and branches:
            return NOTHING.union(*(self._output(each, place) for each in branches))
        selects = _selects(scope)
        if not selects:
            return self._named(scope, scope.expression)
        return self._sources(scope, selects[place]) if place < len(selects) else NOTHING

    def _sources(self, scope: Scope, expression: exp.Expr) -> Columns:
        """The stored columns that an expression of a scope comes from, through its subqueries too."""
        inside = [each for each in scope.subquery_scopes if _stands_in(each.expression, expression)]
        outputs = (self._output(each, place) for each in inside for place in range(len(_selects(each))))
        return self._named(scope, expression).union(*outputs)

    def _named(self, scope: Scope, expression: exp.Expr) -> Columns:
        """The stored columns behind the names in an expression, subqueries left out."""
        columns: Iterator[exp.Column] = find_all_in_scope(expression, exp.Column)
        return NOTHING.union(*(self._meant(scope, each) for each in columns))

    def _meant(self, scope: Scope | None, column: exp.Column) -> Columns:
        """The stored columns behind one name; the scopes around are looked at for what a subquery refers to."""
        while scope is not None:
            source = scope.sources.get(column.table) if column.table else _only(scope.sources)
            if isinstance(source, exp.Table):
                return self._stored(source, column.name)
            if isinstance(source, Scope):
                return self._through(source, column.name)
            scope = scope.parent
        return NOTHING

    def _stored(self, node: exp.Table, name: str) -> Columns:
        table = self.tables.get((node.db, node.name))
        if table is None:
            return NOTHING
        stored = next((each.name for each in table.columns if self._column_key(each.name) == name), name)
        return frozenset({ColumnName(table.full_name, stored)})

    def _through(self, scope: Scope, name: str) -> Columns:
        places = [place for place, each in enumerate(_selects(scope)) if each.alias_or_name == name]
        if places:
            return self._output(scope, places[0])
        if _selects(scope):
            return NOTHING
        # LATERAL and functions that yield tables
        inner = (self._through(each, name) for each in scope.subquery_scopes)
        return self._named(scope, scope.expression).union(*inner)

    def _filters(self, scope: Scope) -> Columns:
        clauses = (scope.expression.args.get(name) for name in ("where", "having", "qualify"))
        return NOTHING.union(*(self._named(scope, each) for each in clauses if isinstance(each, exp.Expr)))


def _selects(scope: Scope) -> Sequence[exp.Expr]:
    expression = scope.expression
    return expression.selects if isinstance(expression, exp.Query) else ()


def _only(sources: Mapping[str, object]) -> object:
    return next(iter(sources.values())) if len(sources) == 1 else None


def _stands_in(inner: exp.Expr, outer: exp.Expr) -> bool:
    node: exp.Expr | None = inner
    while node is not None and node is not outer:
        node = node.parent
    return node is outer


def _alias(query: exp.CTE, dialect: str) -> str:
    alias: object = query.args["alias"].this
    return _folded(alias, dialect) if isinstance(alias, exp.Identifier) else ""


def _folded(name: exp.Identifier, dialect: str) -> str:
    return alias_key(name.name, quoted=bool(name.args.get("quoted")), dialect=dialect)
