"""DataPoints about the market, as people would write them."""

from collections.abc import Mapping

from pydantic import JsonValue

from apex.model import Model
from core.datapoint import DataPoint
from datapoints.kinds.constraint import ConstraintDataPoint
from datapoints.kinds.dimension import DimensionDataPoint
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint
from tests.apex.market import market


def metric(name: str, execution: Mapping[str, JsonValue], **others: JsonValue) -> MetricDataPoint:
    return MetricDataPoint.model_validate({"kind": "metric", "id": name, "execution": execution, **others})


def simple(name: str, aggregate: str, table: str, expression: str = "*", **others: JsonValue) -> MetricDataPoint:
    measure: JsonValue = {"aggregate": aggregate, "table": table, "expression": expression}
    return metric(name, {"type": "simple", "measure": measure, **others})


REVENUE_SQL = """
SELECT SUM(total) AS value, DATE_TRUNC('{granularity}', ordered_at) AS period
FROM orders
WHERE status = 'paid' AND ordered_at >= {start_time} AND ordered_at < {end_time} AND {filters}
GROUP BY 2 ORDER BY 2
"""

FACTS: tuple[DataPoint, ...] = (
    simple("revenue", "sum", "orders", "total", filter=["status = 'paid'"], time_column="ordered_at"),
    simple("order_count", "count", "orders"),
    simple("buyers", "count_distinct", "orders", "customer_id"),
    simple("ticket_count", "count", "tickets", dimensions=["customers.country", "subject"]),
    simple("item_value", "sum", "order_items", "quantity * 2"),
    metric("average_order", {"type": "ratio", "numerator": "revenue", "denominator": "order_count"}, synonyms=["AOV"]),
    metric(
        "us_share",
        {
            "type": "derived",
            "expr": "100 * big / nullif(all_orders, 0)",
            "metrics": [
                {"name": "order_count", "alias": "big", "filter": "total > 90"},
                {"name": "order_count", "alias": "all_orders"},
            ],
        },
    ),
    metric("tickets_per_order", {"type": "ratio", "numerator": "ticket_count", "denominator": "order_count"}),
    metric(
        "running_revenue",
        {"type": "cumulative", "measure": {"aggregate": "sum", "table": "orders", "expression": "total"}},
    ),
    metric(
        "week_revenue",
        {
            "type": "cumulative",
            "window": "7 days",
            "measure": {"aggregate": "sum", "table": "orders", "expression": "total"},
        },
    ),
    metric("revenue_to_date", {"type": "cumulative", "grain_to_date": "month", "metrics": ["revenue"]}),
    metric("circle", {"type": "derived", "expr": "circle + 1", "metrics": ["circle"]}),
    metric("odd_formula", {"type": "derived", "expr": "pow(revenue, 2)", "metrics": ["revenue"]}),
    metric(
        "revenue_by_period",
        {
            "sql_template": REVENUE_SQL,
            "parameters": {
                "granularity": {"type": "enum", "values": ["day", "month", "quarter", "year"], "default": "month"},
                "start_time": {"type": "timestamp", "required": True},
                "end_time": {"type": "timestamp", "required": True},
            },
            "backend_variants": {
                "sqlite": "SELECT SUM(total) AS value, STRFTIME('%Y-%m', ordered_at) AS period FROM orders"
                " WHERE status = 'paid' AND ordered_at >= {start_time} AND ordered_at < {end_time} AND {filters}"
                " GROUP BY 2 ORDER BY 2"
            },
        },
        data_sources=[{"table": "orders"}],
    ),
    metric("broken", {"sql_template": "SELECT SUM( FROM orders WHERE"}),
    metric("writes", {"sql_template": "DELETE FROM orders"}),
    metric("undeclared", {"sql_template": "SELECT {what} FROM orders"}),
    QueryDataPoint.model_validate(
        {
            "kind": "query",
            "id": "customers_of",
            "execution": {
                "sql_template": "SELECT c.name FROM customers AS c JOIN orders AS o ON o.customer_id = c.id"
                " WHERE c.country = {country} AND o.total > {least} AND {filters} ORDER BY {by}",
                "parameters": {
                    "country": {"type": "string", "required": True},
                    "least": {"type": "number", "default": 0},
                    "by": {"type": "identifier", "values": ["c.name", "c.joined"], "default": "c.name"},
                },
            },
        }
    ),
    DimensionDataPoint.model_validate(
        {
            "kind": "dimension", "id": "size", "table": "orders",
            "expression": "CASE WHEN total > 90 THEN 'big' ELSE 'small' END",
        }
    ),
)  # fmt: skip

RULE = ConstraintDataPoint(
    id="no_cancelled", name="Cancelled orders do not count", table="orders", predicate="status <> 'cancelled'",
    reason="they were never paid",
)  # fmt: skip


def facts_model(dialect: str = "postgres", *more: DataPoint) -> Model:
    return Model.of(market(dialect), datapoints=(*FACTS, *more))
