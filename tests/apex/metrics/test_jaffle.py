"""The metrics of a public dbt project, as it declares them, against SQL by hand."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from apex import Engine, Model
from apex.engine import Statement
from connectors.registry import open_connector
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.datapoint import DataPoint
from core.ports import Connector
from core.values import Limits
from datapoints.kinds.metric import MetricDataPoint
from tests.apex.compile.test_golden import comparable
from tests.connectors.conftest import found

MARTS = Path("../shared/evals/dev/other/jaffle_shop/models/marts")
pytestmark = pytest.mark.skipif(not MARTS.exists(), reason=f"{MARTS} (jaffle_shop) is not here")

_DIMENSION = re.compile(r"\{\{\s*Dimension\('\w+?__(\w+)'\)\s*\}\}")
_STORED = {"order_total_dim": "order_total"}

SHOP = Catalog(
    dialect="duckdb",
    search_path=("main",),
    tables=(
        Table(
            "main", "orders",
            (
                Column("order_id", "INTEGER", False), Column("customer_id", "INTEGER"), Column("ordered_at", "DATE"),
                Column("order_total", "DECIMAL(12,2)"), Column("tax_paid", "DECIMAL(12,2)"),
                Column("order_cost", "DECIMAL(12,2)"), Column("customer_order_number", "INTEGER"),
                Column("is_food_order", "BOOLEAN"), Column("is_drink_order", "BOOLEAN"),
            ),
            primary_key=("order_id",),
        ),
        Table(
            "main", "order_items",
            (
                Column("order_item_id", "INTEGER", False), Column("order_id", "INTEGER"), Column("ordered_at", "DATE"),
                Column("product_price", "DECIMAL(12,2)"), Column("is_food_item", "BOOLEAN"),
                Column("is_drink_item", "BOOLEAN"),
            ),
            primary_key=("order_item_id",),
            foreign_keys=(ForeignKey(("order_id",), TableName("main", "orders"), ("order_id",)),),
        ),
    ),
)  # fmt: skip
ROWS = (
    "CREATE TABLE orders AS SELECT * FROM (VALUES (1, 1, DATE '2024-01-05', 21.00, 1.00, 9.00, 1, true, false),"
    " (2, 1, DATE '2024-01-20', 8.00, 0.40, 3.00, 2, false, true),"
    " (3, 2, DATE '2024-02-10', 30.00, 1.50, 12.00, 1, true, true))"
    " AS o(order_id, customer_id, ordered_at, order_total, tax_paid, order_cost, customer_order_number, is_food_order,"
    " is_drink_order)",
    "CREATE TABLE order_items AS SELECT * FROM (VALUES (1, 1, DATE '2024-01-05', 12.00, true, false),"
    " (2, 1, DATE '2024-01-05', 8.00, true, false), (3, 2, DATE '2024-01-20', 7.60, false, true),"
    " (4, 3, DATE '2024-02-10', 18.50, true, false), (5, 3, DATE '2024-02-10', 10.00, false, true))"
    " AS i(order_item_id, order_id, ordered_at, product_price, is_food_item, is_drink_item)",
)


PARTS = ("numerator", "denominator", "expr", "metrics")
TABLES = ("orders", "order_items")


def declared() -> Iterator[DataPoint]:
    """The project's metrics over both marts as DataPoints."""
    marts = {name: cast("dict[str, Any]", yaml.safe_load((MARTS / f"{name}.yml").read_text("utf8"))) for name in TABLES}
    measures = {
        each["name"]: {"table": name, "aggregate": each["agg"], "expression": str(each.get("expr", each["name"]))}
        for name, mart in marts.items()
        for model in mart["semantic_models"]
        for each in model["measures"]
    }
    for each in (metric for mart in marts.values() for metric in mart["metrics"]):
        execution = {"type": each["type"], **_parts(each, measures)}
        yield MetricDataPoint.model_validate({"kind": "metric", "id": each["name"], "execution": execution})


def _parts(metric: Mapping[str, Any], measures: Mapping[str, Any]) -> dict[str, Any]:
    parts = dict(metric["type_params"])
    found: dict[str, Any] = {name: parts[name] for name in PARTS if name in parts}
    if "measure" in parts:
        found |= {"measure": measures[parts["measure"]], "time_column": "ordered_at"}
    if "filter" in metric:
        told = _DIMENSION.sub(lambda each: _STORED.get(each[1], each[1]), metric["filter"])
        found["filter"] = [told.strip()]
    return found


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Model.of(SHOP, datapoints=declared()))


@pytest.fixture(scope="module")
def jaffle_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    duckdb = found()["duckdb"]
    duckdb.start(tmp_path_factory.mktemp("jaffle"))
    return duckdb.create("jaffle", ROWS)


@pytest.fixture
async def connector(jaffle_url: str) -> AsyncIterator[Connector]:
    connector = await open_connector(jaffle_url, limits=Limits())
    yield connector
    await connector.close()


@pytest.mark.parametrize(
    ("name", "asked", "by_hand"),
    [
        ("orders", {}, "SELECT 3"),
        ("order_total", {"grain": "month"}, "SELECT * FROM (VALUES ('2024-01-01', 29), ('2024-02-01', 30))"),
        ("new_customer_orders", {}, "SELECT 2"),
        ("large_orders", {"time": ("2024-01-01", "2024-02-01")}, "SELECT 1"),
        ("food_orders", {"where": ["customer_id = 1"]}, "SELECT 1"),
        ("revenue", {"group_by": ["orders.customer_id"]}, "SELECT * FROM (VALUES (1, 27.6), (2, 28.5))"),
        ("food_revenue", {}, "SELECT 38.5"),
        ("median_revenue", {}, "SELECT 10"),
        ("food_revenue_pct", {}, "SELECT 38.5 / 56.1"),
        (
            "drink_revenue_pct", {"grain": "month"},
            "SELECT * FROM (VALUES ('2024-01-01', 7.6 / 27.6), ('2024-02-01', 10 / 28.5))",
        ),
        ("order_gross_profit", {}, "SELECT 56.1 - 24"),
        ("cumulative_revenue", {"grain": "month"}, "SELECT * FROM (VALUES ('2024-01-01', 27.6), ('2024-02-01', 56.1))"),
        ("revenue_growth_mom", {"time": ("2024-02-01", "2024-03-01")}, "SELECT (28.5 - 27.6) * 100 / 27.6"),
    ],
)  # fmt: skip
async def test_a_metric_of_the_project(
    name: str, asked: dict[str, Any], by_hand: str, engine: Engine, connector: Connector
) -> None:
    statement = engine.metric(name, **asked)
    assert isinstance(statement, Statement), statement
    rows = comparable((await connector.run(statement.sql, limits=Limits())).rows, ordered=False)
    assert rows == comparable((await connector.run(by_hand, limits=Limits())).rows, ordered=False), statement.sql
