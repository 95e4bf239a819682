"""A file of CREATE statements as a catalog, so that statements can be checked without a database."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from core.catalog import Catalog, Column, ForeignKey, Table, TableKind, TableName
from core.errors import UserError
from sql.dialects import known_dialect
from sql.names import folded
from sql.tree import has, part, parts

_DEFAULT_SCHEMA = {
    "postgres": "public",
    "redshift": "public",
    "snowflake": "PUBLIC",
    "duckdb": "main",
    "sqlite": "main",
    "clickhouse": "default",
    "mysql": "default",
    "trino": "default",
    "tsql": "dbo",
    "bigquery": "ds",
}
"""Where a table stands when no schema is named. BigQuery has no such place: here, dataset `ds` of project `p`."""

_DEFAULT_DATABASE = {"bigquery": "p"}


def catalog_of(text: str, *, dialect: str, read_as: str | None = None) -> Catalog:
    """The tables and views that `text` creates; everything else in it is ignored.

    `read_as` is the dialect of the database that the catalog stands for, when the file is written in another one:
    bare names fold as they would there. Raises UserError where the file cannot be read.
    """
    written_in, dialect = known_dialect(dialect), known_dialect(read_as or dialect)
    reader = _Reader(dialect)
    for tree in _definitions(text, written_in):
        reader.read(tree)
    default = _DEFAULT_SCHEMA[dialect]
    schemas = dict.fromkeys(table.schema for table in reader.tables.values())
    path = (default, *(schema for schema in schemas if schema != default and len(schemas) == 1))
    database = _DEFAULT_DATABASE.get(dialect)
    return Catalog(
        dialect=dialect,
        tables=tuple(reader.tables.values()),
        search_path=path,
        extra={"database": database} if database else {},
    )


def _definitions(text: str, dialect: str) -> Iterator[exp.Expr | None]:
    """The trees of the statements that define or describe tables and views."""
    engine = Dialect.get_or_raise(dialect)
    try:
        for tokens in _statements(engine.tokenize(text)):
            opening = [token.text.upper() for token in tokens[:6]]
            if opening[:1] == ["COMMENT"] or (opening[:1] == ["CREATE"] and {"TABLE", "VIEW"} & {*opening}):
                yield from engine.parser().parse(tokens, text)
    except (SqlglotError, RecursionError) as error:
        said = str(error).split("\n")[0]
        raise UserError(f"The schema file is not valid {dialect}: {said}", hint="Write CREATE statements.") from error


def _statements(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    statement: list[Token] = []
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            yield statement
            statement = []
        else:
            statement.append(token)
    yield statement


class _Reader:
    """Gathers tables in the order of the file, since a view may select from an earlier table."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.tables: dict[TableName, Table] = {}

    def read(self, tree: exp.Expr | None) -> None:
        if isinstance(tree, exp.Create) and str(tree.args.get("kind", "")).upper() in ("TABLE", "VIEW"):
            table = self.created(tree)
            if table is not None:
                self.tables[table.full_name] = table
        elif isinstance(tree, exp.Comment):
            self.comment(tree)

    def created(self, tree: exp.Create) -> Table | None:
        target = tree.this
        named = target.this if isinstance(target, exp.Schema) else target
        if not isinstance(named, exp.Table) or not named.name:
            return None
        place = self.place(named)
        kind: TableKind = "view" if str(tree.args["kind"]).upper() == "VIEW" else "table"
        definitions = list(target.expressions) if isinstance(target, exp.Schema) else []
        columns = tuple(self.columns(definitions)) or tuple(self.selected(tree.args.get("expression")))
        return Table(
            schema=place.schema,
            name=place.name,
            columns=columns,
            kind=kind,
            primary_key=self.primary_key(definitions),
            foreign_keys=tuple(self.foreign_keys(definitions)),
            comment=_comment_among(tree.args.get("properties")),
        )

    def place(self, table: exp.Table) -> TableName:
        schema = self.name(table.args["db"]) if table.args.get("db") else _DEFAULT_SCHEMA[self.dialect]
        return TableName(schema, self.name(table.this))

    def name(self, node: exp.Expr) -> str:
        return node.name if node.args.get("quoted") else folded(node.name, self.dialect)

    def columns(self, definitions: Sequence[exp.Expr]) -> Iterator[Column]:
        for each in definitions:
            if isinstance(each, exp.ColumnDef):
                yield self.column(each)
            elif isinstance(each, exp.Identifier):
                yield Column(name=self.name(each), type="")

    def column(self, node: exp.ColumnDef) -> Column:
        notes = {type(kind): kind for note in parts(node, "constraints") if (kind := part(note, "kind"))}
        kind, not_null = part(node, "kind"), notes.get(exp.NotNullColumnConstraint)
        default, comment = notes.get(exp.DefaultColumnConstraint), notes.get(exp.CommentColumnConstraint)
        never_null = not_null is not None and not has(not_null, "allow_null")
        return Column(
            name=self.name(node.this),
            type=kind.sql(self.dialect).lower() if kind else "",
            nullable=not never_null and exp.PrimaryKeyColumnConstraint not in notes,
            default=default.this.sql(self.dialect) if default else None,
            comment=comment.name if comment else None,
        )

    def selected(self, query: exp.Expr | None) -> Iterator[Column]:
        """The columns of a view or of CREATE TABLE AS, taken from its select list and the tables before it."""
        if not isinstance(query, exp.Query):
            return
        sources = [self.tables.get(self.place(each)) for each in query.find_all(exp.Table)]
        known = {column.name: column for table in sources if table for column in table.columns}
        for each in query.selects:
            if each.is_star:
                yield from known.values()
            elif name := each.alias_or_name:
                like = known.get(each.unalias().name)
                stored = name if each.args.get("quoted") else folded(name, self.dialect)
                yield Column(name=stored, type=like.type if like else "")

    def primary_key(self, definitions: Sequence[exp.Expr]) -> tuple[str, ...]:
        for each in definitions:
            if key := each if isinstance(each, exp.PrimaryKey) else each.find(exp.PrimaryKey):
                return tuple(self.name(part) for part in key.expressions)
        return tuple(
            self.name(each.this)
            for each in definitions
            if isinstance(each, exp.ColumnDef) and each.find(exp.PrimaryKeyColumnConstraint)
        )

    def foreign_keys(self, definitions: Sequence[exp.Expr]) -> Iterator[ForeignKey]:
        for each in definitions:
            reference = each.find(exp.Reference)
            if reference is None:
                continue
            key = each if isinstance(each, exp.ForeignKey) else each.find(exp.ForeignKey)
            own = list(key.expressions) if key else [each.this]
            target = reference.this
            table = self.place(target.this if isinstance(target, exp.Schema) else target)
            columns = [self.name(part) for part in target.expressions] if isinstance(target, exp.Schema) else []
            implied = self.tables[table].primary_key if table in self.tables else ()
            yield ForeignKey(tuple(self.name(part) for part in own), table, tuple(columns) or implied)

    def comment(self, tree: exp.Comment) -> None:
        """COMMENT ON TABLE and COMMENT ON COLUMN of a table of the file."""
        text = tree.expression.name
        if isinstance(tree.this, exp.Table):
            place = self.place(tree.this)
            if table := self.tables.get(place):
                self.tables[place] = replace(table, comment=text)
        elif isinstance(tree.this, exp.Column) and tree.this.args.get("table"):
            schema = self.name(tree.this.args["db"]) if tree.this.args.get("db") else _DEFAULT_SCHEMA[self.dialect]
            place, name = TableName(schema, self.name(tree.this.args["table"])), self.name(tree.this.this)
            if table := self.tables.get(place):
                columns = (replace(each, comment=text) if each.name == name else each for each in table.columns)
                self.tables[place] = replace(table, columns=tuple(columns))


def _comment_among(properties: exp.Expr | None) -> str | None:
    """MySQL and ClickHouse write a table's comment behind its columns."""
    found = properties.find(exp.SchemaCommentProperty) if properties else None
    return found.name if found else None
