"""Resolves every table and column of a statement against the catalog, scope by scope.

It is strict about tables, because what is taken for a common table expression but is a table to the engine would
escape the catalog (and later the policies): a name is a common table expression only where the engine's scoping says so. It is
lenient about columns whose source cannot be known (`open` sources, lateral aliases): there a wrong name is merely an
error of the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from core.catalog import Catalog, Table
from sql.allowed import allowed
from sql.dialects import column_key, table_key
from sql.parse import Parsed
from sql.scope import Origin, Scope, Source
from sql.tables import find_table

_RECURSES_WITHOUT_SAYING = frozenset({"tsql", "sqlite", "snowflake"})
_CALLS_BY_DOT = frozenset({"postgres", "redshift"})
"""Here `x.f` may call the function f with x, so that an unknown name behind a dot is never harmless."""


@dataclass(frozen=True, slots=True)
class TableReference:
    """A place in the tree that reads a table of the catalog."""

    node: exp.Table
    table: Table


@dataclass(slots=True)
class Names:
    """What the names of a statement turned out to be."""

    tables: list[TableReference] = field(default_factory=list[TableReference])
    unknown_tables: list[exp.Table] = field(default_factory=list[exp.Table])
    columns: dict[Origin, None] = field(default_factory=dict[Origin, None])
    """Columns of the catalog's tables that are read, in the order of the text."""
    unknown_columns: list[tuple[exp.Expr, list[str]]] = field(default_factory=list[tuple[exp.Expr, list[str]]])
    """Names that nothing explains, with the names that would have been possible."""


def resolve(statement: Parsed, catalog: Catalog) -> Names:
    """The meaning of every name in the statement."""
    resolver = _Resolver(catalog, statement.dialect)
    resolver.query(statement.tree, Scope())
    seen = {id(node) for node in resolver.seen}
    missed = (node for node in statement.nodes if isinstance(node, exp.Table) and id(node) not in seen)
    resolver.names.unknown_tables.extend(missed)
    return resolver.names


class _Resolver:
    def __init__(self, catalog: Catalog, dialect: str) -> None:
        self.catalog = catalog
        self.dialect = dialect
        self.names = Names()
        self.seen: list[exp.Expr] = []
        self.allowed = allowed(dialect)

    # Queries: each returns the columns it yields, as the source it is to the query around it.

    def query(self, node: exp.Expr, outer: Scope) -> Source:
        """Resolves a whole query and returns it as a source without a name."""
        scope = Scope(outer=outer)
        self.with_clause(node, scope)
        if isinstance(node, exp.SetOperation):
            return self.set_operation(node, scope)
        if isinstance(node, exp.Subquery):
            return self.subquery(node, scope)
        if isinstance(node, exp.Select):
            return self.select(node, scope)
        self.source(node, scope) if isinstance(node, exp.Values) else self.other_query(node, scope)
        return _merged(scope.sources, open_too=not isinstance(node, exp.Values))

    def other_query(self, node: exp.Expr, scope: Scope) -> None:
        """PIVOT and SUMMARIZE as statements: a table, and expressions over it."""
        inner = node.args.get("this")
        if isinstance(inner, exp.Expr):
            self.source(inner, scope)
        self.expressions((child for child in node.iter_expressions() if child is not inner), scope)

    def with_clause(self, node: exp.Expr, scope: Scope) -> None:
        clause = node.args.get("with_")
        if not isinstance(clause, exp.With):
            return
        recursive = bool(clause.args.get("recursive")) or self.dialect in _RECURSES_WITHOUT_SAYING
        for each in clause.expressions:
            self.common_table(each, scope, recursive=recursive)

    def common_table(self, node: exp.CTE, scope: Scope, *, recursive: bool) -> None:
        key, columns = self.alias_of(node)
        if key is None:
            return
        if node.args.get("scalar") or not isinstance(node.this, exp.Query):
            # ClickHouse's `WITH expression AS name`: the name is an expression, not a table.
            scope.aliases.add(self.column_name(node.args["alias"].this))
            self.expressions([node.this], scope)
            return
        inner = Scope(outer=scope)
        if recursive and isinstance(node.this, exp.SetOperation):
            anchor = self.peek(node.this.left, scope).renamed(key, columns)
            inner.queries[key] = anchor
        scope.queries[key] = self.query(node.this, inner).renamed(key, columns)

    def peek(self, node: exp.Expr, scope: Scope) -> Source:
        """The columns of a recursive query's first part, whose names are then resolved with the whole."""
        quiet = _Resolver(self.catalog, self.dialect)
        return quiet.query(node, scope)

    def set_operation(self, node: exp.SetOperation, scope: Scope) -> Source:
        """A chain of UNIONs leans to the left and may be long, so it is walked rather than recursed into."""
        operands: list[exp.Expr] = []
        left: exp.Expr = node
        while isinstance(left, exp.SetOperation):
            if left is not node:
                self.with_clause(left, scope)
            operands.append(left.args["expression"])
            left = left.args["this"]
        first = self.query(left, scope)
        for operand in reversed(operands):
            self.query(operand, scope)
        scope.sources.append(first)
        self.expressions(_clauses(node), scope)
        return first

    def subquery(self, node: exp.Subquery, scope: Scope) -> Source:
        if isinstance(node.this, exp.Query):
            scope.sources.append(self.query(node.this, scope))
        else:
            self.source(node.this, scope)
        self.joins(node, scope)
        self.expressions(_clauses(node), scope)
        return _merged(scope.sources, open_too=bool(node.args.get("pivots")))

    def select(self, node: exp.Select, scope: Scope) -> Source:
        if source := node.args.get("from_"):
            self.source(source.this, scope)
        self.joins(node, scope)
        scope.aliases |= self.aliases_in(node)
        self.expressions(_clauses(node), scope)
        return self.yielded(node, scope)

    def aliases_in(self, node: exp.Select) -> set[str]:
        """Names given in this query. ClickHouse lets any expression have one, the others only the select list."""
        if self.dialect == "clickhouse":
            aliases: Iterable[exp.Expr] = node.find_all(exp.Alias)
        else:
            aliases = [each for each in node.expressions if isinstance(each, (exp.Alias, exp.Aliases))]
        return {
            self.column_name(name)
            for each in aliases
            for name in (each.args.get("aliases") or each.args.get("expressions") or [each.args.get("alias")])
            if isinstance(name, exp.Identifier)
        }

    def yielded(self, node: exp.Select, scope: Scope) -> Source:
        columns: dict[str, Origin | None] = {}
        unknown = False
        for each in node.expressions:
            if each.is_star or isinstance(each, exp.Columns):
                starred = [source for source in scope.sources if self.is_starred(source, each)]
                for source in starred:
                    columns |= source.columns
                    unknown |= source.open
                self.read_all(starred)
            elif name := self.yielded_name(each):
                columns[name] = self.origin(each, scope)
            else:
                unknown = True
        return Source(None, columns, open=unknown)

    def is_starred(self, source: Source, star: exp.Expr) -> bool:
        table = star.args.get("table") if isinstance(star, exp.Column) else None
        return table is None or source.key == self.table_name(table)

    def read_all(self, sources: Iterable[Source]) -> None:
        for source in sources:
            self.names.columns |= dict.fromkeys(origin for origin in source.columns.values() if origin)

    def yielded_name(self, node: exp.Expr) -> str | None:
        """The name of one output column, None where the engine makes one up."""
        if isinstance(node, exp.Alias):
            return self.column_name(node.args["alias"]) if isinstance(node.args["alias"], exp.Identifier) else None
        if isinstance(node, (exp.Column, exp.Dot)):
            last = node.args["this"] if isinstance(node, exp.Column) else node.args["expression"]
            return self.column_name(last) if isinstance(last, exp.Identifier) else None
        if self.dialect not in _CALLS_BY_DOT:
            return None
        # PostgreSQL names a call after its function and a cast after what is cast.
        if isinstance(node, exp.Cast):
            return self.yielded_name(node.this) or node.to.sql(self.dialect).lower()
        if isinstance(node, exp.Window):
            return self.yielded_name(node.this)
        return (node.name or node.sql_name()).lower() if isinstance(node, exp.Func) else "?column?"

    def origin(self, node: exp.Expr, scope: Scope) -> Origin | None:
        inner = node.this if isinstance(node, exp.Alias) else node
        if not isinstance(inner, exp.Column) or not isinstance(inner.this, exp.Identifier):
            return None
        found = self.lookup(inner, scope)
        return found if isinstance(found, Origin) else None

    # Sources.

    def source(self, node: exp.Expr, scope: Scope) -> None:
        """Adds what stands in FROM to the scope."""
        key, columns = self.alias_of(node)
        if isinstance(node, exp.Table):
            source = self.table(node, key, columns, scope)
        elif isinstance(node, exp.Subquery):
            source = self.derived(node, key, columns, scope)
        elif isinstance(node, exp.Lateral) and isinstance(node.this, exp.Subquery):
            source = self.query(node.this, scope).renamed(key, columns)
        elif isinstance(node, exp.Alias):
            self.expressions([node.this], scope)
            scope.aliases.add(self.column_name(node.args["alias"]))
            return
        else:
            self.expressions(node.iter_expressions(), scope)
            source = self.made(node, key, columns)
        if source is not None:
            scope.sources.append(Source(source.key, source.columns, source.table, True) if _pivots(node) else source)
        self.after_source(node, scope)

    def after_source(self, node: exp.Expr, scope: Scope) -> None:
        if isinstance(node, exp.Table):
            self.joins(node, scope)
        for part in ("pivots", "sample", "partition"):
            value = node.args.get(part)
            self.expressions([value] if isinstance(value, exp.Expr) else value or [], scope)

    def derived(self, node: exp.Subquery, key: str | None, columns: tuple[str, ...], scope: Scope) -> Source | None:
        if key is None and not isinstance(node.this, exp.Query):
            # `(a JOIN b ON ...)` without an alias leaves the names of a and b visible.
            self.source(node.this, scope)
            self.joins(node, scope)
            return None
        return self.query(node, scope).renamed(key, columns)

    def table(self, node: exp.Table, key: str | None, columns: tuple[str, ...], scope: Scope) -> Source | None:
        self.seen.append(node)
        if rows_from := node.args.get("rows_from"):
            for each in rows_from:
                self.seen.append(each)
                self.expressions([each.this], scope)
            return Source(key, dict.fromkeys(columns), open=not columns)
        if not isinstance(node.this, exp.Identifier):
            self.expressions([node.this], scope)
            return self.made(node, key, columns)
        parts = [part for part in node.parts if isinstance(part, exp.Identifier)]
        own = self.table_name(parts[-1])
        if len(parts) == 1 and (common := scope.query(own)):
            return common.renamed(key or own, columns)
        table = find_table(parts, self.catalog, self.dialect) if len(parts) == len(node.parts) else None
        if table is None:
            if not self.is_nothing(node) and not self.is_array(parts, scope):
                self.names.unknown_tables.append(node)
            return Source(key or own, dict.fromkeys(columns), open=True)
        self.names.tables.append(TableReference(node, table))
        known = {self.stored_column(column.name): Origin(table.full_name, column.name) for column in table.columns}
        return Source(key or own, known, table).renamed(key or own, columns)

    def is_nothing(self, node: exp.Table) -> bool:
        """`FROM dual` reads no table in MySQL and Snowflake."""
        return self.dialect in ("mysql", "snowflake") and len(node.parts) == 1 and node.name.lower() == "dual"

    def is_array(self, parts: list[exp.Identifier], scope: Scope) -> bool:
        """BigQuery reads the array column of an earlier source by `FROM t, t.tags`."""
        if self.dialect != "bigquery" or len(parts) < 2:
            return False
        return any(source.key == self.table_name(parts[0]) for source in scope.sources)

    def made(self, node: exp.Expr, key: str | None, columns: tuple[str, ...]) -> Source:
        """What a function, UNNEST or VALUES makes: its columns are named by the alias or by the list of functions."""
        call = _called(node)
        listed = self.allowed.table_functions.get(call, ())
        names = [*(columns or listed)]
        if not names and key is not None:
            names.append(column_key(key, quoted=True, dialect=self.dialect))
        offset = node.args.get("offset") or node.args.get("ordinality")
        if isinstance(offset, exp.Identifier):
            names.append(self.column_name(offset))
        elif offset:
            names += ["ordinality", "offset"]
        return Source(key or call or None, dict.fromkeys(names), open=not columns or bool(offset))

    def joins(self, node: exp.Expr, scope: Scope) -> None:
        joins: list[exp.Expr] = [*(node.args.get("joins") or []), *(node.args.get("laterals") or [])]
        for join in joins:
            self.source(join.this if isinstance(join, exp.Join) else join, scope)
        for join in joins:
            if isinstance(join, exp.Join):
                self.expressions((child for child in join.iter_expressions() if child is not join.this), scope)

    # Expressions.

    def expressions(self, nodes: Iterable[exp.Expr], scope: Scope) -> None:
        """Resolves the columns below `nodes`; nested queries get a scope of their own. Not recursive: chains are deep."""
        stack = [*nodes][::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, (exp.Select, exp.SetOperation, exp.Subquery)):
                self.query(node, scope)
            elif isinstance(node, exp.Column):
                self.column(node, scope)
            elif isinstance(node, exp.Lambda):
                self.function_of(node, scope)
            elif isinstance(node, exp.Comprehension):
                self.comprehension(node, scope)
            elif isinstance(node, exp.Table):
                self.source(node, scope)
            else:
                if isinstance(node, exp.Dot):
                    self.dot(node)
                stack += [*node.iter_expressions()][::-1]

    def function_of(self, node: exp.Lambda, scope: Scope) -> None:
        inner = Scope(outer=scope, aliases={self.column_name(each) for each in node.expressions if _named(each)})
        self.expressions([node.this], inner)

    def comprehension(self, node: exp.Comprehension, scope: Scope) -> None:
        """DuckDB's `[x + 1 FOR x IN list IF x > 0]`."""
        variables = [node.args.get("expression"), node.args.get("position")]
        inner = Scope(outer=scope, aliases={self.column_name(_bare(each)) for each in variables if each is not None})
        self.expressions([each for each in (node.this, node.args.get("condition")) if each is not None], inner)
        self.expressions([node.args["iterator"]], scope)

    def dot(self, node: exp.Dot) -> None:
        name = node.expression
        if self.dialect not in _CALLS_BY_DOT or not isinstance(name, exp.Identifier):
            return
        fields = {field for fields in self.allowed.table_functions.values() for field in fields}
        if self.column_name(name) not in fields:
            self.names.unknown_columns.append((name, sorted(fields)))

    def column(self, node: exp.Column, scope: Scope) -> None:
        if isinstance(node.this, exp.Star):
            if (table := node.args.get("table")) and not self.is_visible(table, scope):
                self.names.unknown_columns.append((node, self.visible_sources(scope)))
            self.expressions(node.this.iter_expressions(), scope)
            return
        if not isinstance(node.this, exp.Identifier):
            self.expressions([node.this], scope)
            return
        found = self.lookup(node, scope)
        if isinstance(found, Origin):
            self.names.columns[found] = None
        elif not found:
            self.names.unknown_columns.append((node, self.visible_columns(node, scope)))

    def lookup(self, node: exp.Column, scope: Scope) -> Origin | bool:
        """The table column that is read, else whether the name is explained."""
        parts = [part for part in node.parts if isinstance(part, exp.Identifier)]
        if len(parts) > 1 and (found := self.qualified(parts, scope)):
            return found
        return self.unqualified(parts, scope)

    def qualified(self, parts: list[exp.Identifier], scope: Scope) -> Origin | bool:
        """`source.column`, with more names before (a schema) or behind (fields of a struct)."""
        for each in scope.chain():
            for source in each.sources:
                place = self.place_of(source, parts)
                if not place or place == len(parts):
                    continue
                key = self.column_name(parts[place])
                if key in source.columns:
                    return source.columns[key] or True
                if self.is_hidden(source, key) or (source.open and self.dialect not in _CALLS_BY_DOT):
                    return True
        return False

    def place_of(self, source: Source, parts: list[exp.Identifier]) -> int:
        """How many of the leading parts name the source; 0 when they do not."""
        if source.key is None:
            return 0
        if source.key == self.table_name(parts[0]):
            return 1
        table = source.table
        if table is None or len(parts) < 3 or source.key != self.table_name(parts[1]):
            return 0
        return 2 if table_key(table.schema, quoted=True, dialect=self.dialect) == self.table_name(parts[0]) else 0

    def unqualified(self, parts: list[exp.Identifier], scope: Scope) -> Origin | bool:
        """A column of any source, an alias, a whole row; more parts are the fields of a struct."""
        if len(parts) > 1 and self.dialect in _CALLS_BY_DOT:
            return False
        key, row = self.column_name(parts[0]), self.table_name(parts[0])
        explained = False
        for each in scope.chain():
            for source in each.sources:
                if key in source.columns:
                    return source.columns[key] or True
                explained |= source.open or source.key == row or self.is_hidden(source, key)
            if explained or key in each.aliases:
                return True
        return False

    def is_hidden(self, source: Source, key: str) -> bool:
        """Columns that every table has, such as `rowid`, where the dialect's list has them."""
        return source.table is not None and key.lower() in self.allowed.columns

    def is_visible(self, table: exp.Expr, scope: Scope) -> bool:
        key = self.table_name(table)
        return any(
            source.key == key or column_key(key, quoted=True, dialect=self.dialect) in source.columns
            for each in scope.chain()
            for source in each.sources
        )

    def visible_columns(self, node: exp.Column, scope: Scope) -> list[str]:
        wanted = node.args.get("table")
        sources = [source for each in scope.chain() for source in each.sources]
        if wanted is not None:
            key = self.table_name(wanted)
            own = [source for source in sources if source.key == key]
            if not own:
                return self.visible_sources(scope)
            sources = own
        return [origin.column if origin else key for source in sources for key, origin in source.columns.items()]

    def visible_sources(self, scope: Scope) -> list[str]:
        return [source.key for each in scope.chain() for source in each.sources if source.key]

    # Names.

    def alias_of(self, node: exp.Expr) -> tuple[str | None, tuple[str, ...]]:
        alias = node.args.get("alias")
        if isinstance(alias, exp.Identifier):
            return self.table_name(alias), ()
        if not isinstance(alias, exp.TableAlias):
            return None, ()
        columns = tuple(self.column_name(name) for name in _column_names(alias))
        own = alias.args.get("this")
        if isinstance(own, exp.Identifier):
            return self.table_name(own), columns
        # BigQuery's `UNNEST(x) AS tag` names the only column, which can be used like a table too.
        return (columns[0] if columns else None), columns

    def table_name(self, node: exp.Expr) -> str:
        return table_key(node.name, quoted=bool(node.args.get("quoted")), dialect=self.dialect)

    def column_name(self, node: exp.Expr) -> str:
        return column_key(node.name, quoted=bool(node.args.get("quoted")), dialect=self.dialect)

    def stored_column(self, name: str) -> str:
        return column_key(name, quoted=True, dialect=self.dialect)


def _column_names(alias: exp.TableAlias) -> Iterator[exp.Identifier]:
    for column in alias.args.get("columns") or []:
        name = column.this if isinstance(column, exp.ColumnDef) else column
        if isinstance(name, exp.Identifier):
            yield name


def _bare(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Column) else node


def _named(node: exp.Expr) -> bool:
    return isinstance(node, (exp.Identifier, exp.Column))


def _pivots(node: exp.Expr) -> bool:
    return bool(node.args.get("pivots"))


def _called(node: exp.Expr) -> str:
    inner = node
    while isinstance(inner, (exp.Table, exp.Lateral, exp.TableFromRows)) and isinstance(inner.this, exp.Expr):
        inner = inner.this
    if isinstance(inner, exp.Anonymous):
        return inner.name.lower()
    return inner.sql_name().lower() if isinstance(inner, exp.Func) else ""


def _clauses(node: exp.Expr) -> Iterator[exp.Expr]:
    """Everything of a query but its sources, its common table expressions and its operands."""
    for part, value in node.args.items():
        if part in ("with_", "from_", "joins", "laterals", "this", "expression", "alias"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                yield child


def _merged(sources: Iterable[Source], *, open_too: bool) -> Source:
    columns: dict[str, Origin | None] = {}
    for source in sources:
        columns |= source.columns
        open_too |= source.open
    return Source(None, columns, open=open_too)
