from dataclasses import replace

import pytest

from apex.names import Names, is_plural, key_of, names_of
from core.catalog import Catalog


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("order_items", "order item"), ("OrderItems", "ORDER_ITEM"), ("orderItems", "order-items"), ("city", "Cities"),
        ("movie", "movies"), ("house", "houses"), ("status", "statuses"), ("address", "addresses"), ("box", "boxes"),
        ("branch", "branches"), ("person", "people"), ("child", "children"), ("analysis", "analyses"), ("bus", "buses"),
        ("Kunde", "kunde"), ("HTTPLogs", "http_log"), ("Straße", "strasse"), ("größe", "Größe"), ("кошка", "КОШКА"),
    ],
)  # fmt: skip
def test_names_that_people_take_for_the_same_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("order", "orders_2"), ("customer", "custom"), ("news", "newest"), ("", "a")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_what_is_written_as_several_is_told_from_what_only_ends_so() -> None:
    assert all(map(is_plural, ("courses", "cities", "people", "houses", "children")))
    assert not any(map(is_plural, ("course", "house", "status", "address", "analysis", "person", "age")))


def test_the_index_is_built_once_per_catalog(catalog: Catalog) -> None:
    assert names_of(catalog) is names_of(catalog)
    assert names_of(replace(catalog)) is not names_of(catalog)


def test_close_names_come_best_first(catalog: Catalog) -> None:
    names = Names(catalog)
    assert names.close_tables("ordr_itms")[0][0].name == "order_items"
    assert names.close_columns("quantty")[0][0] == "quantity"
    assert names.close_tables("!!!") == []


def test_tables_are_found_by_the_words_of_their_names(catalog: Catalog) -> None:
    assert [table.name for table in Names(catalog).tables_with_words("gift")] == ["Gift Cards"]
    assert [table.name for table in Names(catalog).tables_with_words("active customers")] == ["active_customers"]
    assert Names(catalog).tables_with_words("unicorn") == ()
