"""What a catalog, views, relations and DataPoints tell of how things hang together."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from core.catalog import Catalog, TableName
from core.profile import Relation
from datapoints.fact import Fact
from datapoints.kinds import datapoint_of
from knowledge.links.building import links_of
from sql.ddl import catalog_of

DDL = """
CREATE TABLE customers (id int PRIMARY KEY, name text, country text);
CREATE TABLE transactions (id int, customer_id int REFERENCES customers, payer_id int REFERENCES customers,
    amount numeric, status text, "Booked At" date);
CREATE VIEW daily (day, revenue) AS SELECT "Booked At", sum(amount) FROM transactions WHERE status = 'ok' GROUP BY 1;
"""
DEFINITION = """SELECT "Booked At", sum(amount) AS sum FROM transactions WHERE status = 'ok' GROUP BY 1"""
PLAIN = catalog_of(DDL, dialect="postgres")
CATALOG = replace(
    PLAIN,
    tables=tuple(replace(each, definition=DEFINITION) if each.name == "daily" else each for each in PLAIN.tables),
)
T = "column:shop/public.transactions"


def fact(**body: JsonValue) -> Fact:
    return datapoint_of(body)


REVENUE = fact(
    id="revenue",
    kind="metric",
    owner="finance",
    execution={
        "type": "simple",
        "measure": {"aggregate": "sum", "expression": "amount", "table": "transactions"},
        "filter": ["status = 'ok'"],
        "time_column": "booked at",
    },
)
TEMPLATE = fact(
    id="by_country",
    kind="query",
    execution={
        "sql_template": "SELECT c.country, sum(t.amount) AS total FROM transactions t JOIN customers c "
        "ON c.id = t.customer_id WHERE t.status = {status} GROUP BY 1",
        "parameters": {"status": {"type": "string"}},
        "backend_variants": {"clickhouse": "SELECT nonsense FROM elsewhere"},
    },
)


def told(origin: str, catalog: Catalog = CATALOG, *facts: Fact, relations: tuple[Relation, ...] = ()) -> set[str]:
    """Every link of an origin as text."""
    found = links_of("shop", catalog, relations=relations, datapoints=facts)
    return {f"{each.source} {each.kind} {each.target}" for each in found[f"{origin}:shop"]}


def test_columns_belong_to_tables_and_keys_join_them() -> None:
    found = told("catalog")
    assert f"{T}.amount BELONGS_TO table:shop/public.transactions" in found
    assert "table:shop/public.transactions JOINS_WITH table:shop/public.customers" in found
    assert len(found) == 11 + 1


def test_two_keys_between_two_tables_are_one_link_with_both() -> None:
    links: Mapping[str, list[object]] = {
        each.kind: [each.properties["on"]] for each in links_of("shop", CATALOG)["catalog:shop"] if each.properties
    }
    assert links == {
        "JOINS_WITH": [
            [{"columns": ["customer_id"], "references": ["id"]}, {"columns": ["payer_id"], "references": ["id"]}]
        ]
    }


def test_columns_of_a_view_derive_from_those_that_it_selects() -> None:
    assert told("views") == {
        f"column:shop/public.daily.day DERIVES_FROM {T}.Booked At",
        f"column:shop/public.daily.revenue DERIVES_FROM {T}.amount",
        f"table:shop/public.daily DEPENDS_ON {T}.Booked At",
        f"table:shop/public.daily DEPENDS_ON {T}.amount",
        f"table:shop/public.daily DEPENDS_ON {T}.status",
    }
    assert told("views", PLAIN) == set(), "nothing is known of a view without its definition"


def test_relations_that_were_found_join_too() -> None:
    relation = Relation(
        table=TableName("public", "daily"),
        columns=("day",),
        referenced=TableName("public", "customers"),
        referenced_columns=("id",),
        confidence=0.9,
        declared=False,
    )
    assert told("profile", relations=(relation, replace(relation, declared=True))) == {
        "table:shop/public.daily JOINS_WITH table:shop/public.customers"
    }


def test_a_metric_computes_its_measure_and_rests_on_its_filters() -> None:
    found = told("datapoints", CATALOG, REVENUE)
    assert {
        "datapoint:revenue OWNED_BY owner:finance",
        f"datapoint:revenue COMPUTES {T}.amount",
        f"datapoint:revenue FILTERS_BY {T}.status",
        f"datapoint:revenue DEPENDS_ON {T}.Booked At",
    } <= found
    assert not {each for each in found if "*" in each}


def test_a_template_is_read_for_its_own_engine() -> None:
    found = told("datapoints", CATALOG, TEMPLATE)
    assert {
        f"datapoint:by_country COMPUTES {T}.amount",
        "datapoint:by_country COMPUTES column:shop/public.customers.country",
        f"datapoint:by_country FILTERS_BY {T}.status",
        f"datapoint:by_country DEPENDS_ON {T}.customer_id",
        "datapoint:by_country DEPENDS_ON table:shop/public.customers",
    } <= found
    assert not any("nonsense" in each for each in found)


def test_a_rule_rests_on_its_table_and_not_the_table_on_the_rule() -> None:
    rule = fact(id="only_ok", kind="constraint", table="transactions", predicate="status = 'ok'")
    assert told("datapoints", CATALOG, rule) == {
        "datapoint:only_ok FILTERS_BY table:shop/public.transactions",
        "datapoint:only_ok DEPENDS_ON table:shop/public.transactions",
        f"datapoint:only_ok FILTERS_BY {T}.status",
    }


def test_who_rests_on_what_is_gone_is_still_told() -> None:
    tables = (
        replace(table, columns=tuple(each for each in table.columns if each.name != "amount"))
        for table in CATALOG.tables
    )
    without = replace(CATALOG, tables=tuple(tables))
    assert not any("amount" in each for each in told("catalog", without))
    assert f"datapoint:revenue COMPUTES {T}.amount" in told("datapoints", without, REVENUE)
    none = replace(CATALOG, tables=())
    assert f"datapoint:revenue DEPENDS_ON {T}.booked at" in told("datapoints", none, REVENUE)


def test_every_origin_is_told_even_when_it_has_nothing_to_say() -> None:
    empty = links_of("shop", replace(CATALOG, tables=()))
    assert empty == {"catalog:shop": [], "views:shop": [], "profile:shop": [], "datapoints:shop": []}
