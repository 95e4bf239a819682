"""The public databases, merged: every one a schema, with its values and the questions about it."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from sqlglot import ErrorLevel, exp, parse_one
from sqlglot.errors import SqlglotError

from connectors.registry import open_connector
from core.catalog import Catalog, Table, TableName
from core.errors import StatementError
from core.ports import Connector
from core.profile import ColumnValues
from core.values import Limits
from sql.names import quote

SETS = ("spider_train", "spider_dev", "spider_realistic", "spider_dk", "kaggledbqa", "classic", "archer_en_dev")
FAMILIES = ("spider", "spider_dk", "classic", "kaggledbqa")
FILLED_WITH = "ambrosia"
TABLES = 900
"""So many tables are merged: all families, filled up with databases that are much alike."""

VALUES = 500
TEXTUAL = ("char", "text", "clob")


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the database it was asked of, and the tables (schema and name, folded) of the right statement."""

    question: str
    database: str
    tables: frozenset[tuple[str, str]]

    @property
    def held_out(self) -> bool:
        """Whether its database was never looked at while tuning: half of them, by a hash of their names."""
        return digest(self.database) % 2 == 1


@dataclass(frozen=True)
class Public:
    """What was read."""

    catalogs: Mapping[str, Catalog]
    values: Mapping[str, Sequence[ColumnValues]]
    cases: Sequence[Case]
    urls: Mapping[str, str]

    def merged(self) -> Catalog:
        """One catalog in which each database is a schema."""
        tables = [_moved(table, name) for name, catalog in self.catalogs.items() for table in catalog.tables]
        return Catalog("sqlite", tuple(tables), ())

    def merged_values(self) -> list[ColumnValues]:
        """The values of all databases, in the merged catalog."""
        return [
            replace(each, table=TableName(name, each.table.name)) for name, some in self.values.items() for each in some
        ]


def digest(text: str) -> int:
    """A number that is the same everywhere."""
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")


async def read(root: Path, *, families: Sequence[str] = (*FAMILIES, FILLED_WITH)) -> Public:
    """Read databases and questions below `root`."""
    paths = {path: name for path, name in _named(root) if path.parts[1] in families}
    catalogs: dict[str, Catalog] = {}
    values: dict[str, list[ColumnValues]] = {}
    urls: dict[str, str] = {}
    for path, name in paths.items():
        if path.parts[1] == FILLED_WITH and sum(len(each.tables) for each in catalogs.values()) >= TABLES:
            continue
        urls[name] = f"sqlite:///{(root / path).absolute()}"
        connector = await open_connector(urls[name], limits=Limits())
        try:
            catalogs[name] = await connector.catalog()
            values[name] = [each async for each in _values(connector, catalogs[name])]
        finally:
            await connector.close()
    names = {str(path): name for path, name in paths.items()}
    return Public(catalogs, values, list(_cases(root, names, catalogs)), urls)


def _named(root: Path) -> Iterable[tuple[Path, str]]:
    """Every database with a name of its own; the families first, then what fills up, in an order of its own."""
    taken: set[str] = set()
    for family in FAMILIES:
        for path in sorted((root / "databases" / family).rglob("*.sqlite")):
            name = path.stem.removesuffix("_ts0")
            name = f"{family}_{name}" if name in taken else name
            taken.add(name)
            yield path.relative_to(root), name
    rest = (root / "databases" / FILLED_WITH).glob("*.sqlite")
    yield from ((path.relative_to(root), path.stem) for path in sorted(rest, key=lambda path: digest(path.stem)))


async def _values(connector: Connector, catalog: Catalog) -> AsyncIterator[ColumnValues]:
    for table in catalog.tables:
        for column in table.columns:
            if not any(each in column.type.lower() for each in TEXTUAL):
                continue
            name, place = quote(column.name, "sqlite"), quote(table.name, "sqlite")
            sql = f"SELECT DISTINCT {name} FROM {place} WHERE {name} IS NOT NULL LIMIT {VALUES}"
            try:
                rows = (await connector.run(sql, limits=Limits(rows=VALUES))).rows
            except StatementError:
                continue
            yield ColumnValues(table.full_name, column.name, tuple(str(row[0]) for row in rows))


def _cases(root: Path, names: Mapping[str, str], catalogs: Mapping[str, Catalog]) -> Iterable[Case]:
    known = {(name, each.name.lower()) for name, catalog in catalogs.items() for each in catalog.tables}
    for chosen in SETS:
        for line in (root / "sets" / f"{chosen}.jsonl").read_text().splitlines():
            case = json.loads(line)
            name = names.get(case["db_path"])
            tables = frozenset((name or "", table) for table in _tables_of(case["gold_sql"]))
            if name and tables and tables <= known:
                yield Case(case["question"], name, tables)


def _tables_of(sql: str) -> set[str]:
    try:
        tree = parse_one(sql, dialect="sqlite", error_level=ErrorLevel.IGNORE)
    except SqlglotError:
        return set()
    named = {each.alias_or_name.lower() for each in tree.find_all(exp.CTE)}
    return {each.name.lower() for each in tree.find_all(exp.Table)} - named


def _moved(table: Table, schema: str) -> Table:
    keys = tuple(replace(key, table=TableName(schema, key.table.name)) for key in table.foreign_keys)
    return replace(table, schema=schema, foreign_keys=keys)
