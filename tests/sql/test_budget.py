from dataclasses import replace

import pytest

from core.catalog import Catalog, Column, Table
from core.values import Budgets, Estimate, Limits, Spent
from sql.budget import cheaper, first_rows, known_rows, weigh

EVENTS = Table("public", "events", (Column("id", "int"), Column("placed", "timestamptz")), row_estimate=5_000_000)
ORDERS = Table("public", "orders", (Column("id", "int"),), primary_key=("id",), row_estimate=300)
VIEW = Table("public", "recent", (Column("id", "int"),), kind="view")
FRESH = Table("public", "fresh", (Column("id", "int"),), bytes=3_200)
CATALOG = Catalog("postgres", (EVENTS, ORDERS, VIEW, FRESH), ("public",))


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (["public.events", "public.orders"], 5_000_300),
        (["public.orders", "public.recent"], None),
        (["public.fresh"], 100),
        ([], 0),
    ],
)
def test_known_rows(names: list[str], rows: int | None):
    assert known_rows(names, CATALOG) == rows


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT * FROM events LIMIT 10", 10),
        ("SELECT id FROM public.events LIMIT 10", 10),
        ("SELECT * FROM recent LIMIT 10", None),
        ("SELECT * FROM events", None),
        ("SELECT * FROM events WHERE id > 3 LIMIT 10", None),
        ("SELECT * FROM events ORDER BY id LIMIT 10", None),
        ("SELECT count(*) FROM events LIMIT 10", None),
        ("SELECT DISTINCT id FROM events LIMIT 10", None),
        ("SELECT * FROM events, orders LIMIT 10", None),
        ("SELECT * FROM (SELECT * FROM events) AS e LIMIT 10", None),
        ("SELECT id, sum(id) OVER () FROM events LIMIT 10", None),
        ("SELECT * FROM events LIMIT 10 OFFSET 1000000", None),
        ("not sql at all (", None),
    ],
)
def test_first_rows(sql: str, rows: int | None):
    assert first_rows(sql, catalog=CATALOG) == rows


LIMITS = Limits(scan_rows=1_000)


@pytest.mark.parametrize(
    ("estimate", "budgets", "spent", "refusal", "doubt"),
    [
        (Estimate(rows=1_000), {}, None, "", ""),
        (Estimate(), {"rows": 1}, None, "", ""),
        (Estimate(rows=1_001), {}, None, "", "it reads about 1,001 rows (the limit is 1,000)"),
        (Estimate(rows=2_001), {"rows": 2_000}, None, "it reads about 2,001 rows (the limit is 2,000)", ""),
        (Estimate(bytes=11), {"bytes_review": 10, "bytes": 20}, None, "", "it reads about 11 bytes (the limit is 10)"),
        (Estimate(cost=21), {"cost_review": 10, "cost": 20}, None, "it costs about 21 in the engine's unit (", ""),
        (Estimate(rows=6), {"day_rows": 10}, Spent(rows=5), "with it you have read about 11 rows today (", ""),
        (Estimate(bytes=6), {"day_bytes_review": 10}, Spent(bytes=5), "", "with it you have read about 11 bytes"),
        (Estimate(cost=6), {"day_cost": 10}, Spent(cost=5), "with it you have spent about 11 of cost today", ""),
        (Estimate(), {"day_seconds": 10}, Spent(seconds=11), "your statements have taken about 11 seconds today", ""),
    ],
)
def test_weigh(estimate: Estimate, budgets: dict[str, int], spent: Spent | None, refusal: str, doubt: str):
    weighed = weigh(estimate, limits=LIMITS, budgets=Budgets.model_validate(budgets), spent=spent)
    assert weighed.refusal.startswith(refusal) and bool(weighed.refusal) == bool(refusal)
    assert weighed.doubt.startswith(doubt) and bool(weighed.doubt) == bool(doubt)


def test_sizes_are_not_told_to_everybody():
    weighed = weigh(Estimate(rows=1_234), limits=LIMITS, budgets=Budgets(), spent=None, numbers=False)
    assert weighed.doubt == "it reads too many rows (the limit is 1,000)"


@pytest.mark.parametrize(
    ("sql", "tables", "hint"),
    [
        ("SELECT count(*) FROM events", ["public.events"], "Ask for a shorter period: filter events on placed."),
        ("SELECT * FROM events WHERE placed > now()", ["public.events"], "Ask for fewer rows, e.g. with LIMIT 100."),
        (
            "SELECT count(*) FROM events, orders WHERE placed > now()",
            ["public.events", "public.orders"],
            "Leave out a table, or count events alone before joining it.",
        ),
        ("SELECT count(*) FROM orders", ["public.orders"], "Filter orders on its key: id."),
        ("SELECT count(*) FROM recent", ["public.recent"], ""),
    ],
)
def test_cheaper(sql: str, tables: list[str], hint: str):
    assert cheaper(sql, tables=tables, catalog=CATALOG) == hint


def test_cheaper_of_what_cannot_be_read():
    assert cheaper("SELECT (", tables=[], catalog=replace(CATALOG, tables=())) == ""
