"""Which tables and columns of a catalog a DataPoint rests on, and which of them are not there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from core.catalog import Catalog, Table, TableName
from core.yaml_file import KeyPath
from datapoints.fact import Fact
from datapoints.parts.rests import Fragment, Named
from datapoints.parts.templates import filled
from sql.names import qualified
from sql.parse import Parsed, parse
from sql.resolve import resolve
from sql.tables import similar_names

UNBOUND = "postgres"
"""The dialect in which SQL is read where no database says otherwise."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there, or cannot be read, at `keys` of the file."""

    keys: KeyPath
    message: str
    hint: str = ""
    rule: str = "unknown_name"


@dataclass(slots=True)
class Bound:
    """What it rests on; columns that are only reached through `*` are not listed."""

    tables: set[TableName] = field(default_factory=set[TableName])
    columns: set[tuple[TableName, str]] = field(default_factory=set[tuple[TableName, str]])
    missing: list[Missing] = field(default_factory=list[Missing])


def bind(datapoint: Fact, catalog: Catalog | None) -> Bound:
    """Everything that the DataPoint names, looked up; without a catalog, its SQL is only read."""
    bound = Bound()
    for rest in datapoint.rests_on():
        if isinstance(rest, Fragment):
            _bind_fragment(rest, catalog, bound)
        elif catalog:
            _bind_named(rest, catalog, bound)
    return bound


def table_of(name: str, catalog: Catalog) -> Table | None:
    """The table that a file calls `name`: `orders`, or `sales.orders`, as stored or in any letter case."""
    if name in catalog.by_text:
        return catalog.by_text[name]
    schema, _, bare = name.rpartition(".")
    found = catalog.candidates(bare, schema or None) or (catalog.candidates(name) if schema else ())
    return next((each for each in found if each.name == bare and each.schema in catalog.search_path), None) or next(
        iter(found), None
    )


def _bind_named(named: Named, catalog: Catalog, bound: Bound) -> None:
    table = table_of(named.table, catalog)
    if table is None:
        bound.missing.append(
            Missing(named.keys, f"there is no table `{named.table}`", _near_table(named.table, catalog))
        )
        return
    bound.tables.add(table.full_name)
    if named.column is None:
        return
    column = table.column(named.column)
    if column:
        bound.columns.add((table.full_name, column.name))
    else:
        message = f"the table `{named.table}` has no column `{named.column}`"
        bound.missing.append(Missing(named.keys, message, _near(named.column, [each.name for each in table.columns])))


def _bind_fragment(fragment: Fragment, catalog: Catalog | None, bound: Bound) -> None:
    dialect = catalog.dialect if catalog else UNBOUND
    foreign = fragment.dialect is not None and fragment.dialect != dialect
    parsed = _parsed(fragment, catalog, fragment.dialect or dialect)
    if not isinstance(parsed, Parsed):
        bound.missing += [Missing(fragment.keys, *each, rule="unreadable_sql") for each in parsed]
    elif catalog and not foreign and all(table_of(name, catalog) for name in fragment.tables):
        _bind_statement(parsed, fragment.keys, catalog, bound)


def _parsed(fragment: Fragment, catalog: Catalog | None, dialect: str) -> Parsed | list[tuple[str, str]]:
    """The fragment as a statement of its own, or why it is none."""
    text = filled(fragment.text, fragment.parameters)
    if fragment.form == "query":
        read = parse(text, dialect=dialect)
    else:
        read = parse(_standing(text, fragment, [], dialect), dialect=dialect)
        if catalog and isinstance(read, Parsed):
            sources = [*_sources(fragment.tables, read, catalog)]
            read = parse(_standing(text, fragment, sources, dialect), dialect=dialect)
    if isinstance(read, Parsed):
        return read
    return [(each.message.rstrip("."), each.hint) for each in read]


def _standing(text: str, fragment: Fragment, sources: Sequence[TableName], dialect: str) -> str:
    """An expression or condition with a query around it."""
    tables = " CROSS JOIN ".join(qualified(each, dialect) for each in sources)
    origin = f" FROM {tables}" if tables else ""
    return f"SELECT {text}{origin}" if fragment.form == "expression" else f"SELECT 1{origin} WHERE ({text}\n)"


def _sources(names: Sequence[str], read: Parsed, catalog: Catalog) -> Iterator[TableName]:
    """The fragment's tables, and those that it names before a dot."""
    tables = [table_of(name, catalog) for name in names]
    dotted = dict.fromkeys(node.table for node in read.nodes if isinstance(node, exp.Column) and node.table)
    tables += [table_of(name, catalog) for name in dotted]
    yield from dict.fromkeys(table.full_name for table in tables if table)


def _bind_statement(parsed: Parsed, keys: KeyPath, catalog: Catalog, bound: Bound) -> None:
    names = resolve(parsed, catalog)
    bound.tables |= {each.table.full_name for each in names.tables}
    bound.columns |= {(each.table, each.column) for each in names.columns}
    for node in names.unknown_tables:
        name = node.sql(parsed.dialect, comments=False)
        bound.missing.append(Missing(keys, f"there is no table `{name}`", _near_table(name, catalog)))
    for unknown in names.unknown_columns:
        name = unknown.node.sql(parsed.dialect, comments=False)
        bound.missing.append(Missing(keys, f"there is no column `{name}`", _near(unknown.node.name, unknown.possible)))


def _near_table(name: str, catalog: Catalog) -> str:
    return _near(name.rpartition(".")[2], [table.name for table in catalog.tables])


def _near(name: str, known: Sequence[str]) -> str:
    similar = similar_names(name, dict.fromkeys(known), limit=1)
    return f"Did you mean `{similar[0]}`?" if similar else ""
