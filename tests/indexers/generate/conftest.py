"""A shop as it may be measured, without a database."""

import pytest

from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile

CUSTOMERS, ORDERS, TAGS = (TableName("public", name) for name in ("customers", "orders", "order_tags"))


@pytest.fixture
def catalog() -> Catalog:
    """Customers, their orders, and a table that only links."""
    return Catalog(
        "postgres",
        (
            Table(
                "public",
                "customers",
                (
                    Column("id", "integer"),
                    Column("name", "text"),
                    Column("email", "text"),
                    Column("segment", "text", comment="Who sells to them"),
                    Column("is_active", "boolean"),
                ),
                primary_key=("id",),
            ),
            Table(
                "public",
                "orders",
                (
                    Column("id", "integer"),
                    Column("customer_id", "integer"),
                    Column("total_amount", "numeric(12,2)"),
                    Column("unit_price", "numeric(12,2)"),
                    Column("placed_at", "timestamp"),
                    Column("updated_at", "timestamp"),
                    Column("year", "integer"),
                    Column("status", "text"),
                ),
                primary_key=("id",),
                foreign_keys=(ForeignKey(("customer_id",), CUSTOMERS, ("id",)),),
                comment="What customers bought",
            ),
            Table(
                "public",
                "order_tags",
                (Column("order_id", "integer"), Column("customer_id", "integer")),
                primary_key=("order_id", "customer_id"),
                foreign_keys=(
                    ForeignKey(("order_id",), ORDERS, ("id",)),
                    ForeignKey(("customer_id",), CUSTOMERS, ("id",)),
                ),
            ),
        ),
        ("public",),
    )


@pytest.fixture
def profile() -> Profile:
    """What was measured of them."""

    def number(name: str) -> ColumnProfile:
        return ColumnProfile(name, distinct=40, mean=1.0, minimum=0, maximum=9)

    customers = (
        number("id"),
        ColumnProfile("name", distinct=90),
        ColumnProfile("email", distinct=100, pii=True, patterns=("email",)),
        ColumnProfile("segment", distinct=3, top=(("retail", 60), ("trade", 40)), complete=True),
        ColumnProfile("is_active", distinct=2, top=((True, 70), (False, 30)), complete=True),
    )
    orders = (
        *map(number, ("id", "customer_id", "total_amount", "unit_price", "year")),
        ColumnProfile("placed_at", distinct=500, latest="2026-01-01T00:00:00"),
        ColumnProfile("updated_at", distinct=500, latest="2026-01-02T00:00:00"),
        ColumnProfile("status", distinct=4, top=(("paid", 300),)),
    )
    measured = (
        TableProfile(CUSTOMERS, 100, customers),
        TableProfile(ORDERS, 500, orders),
        TableProfile(TAGS, 50, (number("order_id"), number("customer_id"))),
    )
    return Profile({each.table: each for each in measured})
