"""A bare name means the table that the database looks up first."""

from dataclasses import replace

from apex.reading.engine import read
from apex.reading.library import library_of
from core.catalog import Catalog, Column, Table
from core.profile import Profile

ORDERS = Table("public", "orders", (Column("id", "int", False), Column("total", "numeric")), primary_key=("id",))


def test_a_table_of_the_same_name_elsewhere_is_not_meant() -> None:
    archived = replace(ORDERS, schema="archive")
    library = library_of(Catalog("postgres", (archived, ORDERS), ("public",)), Profile())
    reading = read("What is the average total of orders?", library)
    assert reading.settled
    assert reading.settled.compilation.sql == "SELECT AVG(total) AS average_total FROM orders"


def test_a_table_that_only_another_schema_has_is_found() -> None:
    library = library_of(Catalog("postgres", (replace(ORDERS, schema="sales"),), ("public",)), Profile())
    reading = read("What is the average total of orders?", library)
    assert reading.settled
    assert reading.settled.compilation.sql == "SELECT AVG(total) AS average_total FROM sales.orders"
