"""The catalog of ClickHouse in three statements. Both doors share it: HTTP servers and embedded chDB.

ClickHouse's primary key sorts, it does not identify: rows may share it. So it is no primary key here, except for those
engines in which it is one. There are no unique and no foreign keys. What the login may not read is not shown to it.
"""

from collections import defaultdict
from collections.abc import Sequence

from core.catalog import Catalog, Column, Table, TableKind, TableName
from core.values import Row

_OURS = "NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema')"
SERVER = "SELECT version(), currentDatabase()"
TABLES = (
    "SELECT database, name, engine, primary_key, comment, total_rows, total_bytes, as_select FROM system.tables"
    f" WHERE database {_OURS} AND NOT is_temporary AND NOT startsWith(name, '.inner') ORDER BY database, name"
)
COLUMNS = (
    "SELECT database, table, name, type, default_kind, default_expression, comment, is_in_primary_key"
    f" FROM system.columns WHERE database {_OURS} AND NOT startsWith(table, '.inner')"
    " ORDER BY database, table, position"
)
_IDENTIFYING = frozenset({"Dictionary", "EmbeddedRocksDB", "KeeperMap", "Redis"})
_VIEWS = frozenset({"View", "LiveView", "WindowView"})
_FOREIGN = frozenset(
    {
        "MySQL",
        "PostgreSQL",
        "MongoDB",
        "SQLite",
        "ODBC",
        "JDBC",
        "S3",
        "S3Queue",
        "AzureBlobStorage",
        "AzureQueue",
        "HDFS",
    }
    | {"URL", "File", "Hive", "Iceberg", "DeltaLake", "Hudi", "Kafka", "RabbitMQ", "NATS", "Redis", "Remote"}
)


def engine(version: str) -> str:
    """Engine and version for people."""
    return f"ClickHouse {version}"


def catalog(server: Row, table_rows: Sequence[Row], column_rows: Sequence[Row]) -> Catalog:
    """The catalog from the rows of the three statements."""
    columns: dict[TableName, list[Row]] = defaultdict(list)
    for row in column_rows:
        columns[TableName(str(row[0]), str(row[1]))].append(row[2:])
    version, database = (str(cell) for cell in server)
    return Catalog(
        dialect="clickhouse",
        tables=tuple(_table(row, columns[TableName(str(row[0]), str(row[1]))]) for row in table_rows),
        search_path=(database,),
        engine=engine(version),
    )


def _table(row: Row, columns: Sequence[Row]) -> Table:
    schema, name, engine, primary_key, comment, rows, size, definition = row
    key = tuple(str(column[0]) for column in columns if column[5]) if engine in _IDENTIFYING and primary_key else ()
    return Table(
        schema=str(schema),
        name=str(name),
        columns=tuple(_column(column) for column in columns),
        kind=_kind(str(engine)),
        primary_key=key,
        comment=str(comment) or None,
        row_estimate=None if rows is None else int(str(rows)),
        bytes=None if size is None else int(str(size)),
        definition=str(definition) or None,
    )


def _kind(engine: str) -> TableKind:
    if engine in _VIEWS:
        return "view"
    if engine == "MaterializedView":
        return "materialized view"
    return "foreign table" if engine in _FOREIGN else "table"


def _column(row: Row) -> Column:
    name, native, default_kind, default, comment, _ = (str(cell) for cell in row)
    return Column(
        name=name,
        type=native,
        nullable=native.startswith(("Nullable(", "LowCardinality(Nullable(", "Variant(", "Dynamic")),
        # MATERIALIZED and ALIAS columns are computed, which their text then tells.
        default=(default if default_kind == "DEFAULT" else f"{default_kind} {default}") if default_kind else None,
        comment=comment or None,
    )
