"""A small shop as a catalog: two schemas, odd names, comments, keys over several hops."""

import pytest

from core.catalog import Catalog, Column, ForeignKey, Table, TableName


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files of tests/apex anew")


def shop(dialect: str = "postgres") -> Catalog:
    """The catalog in one dialect."""
    return Catalog(
        dialect=dialect,
        tables=TABLES,
        search_path=("public",),
        hidden=(TableName("hr", "salaries"),),
        engine="PostgreSQL 18.1",
    )


@pytest.fixture
def catalog() -> Catalog:
    return shop()


def _key(column: str, table: str, schema: str = "public") -> ForeignKey:
    return ForeignKey((column,), TableName(schema, table), ("id",))


TABLES = (
    Table(
        "public",
        "customers",
        (
            Column("id", "integer", False, "nextval('customers_id_seq')"),
            Column("name", "text", False, None, "Full name, as on the contract"),
            Column("email", "text"),
            Column("country", "text"),
            Column("status", "text", False, "'new'"),
            Column("created_at", "timestamp with time zone", False, "now()"),
        ),
        primary_key=("id",),
        unique_keys=(("email",),),
        comment="People who have signed up",
        row_estimate=1200,
        bytes=262144,
    ),
    Table(
        "public",
        "orders",
        (
            Column("id", "integer", False),
            Column("customer_id", "integer", False),
            Column("status", "text", False, "'open'"),
            Column("total", "numeric(12,2)", True, None, "Gross total in euros"),
            Column("ordered_at", "timestamp with time zone"),
        ),
        primary_key=("id",),
        foreign_keys=(_key("customer_id", "customers"),),
        row_estimate=5400,
        bytes=1048576,
    ),
    Table(
        "public",
        "order_items",
        (
            Column("order_id", "integer", False),
            Column("line", "integer", False),
            Column("product_id", "integer"),
            Column("quantity", "integer"),
        ),
        primary_key=("order_id", "line"),
        foreign_keys=(_key("order_id", "orders"), _key("product_id", "products")),
        row_estimate=20000,
        bytes=4194304,
    ),
    Table(
        "public",
        "products",
        (Column("id", "integer", False), Column("title", "text"), Column("price", "numeric(12,2)")),
        primary_key=("id",),
        row_estimate=80,
        bytes=16384,
    ),
    Table(
        "public", "Gift Cards", (Column("id", "integer", False), Column("Amount", "money")), row_estimate=0, bytes=8192
    ),
    Table("public", "active_customers", (Column("id", "integer"), Column("name", "text")), kind="view", row_estimate=0),
    Table(
        "sales",
        "accounts",
        (Column("id", "integer", False), Column("owner", "text")),
        primary_key=("id",),
        row_estimate=10,
        bytes=8192,
    ),
    Table(
        "crm",
        "accounts",
        (Column("id", "integer", False), Column("stage", "text")),
        primary_key=("id",),
        row_estimate=20,
        bytes=8192,
    ),
)
