"""Resolves every table and column of a statement against the catalog, scope by scope.

It is strict about tables, because what is taken for a common table expression but is a table to the engine would
escape the catalog (and later the policies): a name is a common table expression only where the engine's scoping says
so. It is lenient about columns whose source cannot be known (`open` sources, aliases used early): there a wrong name
is merely an error of the database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from core.catalog import Catalog, Table
from sql.allowed import allowed, allowed_syntax
from sql.dialects import column_key
from sql.lookup import CALLS_BY_DOT, Lookup
from sql.parse import Parsed
from sql.scope import Origin, Scope, Source
from sql.tables import find_table, is_misspelt
from sql.tree import has, part, parts

_RECURSES_WITHOUT_SAYING = frozenset({"tsql", "sqlite", "snowflake"})

_ORDERS_BY_ALL = frozenset({"clickhouse", "duckdb", "snowflake"})

_NOT_CLAUSES = frozenset({"with_", "from_", "joins", "laterals", "this", "expression", "alias"})


@dataclass(frozen=True, slots=True)
class TableReference:
    """A place in the tree that reads a table of the catalog."""

    node: exp.Table
    table: Table


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nothing explains, with the names that would have been possible."""

    node: exp.Expr
    possible: tuple[str, ...]


@dataclass(slots=True)
class Names:
    """What the names of a statement turned out to be, in the order in which they were met."""

    tables: list[TableReference] = field(default_factory=list[TableReference])
    unknown_tables: list[exp.Expr] = field(default_factory=list[exp.Expr])
    columns: dict[Origin, None] = field(default_factory=dict[Origin, None])
    unknown_columns: list[Unknown] = field(default_factory=list[Unknown])


def resolve(statement: Parsed, catalog: Catalog) -> Names:
    """The meaning of every name in the statement."""
    resolver = _Resolver(statement.text, catalog, statement.dialect)
    resolver.query(statement.tree, Scope())
    missed = (node for node in statement.nodes if isinstance(node, exp.Table) and id(node) not in resolver.seen)
    resolver.names.unknown_tables.extend(missed)
    return resolver.names


class _Resolver:
    """Walks the tree once. A query yields the columns it has, as the source that it is to the query around it."""

    def __init__(self, text: str, catalog: Catalog, dialect: str) -> None:
        self.text = text
        self.catalog = catalog
        self.dialect = dialect
        self.names = Names()
        self.seen: set[int] = set()
        self.allowed = allowed(dialect)
        self.lookup = Lookup(dialect, self.allowed)

    def query(self, node: exp.Expr, outer: Scope) -> Source:
        """Resolves a whole query and returns it as a source without a name."""
        scope = Scope(outer=outer)
        self.with_clause(node, scope)
        match node:
            case exp.SetOperation():
                return self.set_operation(node, scope)
            case exp.Subquery():
                return self.subquery(node, scope)
            case exp.Select():
                return self.select(node, scope)
            case exp.Values():
                self.source(node, scope)
                return scope.merged()
            case _:
                return self.other_query(node, scope)

    def other_query(self, node: exp.Expr, scope: Scope) -> Source:
        """PIVOT and SUMMARIZE as statements: a table, and expressions over it."""
        inner = part(node, "this")
        if inner is not None:
            self.source(inner, scope)
        scope.sources = [source.opened() for source in scope.sources]
        self.expressions((child for child in node.iter_expressions() if child is not inner), scope)
        return scope.merged(open_too=True)

    def with_clause(self, node: exp.Expr, scope: Scope) -> None:
        clause = part(node, "with_")
        if clause is None:
            return
        recursive = has(clause, "recursive") or self.dialect in _RECURSES_WITHOUT_SAYING
        for each in clause.expressions:
            self.common_table(each, scope, recursive=recursive)

    def common_table(self, node: exp.Expr, scope: Scope, *, recursive: bool) -> None:
        key, columns = self.alias_of(node)
        inner = part(node, "this")
        if key is None or inner is None:
            return
        if has(node, "scalar") or not isinstance(inner, exp.Query):
            # ClickHouse's `WITH expression AS name`: the name is an expression, not a table.
            self.expressions([inner], scope)
            scope.aliases.add(key)
            return
        around = Scope(outer=scope)
        if recursive and isinstance(inner, exp.SetOperation):
            # The first part tells the columns; its names are resolved for good with the whole.
            first = _Resolver(self.text, self.catalog, self.dialect).query(inner.left, scope)
            around.queries[key] = first.renamed(key, columns)
        scope.queries[key] = self.query(inner, around).renamed(key, columns)

    def set_operation(self, node: exp.SetOperation, scope: Scope) -> Source:
        """A chain of UNIONs leans to the left and may be long, so it is walked rather than recursed into."""
        operands: list[exp.Expr] = []
        left: exp.Expr = node
        while isinstance(left, exp.SetOperation):
            if left is not node:
                self.with_clause(left, scope)
            operands.append(left.args["expression"])
            left = left.args["this"]
        scope.sources.append(self.query(left, scope))
        for operand in reversed(operands):
            self.query(operand, scope)
        self.expressions(_clauses(node), scope)
        return scope.merged()

    def subquery(self, node: exp.Subquery, scope: Scope) -> Source:
        inner = part(node, "this")
        if isinstance(inner, exp.Query):
            scope.sources.append(self.query(inner, scope))
        elif inner is not None:
            self.source(inner, scope)
        if not has(node, "alias"):
            self.joins(node, scope)
        if has(node, "pivots"):
            scope.sources = [source.opened() for source in scope.sources]
        self.expressions(_clauses(node), scope)
        return scope.merged()

    def select(self, node: exp.Select, scope: Scope) -> Source:
        if source := part(node, "from_"):
            self.source(source.this, scope)
        self.joins(node, scope)
        scope.aliases |= self.aliases_in(node)
        self.expressions(_clauses(node), scope)
        return self.yielded(node, scope)

    def aliases_in(self, node: exp.Select) -> set[str]:
        """Names given in this query. ClickHouse lets any expression have one, the others only the select list."""
        named: Iterable[exp.Expr] = node.find_all(exp.Alias) if self.dialect == "clickhouse" else node.expressions
        return {
            self.lookup.column_key(name)
            for each in named
            for name in (*parts(each, "alias"), *(parts(each, "expressions") if isinstance(each, exp.Aliases) else ()))
            if isinstance(name, exp.Identifier)
        }

    def yielded(self, node: exp.Select, scope: Scope) -> Source:
        columns: dict[str, Origin | None] = {}
        unknown = False
        for each in node.expressions:
            if each.is_star or isinstance(each, exp.Columns):
                for source in scope.sources:
                    if self.lookup.is_starred(source, each):
                        columns |= source.columns
                        unknown |= source.open
                        self.read(source.columns.values())
            elif name := self.name_of(each):
                columns[name] = self.origin(each, scope)
            else:
                unknown = True
        return Source(None, columns, open=unknown)

    def read(self, origins: Iterable[Origin | None]) -> None:
        self.names.columns |= dict.fromkeys(origin for origin in origins if origin)

    def name_of(self, node: exp.Expr) -> str | None:
        """The key of one output column, None where the engine makes a name up."""
        for last in ("alias", "this" if isinstance(node, exp.Column) else "expression"):
            if isinstance(node, (exp.Alias, exp.Column, exp.Dot)) and isinstance(
                name := part(node, last), exp.Identifier
            ):
                return self.lookup.column_key(name)
        if self.dialect not in CALLS_BY_DOT:
            return None
        # PostgreSQL names a call after its function and a cast after what is cast.
        if isinstance(node, exp.Cast):
            return self.name_of(node.this) or node.to.sql(self.dialect).lower()
        if isinstance(node, exp.Window):
            return self.name_of(node.this)
        start, end = node.meta.get("start"), node.meta.get("end")
        return self.text[start : end + 1].lower() if start is not None and end is not None else "?column?"

    def origin(self, node: exp.Expr, scope: Scope) -> Origin | None:
        inner = node.this if isinstance(node, exp.Alias) else node
        found = self.lookup.column(_identifiers(inner), scope) if isinstance(inner, exp.Column) else None
        return found if isinstance(found, Origin) else None

    def source(self, node: exp.Expr, scope: Scope) -> None:
        """Adds what stands in FROM to the scope."""
        key, columns = self.alias_of(node)
        source = self.source_of(node, key, columns, scope)
        for pivot in parts(node, "pivots"):
            source = source.opened().renamed(self.alias_of(pivot)[0] or source.key) if source else None
        if source is not None:
            scope.sources.append(source)
        if isinstance(node, exp.Table) or (isinstance(node, exp.Subquery) and has(node, "alias")):
            self.joins(node, scope)
        for clause in ("pivots", "sample", "partition"):
            self.expressions(parts(node, clause), scope)

    def source_of(self, node: exp.Expr, key: str | None, columns: tuple[str, ...], scope: Scope) -> Source | None:
        match node:
            case exp.Table():
                return self.table(node, key, columns, scope)
            case exp.Subquery():
                return self.derived(node, key, columns, scope)
            case exp.Lateral(this=exp.Subquery()):
                return self.query(node.this, scope).renamed(key, columns)
            case exp.Select() | exp.SetOperation() | exp.Pivot():
                return self.query(node, scope).renamed(key, columns)
            case exp.Final():
                self.source(node.this, scope)
                return None
            case exp.Func() | exp.UDTF() | exp.TableFromRows() | exp.Values():
                self.expressions(node.iter_expressions(), scope)
                return self.made(node, key, columns)
            case exp.Alias() | exp.Column() if self.dialect == "clickhouse":
                # ARRAY JOIN takes columns, not tables.
                self.expressions([node], scope)
                return None
            case _:
                self.names.unknown_tables.append(node)
                return None

    def derived(self, node: exp.Subquery, key: str | None, columns: tuple[str, ...], scope: Scope) -> Source | None:
        if key is None and (not isinstance(node.this, exp.Query) or has(node.this, "alias")):
            # `(a JOIN b ON ...)` without an alias leaves the names of a and b visible.
            self.source(node.this, scope)
            self.joins(node, scope)
            return None
        return self.query(node, scope).renamed(key, columns)

    def table(self, node: exp.Table, key: str | None, columns: tuple[str, ...], scope: Scope) -> Source:
        self.seen.add(id(node))
        for each in parts(node, "rows_from"):
            self.seen.add(id(each))
            self.expressions([each.this], scope)
        if isinstance(node.this, exp.Func):
            self.expressions([node.this], scope)
            return self.made(node, key, columns)
        if has(node, "rows_from"):
            return Source(key, dict.fromkeys(columns))
        if not isinstance(node.this, exp.Identifier):
            self.names.unknown_tables.append(node)
            return Source(key, {}, open=True)
        names = _identifiers(node)
        own = self.lookup.table_key(names[-1])
        if len(names) == 1 and (common := scope.query(own)):
            return common.renamed(key or own, columns)
        table = find_table(names, self.catalog, self.dialect) if len(names) == len(node.parts) else None
        if table is None:
            if not self.is_no_table(names, scope):
                self.names.unknown_tables.append(node)
            return Source(key or own, dict.fromkeys(columns), open=True)
        self.names.tables.append(TableReference(node, table))
        known = {self.stored_key(column.name): Origin(table.full_name, column.name) for column in table.columns}
        return Source(key or own, known, table).renamed(key or own, columns)

    def is_no_table(self, names: list[exp.Identifier], scope: Scope) -> bool:
        """`FROM dual` in MySQL and Snowflake; `FROM t, t.tags` in BigQuery, an array of an earlier source."""
        if len(names) == 1:
            return self.dialect in ("mysql", "snowflake") and names[0].name.lower() == "dual"
        first, column = self.lookup.table_key(names[0]), self.lookup.column_key(names[1])
        arrays = (
            source for source in scope.sources if source.key == first and (source.open or column in source.columns)
        )
        return self.dialect == "bigquery" and any(arrays)

    def made(self, node: exp.Expr, key: str | None, columns: tuple[str, ...]) -> Source:
        """What a function, UNNEST or VALUES makes: its columns are named by the alias or by the list of functions."""
        call = _called(node)
        names = [*(columns or self.allowed.table_functions.get(call, ()))]
        if not names and key is not None:
            names.append(column_key(key, quoted=True, dialect=self.dialect))
        inner = part(node, "this") if isinstance(node, exp.Lateral) else None
        counter = next((found for each in (node, inner) if each and (found := _counter(each))), None)
        if isinstance(counter, exp.Identifier):
            names.append(self.lookup.column_key(counter))
        elif counter:
            names += ["ordinality", "offset"]
        return Source(key or call or None, dict.fromkeys(names), open=not columns or bool(counter))

    def joins(self, node: exp.Expr, scope: Scope) -> None:
        joins = parts(node, "joins")
        for join in (*joins, *parts(node, "laterals")):
            self.source(join.this if isinstance(join, exp.Join) else join, scope)
        for join in joins:
            self.expressions((child for child in join.iter_expressions() if child is not join.this), scope)

    def expressions(self, nodes: Iterable[exp.Expr], scope: Scope) -> None:
        """Resolves the columns below `nodes`; nested queries get their own scope. No recursion: chains are deep."""
        stack = [*nodes][::-1]
        while stack:
            node = stack.pop()
            match node:
                case exp.Select() | exp.SetOperation() | exp.Subquery():
                    self.query(node, scope)
                case exp.Column():
                    self.column(node, scope)
                case exp.Lambda():
                    self.with_variables(node.expressions, [node.this], scope)
                case exp.Comprehension():
                    variables = (*parts(node, "expression"), *parts(node, "position"))
                    self.with_variables(variables, (node.this, *parts(node, "condition")), scope)
                    stack += parts(node, "iterator")
                case exp.Table():
                    self.source(node, scope)
                case _:
                    if isinstance(node, exp.Dot):
                        self.dot(node, scope)
                    stack += [*node.iter_expressions()][::-1]

    def with_variables(self, variables: Iterable[exp.Expr], nodes: Iterable[exp.Expr], scope: Scope) -> None:
        """Expressions of a lambda or a list comprehension, which name variables of their own."""
        names = (each.this if isinstance(each, exp.Column) else each for each in variables)
        self.expressions(nodes, Scope(outer=scope, aliases={self.lookup.column_key(name) for name in names}))

    def dot(self, node: exp.Dot, scope: Scope) -> None:
        """`(x).f` in PostgreSQL: a field of what a listed function yields, or else a call in disguise."""
        first, name = node.this, node.expression
        chained = self.dialect == "duckdb" and isinstance(first, exp.Identifier) and first.name.lower() != "main"
        if chained and not self.lookup.column([first], scope):
            # `name.upper()`: what stands before is a column, not the schema of somebody's function.
            self.names.unknown_columns.append(Unknown(first, ()))
        if self.dialect not in CALLS_BY_DOT or not isinstance(name, exp.Identifier):
            return
        if self.dialect == "redshift" and first.find(exp.Bracket):
            return  # SUPER values are navigated like this: `details[0].sku`
        fields = {each for yielded in self.allowed.table_functions.values() for each in yielded}
        if self.lookup.column_key(name) not in fields:
            self.names.unknown_columns.append(Unknown(name, tuple(sorted(fields))))

    def column(self, node: exp.Column, scope: Scope) -> None:
        if not isinstance(node.this, exp.Identifier):
            table = part(node, "table")
            if isinstance(table, exp.Identifier) and not self.lookup.is_visible(table, scope):
                self.names.unknown_columns.append(Unknown(node, tuple(self.lookup.possible(node, scope))))
            self.expressions([node.this], scope)
            return
        found = self.lookup.column(_identifiers(node), scope)
        if isinstance(found, Origin):
            self.names.columns[found] = None
        elif not found and not self.is_text(node, scope) and not self.is_word(node):
            self.names.unknown_columns.append(Unknown(node, tuple(self.lookup.possible(node, scope))))

    def is_word(self, node: exp.Column) -> bool:
        """ORDER BY ALL; the unit in `DATE_BUCKET(week, 1, day)`, which sqlglot knows only of some functions."""
        if len(node.parts) > 1 or node.this.args.get("quoted"):
            return False
        name, parent = node.name.lower(), node.parent
        if isinstance(parent, exp.Ordered):
            return name == "all" and self.dialect in _ORDERS_BY_ALL
        return isinstance(parent, exp.Func) and name in allowed_syntax().units

    def is_text(self, node: exp.Column, scope: Scope) -> bool:
        """SQLite reads `"x"` as text where no column is called x; taken so only where a value is compared."""
        quoted = self.dialect == "sqlite" and len(node.parts) == 1 and bool(node.this.args.get("quoted"))
        if not quoted or not isinstance(node.parent, (exp.Predicate, exp.Func)):
            return False
        return not is_misspelt(node.name, self.lookup.possible(node, scope))

    def alias_of(self, node: exp.Expr) -> tuple[str | None, tuple[str, ...]]:
        alias = part(node, "alias")
        if isinstance(alias, exp.Identifier):
            return self.lookup.table_key(alias), ()
        if alias is None:
            return None, ()
        named = (each.this if isinstance(each, exp.ColumnDef) else each for each in parts(alias, "columns"))
        columns = tuple(self.lookup.column_key(each) for each in named)
        own = part(alias, "this")
        if own is not None:
            return self.lookup.table_key(own), columns
        # BigQuery's `UNNEST(x) AS tag` names the only column, which can be used like a table too.
        return (columns[0] if columns else None), columns

    def stored_key(self, name: str) -> str:
        return column_key(name, quoted=True, dialect=self.dialect)


def _identifiers(node: exp.Table | exp.Column) -> list[exp.Identifier]:
    return [each for each in node.parts if isinstance(each, exp.Identifier)]


def _counter(node: exp.Expr) -> object:
    """What WITH ORDINALITY or WITH OFFSET adds: the name of the column, or that there is one."""
    return node.args.get("offset") or node.args.get("ordinality")


def _called(node: exp.Expr) -> str:
    """The name of the function that stands for a table; empty when there is none."""
    inner: exp.Expr | None = node
    while isinstance(inner, (exp.Table, exp.Lateral, exp.TableFromRows)):
        inner = part(inner, "this")
    if isinstance(inner, exp.Anonymous):
        return inner.name.lower()
    return inner.sql_name().lower() if isinstance(inner, exp.Func) else ""


def _clauses(node: exp.Expr) -> Iterator[exp.Expr]:
    """Everything of a query but its sources, its common table expressions and its operands."""
    for name in node.args:
        if name not in _NOT_CLAUSES:
            yield from parts(node, name)
