import json
from dataclasses import replace

import pytest

from apex.model import Model
from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile, TableProfile
from datapoints.binding import bind
from datapoints.fact import Fact
from datapoints.kinds.entity import EntityDataPoint
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.table import TableDataPoint
from indexers.generate.propose import generate
from tests.indexers.generate.conftest import CUSTOMERS, ORDERS


@pytest.fixture
def proposed(catalog: Catalog, profile: Profile) -> dict[str, Fact]:
    found = list(generate("shop", catalog, profile))
    assert len({each.id for each in found}) == len(found)
    return {each.id.removeprefix("shop."): each for each in found}


def test_a_table_is_described(proposed: dict[str, Fact]):
    orders = proposed["orders.table"]
    assert isinstance(orders, TableDataPoint)
    assert (orders.table, orders.grain, orders.key) == ("orders", "one order", ["id"])
    assert (orders.purpose, orders.time_column) == ("What customers bought", "placed_at")
    assert (orders.measures, orders.dimensions) == (["total_amount"], ["status"])
    assert [(each.table, each.columns, each.cardinality) for each in orders.joins] == [
        ("customers", ["customer_id"], "N:1"),
        ("customers", ["id"], "N:M"),
    ]
    assert orders.entity == "shop.orders.entity" and orders.entity in {each.id for each in proposed.values()}


def test_an_entity_knows_where_it_occurs(proposed: dict[str, Fact]):
    customer = proposed["customers.entity"]
    assert isinstance(customer, EntityDataPoint)
    assert (customer.name, customer.key, customer.label) == ("customer", ["id"], "name")
    assert {each.table for each in customer.occurrences} == {"orders", "order_tags"}


def test_plain_metrics_are_suggested(proposed: dict[str, Fact]):
    metrics = {name: each for name, each in proposed.items() if isinstance(each, MetricDataPoint)}
    assert metrics.keys() == {
        "customers.count",
        "customers.is_active.share",
        "orders.count",
        "orders.total_amount.sum",
        "orders.total_amount.avg",
        "orders.unit_price.avg",
    }
    execution = metrics["orders.total_amount.sum"].execution
    assert execution and execution.measure
    assert (execution.measure.aggregate, execution.measure.expression) == ("sum", "total_amount")


def test_several_of_each_other_are_joined_by_what_links_them(proposed: dict[str, Fact], catalog: Catalog):
    customers = proposed["customers.table"]
    assert isinstance(customers, TableDataPoint)
    [join] = customers.joins
    assert (join.table, join.columns, join.referenced_columns) == ("orders", ["id"], ["id"])
    assert (join.cardinality, join.through) == ("N:M", "order_tags")
    assert not [each for each in customers.links() if each.kind == "JOINS_WITH"], "its keys are no condition of a join"
    model = Model.of(catalog, Profile(), (customers.model_copy(update={"status": "approved"}),))
    assert not [
        each for each in model.relations(CUSTOMERS) if each.target == ORDERS and each.relation.columns == ("id",)
    ]


def test_a_link_of_which_one_side_stands_once_is_not_n_to_m(catalog: Catalog, profile: Profile):
    once = replace(catalog.tables[2], unique_keys=(("order_id",),))
    found = generate("shop", replace(catalog, tables=(*catalog.tables[:2], once)), profile)
    assert "N:M" not in {join.cardinality for each in found if isinstance(each, TableDataPoint) for join in each.joins}


def test_metrics_are_called_as_people_would(profile: Profile):
    table = Table(
        "public", "parcels", tuple(Column(name, "numeric") for name in ("weight", "parcel_cost", "total_hours"))
    )
    numbers = tuple(ColumnProfile(each.name, distinct=40, mean=1.0) for each in table.columns)
    measured = Profile({table.full_name: TableProfile(table.full_name, 50, numbers)})
    found = list(generate("shop", Catalog("postgres", (table,), ("public",)), measured))
    assert [(each.name, each.unit) for each in found if isinstance(each, MetricDataPoint)] == [
        ("number of parcels", "parcels"),
        ("total parcel cost", ""),
        ("total hours of parcels", "hours"),
        ("average weight of parcels", ""),
        ("average parcel cost", ""),
        ("average hours of parcels", "hours"),
    ]


def test_everything_is_a_pending_proposal_that_binds(proposed: dict[str, Fact], catalog: Catalog):
    for each in proposed.values():
        assert (each.status, each.database, each.origin) == ("pending", "shop", "profile")
        assert each.confidence is not None and 0 < each.confidence < 1
        assert not bind(each, catalog).missing
        assert each.definition
        mentioned = {target for _, target in each.mentions()}
        assert mentioned <= {other.id for other in proposed.values()}


def test_a_table_that_links_others_has_no_metrics(proposed: dict[str, Fact]):
    assert [name for name in proposed if name.startswith("order_tags")] == ["order_tags.table"]


def test_personal_columns_are_marked_and_never_proposed(proposed: dict[str, Fact]):
    customers = proposed["customers.table"]
    assert isinstance(customers, TableDataPoint)
    assert [note.name for note in customers.columns if note.pii] == ["email"]
    assert "customers.email.dimension" not in proposed


def test_what_a_person_described_is_left_to_them(catalog: Catalog, profile: Profile):
    mine = [
        TableDataPoint(id="my_orders", name="My orders", table="public.orders"),
        MetricDataPoint.model_validate(
            {
                "id": "revenue",
                "execution": {
                    "type": "simple",
                    "measure": {"aggregate": "sum", "expression": "total_amount", "table": "orders"},
                },
            }
        ),
    ]
    left = {each.id for each in generate("shop", catalog, profile, known=mine)}
    every = {each.id for each in generate("shop", catalog, profile)}
    assert every - left == {"shop.orders.table", "shop.orders.total_amount.sum"}


def test_the_same_profile_yields_the_same_proposals(catalog: Catalog, profile: Profile):
    once, again = ([each.model_dump_json() for each in generate("shop", catalog, profile)] for _ in range(2))
    assert once == again


def test_no_value_of_the_data_stands_in_a_proposal(proposed: dict[str, Fact]):
    said = json.dumps([each.model_dump(mode="json") for each in proposed.values()])
    assert "retail" not in said and "paid" not in said
