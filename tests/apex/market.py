"""A small market that exists alike in every engine: its catalog, its rows, and the statements that make it."""

from collections.abc import Iterator, Mapping, Sequence

from core.catalog import Catalog, Column, ForeignKey, Table, TableName

SCHEMA = "main"

Cell = str | int | float | None

_TYPES: Mapping[str, Mapping[str, str]] = {
    "int": {"clickhouse": "Int64", "": "INTEGER"},
    "text": {"clickhouse": "String", "mysql": "VARCHAR(80) COLLATE utf8mb4_bin", "": "VARCHAR(80)"},
    "money": {"clickhouse": "Decimal(12, 2)", "": "DECIMAL(12, 2)"},
    "date": {"clickhouse": "Date", "": "DATE"},
    "moment": {"clickhouse": "DateTime", "mysql": "DATETIME", "": "TIMESTAMP"},
}

_TABLES: Mapping[str, Sequence[str]] = {
    "customers": ("id int", "name text", "country text?", "joined date", "referred_by int?"),
    "products": ("id int", "title text", "category text", "price money"),
    "tags": ("id int", "label text"),
    "product_tags": ("product_id int", "tag_id int"),
    "orders": ("id int", "customer_id int", "status text", "total money?", "ordered_at moment"),
    "order_items": ("order_id int", "line int", "product_id int", "quantity int"),
    "tickets": ("id int", "customer_id int", "subject text", "minutes int?", "opened date"),
    "ports": ("code text", "city text"),
    "flights": ("number int", "origin text", "target text", "seats int"),
    "Gift Cards": ("id int", "Amount money", "group text"),
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "product_tags": ("product_id", "tag_id"),
    "order_items": ("order_id", "line"),
    "ports": ("code",),
    "flights": ("number",),
}
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "customers": {"referred_by": "customers.id"},
    "product_tags": {"product_id": "products.id", "tag_id": "tags.id"},
    "orders": {"customer_id": "customers.id"},
    "order_items": {"order_id": "orders.id", "product_id": "products.id"},
    "tickets": {"customer_id": "customers.id"},
    "flights": {"origin": "ports.code", "target": "ports.code"},
}

ROWS: Mapping[str, Sequence[tuple[Cell, ...]]] = {
    "customers": (
        (1, "Ada", "UK", "2023-01-15", None),
        (2, "Grace", "US", "2023-03-01", 1),
        (3, "Linus", "FI", "2024-02-29", 1),
        (4, "Margaret", "US", "2024-07-04", 2),
        (5, "Edsger", None, "2025-01-01", None),
    ),
    "products": (
        (1, "Lamp", "home", "19.90"),
        (2, "Desk", "office", "250.00"),
        (3, "Chair", "office", "99.50"),
        (4, "100% wool_rug", "home", "75.00"),
    ),
    "tags": ((1, "new"), (2, "sale"), (3, "unused")),
    "product_tags": ((1, 1), (1, 2), (2, 1), (3, 2)),
    "orders": (
        (1, 1, "paid", "269.90", "2024-12-30 09:00:00"),
        (2, 1, "paid", "19.90", "2025-01-05 23:59:59"),
        (3, 2, "open", "99.50", "2025-01-06 00:00:00"),
        (4, 2, "paid", "349.50", "2025-02-28 12:30:00"),
        (5, 3, "paid", None, "2025-03-31 23:30:00"),
        (6, 4, "cancelled", "75.00", "2025-04-01 00:00:00"),
        (7, 1, "open", "0.10", "2025-07-13 18:00:00"),
    ),
    "order_items": (
        (1, 1, 1, 1),
        (1, 2, 2, 1),
        (2, 1, 1, 1),
        (3, 1, 3, 1),
        (4, 1, 2, 1),
        (4, 2, 3, 1),
        (5, 1, 1, 3),
        (6, 1, 4, 1),
        (7, 1, 3, 2),
    ),
    "tickets": (
        (1, 1, "Broken lamp", 30, "2025-01-10"),
        (2, 1, "Refund", None, "2025-02-10"),
        (3, 2, "Late", 15, "2025-02-11"),
        (4, 5, "Question", 5, "2025-03-01"),
    ),
    "ports": (("LHR", "London"), ("JFK", "New York"), ("HEL", "Helsinki")),
    "flights": ((1, "LHR", "JFK", 300), (2, "JFK", "LHR", 280), (3, "LHR", "HEL", 120)),
    "Gift Cards": ((1, "10.00", "a"), (2, "25.00", "b"), (3, "5.00", "a")),
}


def market(dialect: str) -> Catalog:
    """The catalog, with keys whether the engine knows them or not."""
    return Catalog(dialect=dialect, tables=tuple(_table(name, dialect) for name in _TABLES), search_path=(SCHEMA,))


def script(dialect: str) -> list[str]:
    """The statements that make the market in an engine."""
    return [each for name in _TABLES for each in (_created(name, dialect), *_filled(name, dialect))]


def _columns(name: str) -> Iterator[tuple[str, str, bool]]:
    for each in _TABLES[name]:
        column, kind = each.split(" ")
        yield column, kind.rstrip("?"), kind.endswith("?")


def _type(kind: str, dialect: str) -> str:
    return _TYPES[kind].get(dialect, _TYPES[kind][""])


def _table(name: str, dialect: str) -> Table:
    columns = tuple(Column(column, _type(kind, dialect), nullable) for column, kind, nullable in _columns(name))
    keys = tuple(
        ForeignKey((column,), TableName(SCHEMA, target.split(".")[0]), (target.split(".")[1],))
        for column, target in _REFERENCES.get(name, {}).items()
    )
    return Table(SCHEMA, name, columns, primary_key=_KEYS.get(name, ("id",)), foreign_keys=keys)


def _quoted(name: str, dialect: str) -> str:
    return f"`{name}`" if dialect in ("mysql", "clickhouse") else f'"{name}"'


def _created(name: str, dialect: str) -> str:
    columns = [
        f"{_quoted(column, dialect)} {_declared(kind, nullable, dialect)}" for column, kind, nullable in _columns(name)
    ]
    tail = " ENGINE = MergeTree ORDER BY tuple()" if dialect == "clickhouse" else ""
    return f"CREATE TABLE {_quoted(name, dialect)} ({', '.join(columns)}){tail}"


def _declared(kind: str, nullable: bool, dialect: str) -> str:
    written = _type(kind, dialect)
    if dialect == "clickhouse":
        return f"Nullable({written})" if nullable else written
    return written if nullable else f"{written} NOT NULL"


def _filled(name: str, dialect: str) -> Iterator[str]:
    kinds = [kind for _, kind, _ in _columns(name)]
    for row in ROWS[name]:
        cells = [_literal(cell, kind) for cell, kind in zip(row, kinds, strict=True)]
        yield f"INSERT INTO {_quoted(name, dialect)} VALUES ({', '.join(cells)})"


def _literal(cell: Cell, kind: str) -> str:
    if cell is None:
        return "NULL"
    return str(cell) if kind in ("int", "money") else f"'{cell}'"
