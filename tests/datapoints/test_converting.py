"""Earlier JSON DataPoints become files of today."""

from pathlib import Path

import pytest
from pydantic import JsonValue

from core.errors import UserError
from datapoints.converting import converted
from datapoints.files import one
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.process import ProcessDataPoint
from datapoints.kinds.table import TableDataPoint
from datapoints.writing import write

SCHEMA: dict[str, JsonValue] = {
    "datapoint_id": "table_orders_001",
    "type": "Schema",
    "name": "Orders",
    "table_name": "orders",
    "schema": "public",
    "business_purpose": "Every order of the shop",
    "key_columns": [
        {"name": "id", "type": "BIGINT", "business_meaning": "Number", "nullable": False, "default_value": None}
    ],
    "relationships": [{"target_table": "customers", "join_column": "customer_id", "cardinality": "N:1"}],
    "common_queries": ["SELECT count(*) FROM orders"],
    "gotchas": ["Cancelled orders stay."],
    "freshness": "T-1",
    "owner": "a@b.example",
    "tags": ["sales"],
    "metadata": {"anything": 1},
}
BUSINESS: dict[str, JsonValue] = {
    "datapoint_id": "metric_revenue_001",
    "type": "Business",
    "name": "Revenue",
    "calculation": "SUM(amount)",
    "synonyms": ["sales"],
    "business_rules": ["Exclude refunds"],
    "related_tables": ["orders"],
    "unit": "USD",
    "owner": "a@b.example",
}
PROCESS: dict[str, JsonValue] = {
    "datapoint_id": "proc_daily_001",
    "type": "Process",
    "name": "Nightly load",
    "schedule": "0 2 * * *",
    "data_freshness": "T-1",
    "target_tables": ["orders"],
    "dependencies": ["raw orders"],
    "owner": "a@b.example",
}


def test_each_form_becomes_its_kind(tmp_path: Path) -> None:
    table, metric, process = converted(SCHEMA), converted(BUSINESS), converted(PROCESS)
    assert isinstance(table, TableDataPoint)
    assert (table.table, table.columns[0].meaning, table.joins[0].columns) == (
        "public.orders",
        "Number",
        ["customer_id"],
    )
    assert isinstance(metric, MetricDataPoint)
    assert metric.execution and metric.execution.sql_template == "SELECT SUM(amount) AS value FROM orders"
    assert metric.exclusions == ["Exclude refunds"]
    assert isinstance(process, ProcessDataPoint)
    assert (process.targets, process.freshness) == (["orders"], "T-1")
    for each in (table, metric, process):
        write(each, tmp_path / "a.yaml")
        assert one(tmp_path / "a.yaml") == each


def test_the_form_is_recognised_without_a_type() -> None:
    assert converted({key: value for key, value in SCHEMA.items() if key != "type"}).kind == "table"
    assert converted({**BUSINESS, "type": "BusinessDataPoint"}).kind == "metric"


def test_what_cannot_be_taken_over_is_named() -> None:
    with pytest.raises(UserError, match="`sinonyms`"):
        converted({**BUSINESS, "sinonyms": []})
    with pytest.raises(UserError, match="no Schema, Business or Process"):
        converted({"name": "x"})
