"""A catalog finds tables as people name them, and its fingerprints follow the shape alone."""

from dataclasses import replace

from core.catalog import Catalog, Column, ForeignKey, Table, TableName

ORDERS = Table(schema="public", name="orders", columns=(Column("id", "int"), Column("Total", "numeric")))
OTHER = Table(schema="archive", name="Orders", columns=(Column("id", "int"),))
ITEMS = Table(
    schema="public",
    name="items",
    columns=(Column("order_id", "int"),),
    foreign_keys=(ForeignKey(("order_id",), TableName("public", "orders"), ("id",)),),
)
CATALOG = Catalog(dialect="postgres", tables=(OTHER, ORDERS, ITEMS), search_path=("public",))


def test_candidates_ignore_case_and_put_the_search_path_first() -> None:
    assert CATALOG.candidates("ORDERS") == (ORDERS, OTHER)
    assert CATALOG.candidates("orders", schema="Archive") == (OTHER,)
    assert CATALOG.candidates("nothing") == ()


def test_a_column_is_found_by_exact_name_before_its_folded_one() -> None:
    table = Table(schema="s", name="t", columns=(Column("A", "int"), Column("a", "int"), Column("B", "int")))
    assert table.column("a") == Column("a", "int")
    assert table.column("b") == Column("B", "int")
    assert replace(table, columns=(Column("A", "int"), Column("a", "text"))).column("Aa") is None


def test_an_ambiguous_folded_name_finds_nothing() -> None:
    table = Table(schema="s", name="t", columns=(Column("Ab", "int"), Column("aB", "int")))
    assert table.column("AB") is None


def test_a_fingerprint_follows_the_shape_and_not_the_statistics() -> None:
    assert replace(ORDERS, row_estimate=5, bytes=9).fingerprint() == ORDERS.fingerprint()
    assert replace(ORDERS, columns=ORDERS.columns[:1]).fingerprint() != ORDERS.fingerprint()
    assert replace(ORDERS, comment="Sales").fingerprint() != ORDERS.fingerprint()


def test_a_catalog_fingerprint_does_not_depend_on_order() -> None:
    assert replace(CATALOG, tables=(ITEMS, ORDERS, OTHER)).fingerprint == CATALOG.fingerprint
    assert replace(CATALOG, tables=(ITEMS, ORDERS)).fingerprint != CATALOG.fingerprint


def test_incoming_keys_are_known() -> None:
    assert CATALOG.referenced_by[ORDERS.full_name] == ((ITEMS, ITEMS.foreign_keys[0]),)
