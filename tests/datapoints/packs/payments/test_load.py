"""The example company in a real database: the same everywhere, whole, and with the bad day in it."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

import datapoints.packs.payments
from datapoints.packs.payments.load import STAMP_QUERY, loaded_stamp, statements

TODAY = date(2026, 3, 1)
FINGERPRINT = "be924b2f6b917bb947b66d374aea2c07"
Connection = psycopg.Connection
NewDatabase = Callable[..., str]
Load = Callable[[str, date], None]


def one(connection: Connection, text: str, *parameters: object) -> tuple[Any, ...]:
    row = connection.execute(text.encode(), parameters or None).fetchone()
    assert row is not None
    return row


def tables(connection: Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT nspname, relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname IN ('public', 'archive') AND relkind = 'r' ORDER BY nspname || relname COLLATE \"C\""
    ).fetchall()


def fingerprint(dsn: str) -> str:
    """One hash over every value of every table."""
    query = "SELECT md5(string_agg(t::text, '\n' ORDER BY t::text COLLATE \"C\")) FROM {} AS t"
    with psycopg.connect(dsn) as connection:
        connection.execute("SET timezone = 'UTC'")
        hashes = [
            connection.execute(sql.SQL(query).format(sql.Identifier(*name))).fetchone() for name in tables(connection)
        ]
    return hashlib.md5(repr(hashes).encode()).hexdigest()


def test_the_same_rows_on_any_machine_also_over_an_older_load(
    company: str, new_database: NewDatabase, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = new_database("elsewhere", locale="PG_UNICODE_FAST", timezone="Pacific/Chatham")
    load(elsewhere, date(2025, 11, 30))
    started = time.perf_counter()
    load(elsewhere, TODAY)
    with capsys.disabled():
        print(f"\nexample company loaded in {time.perf_counter() - started:.1f} s")
    assert fingerprint(company) == fingerprint(elsewhere) == FINGERPRINT
    with psycopg.connect(elsewhere) as connection:
        assert one(connection, STAMP_QUERY) == (loaded_stamp(TODAY),)


def test_the_same_statements_in_any_process() -> None:
    command = (
        "from datetime import date; from datapoints.packs.payments.load import loaded_stamp;"
        " print(loaded_stamp(date(2026, 3, 1)))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0"}
    output = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == loaded_stamp(TODAY)


def test_stamp_tells_the_day_it_was_loaded_for(connection: Connection) -> None:
    assert one(connection, STAMP_QUERY) == (loaded_stamp(TODAY),)
    assert loaded_stamp(TODAY) != loaded_stamp(TODAY + timedelta(1))


def test_a_failed_load_leaves_the_database_as_it_was(new_database: NewDatabase) -> None:
    dsn = new_database("half")
    with pytest.raises(psycopg.errors.DivisionByZero), psycopg.connect(dsn) as connection:
        for title, text in statements(TODAY):
            connection.execute((text if title != "merchants" else "SELECT 1 / 0").encode())
    with psycopg.connect(dsn) as connection:
        assert tables(connection) == []
        assert one(connection, STAMP_QUERY) != (loaded_stamp(TODAY),)


def test_tables_of_somebody_else_are_not_touched(new_database: NewDatabase, load: Load) -> None:
    dsn = new_database("foreign_owner")
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE customers AS SELECT 1 AS mine")
    with pytest.raises(psycopg.errors.DuplicateTable, match="holds tables of its own"):
        load(dsn, TODAY)
    with psycopg.connect(dsn) as connection:
        assert one(connection, "SELECT mine FROM customers") == (1,)


@pytest.mark.parametrize(
    ("table", "least", "most"),
    [
        ("customers", 20_000, 20_000),
        ("accounts", 24_000, 28_000),
        ("cards", 15_000, 20_000),
        ("merchants", 420, 420),
        ("gateways", 5, 5),
        ("gateway_incidents", 40, 50),
        ("pricing", 28, 28),
        ("archive.pricing", 40, 45),
        ("transactions", 298_500, 300_000),
        ("fees", 270_000, 285_000),
        ("refunds", 6_000, 8_000),
        ("loans", 2_500, 3_200),
        ("repayments", 40_000, 60_000),
        ("support_tickets", 9_000, 11_000),
        ('"order"', 900, 1_260),
        ('"MerchantPayouts"', 5_000, 7_500),
    ],
)
def test_row_counts(connection: Connection, table: str, least: int, most: int) -> None:
    assert least <= one(connection, f"SELECT count(*) FROM {table}")[0] <= most


def test_history_ends_yesterday(connection: Connection) -> None:
    day = "(min(created_at) AT TIME ZONE 'UTC')::date, (max(created_at) AT TIME ZONE 'UTC')::date"
    assert one(connection, f"SELECT {day} FROM transactions") == (date(2024, 9, 1), date(2026, 2, 28))
    midnight = "'2026-03-01 00:00Z'"
    for table, column in [
        ("transactions", "completed_at"), ("fees", "charged_at"), ("refunds", "requested_at"),
        ("support_tickets", "opened_at"), ("support_tickets", "resolved_at"), ("customers", "last_login_at"),
        ("customers", "signed_up_at"), ("customers", "closed_at"), ("merchants", "onboarded_at"),
        ('"order"', "ordered_at"), ("gateway_incidents", "ended_at"),
    ]:  # fmt: skip
        assert one(connection, f"SELECT max({column}) < {midnight} FROM {table}") == (True,), (table, column)


def test_growth(connection: Connection) -> None:
    first, last = connection.execute(
        "SELECT sum(transactions) FROM (SELECT transactions, ntile(6) OVER (ORDER BY day) AS part FROM daily_revenue) d"
        " WHERE part IN (1, 6) GROUP BY part ORDER BY part"
    ).fetchall()
    assert 1.8 < last[0] / first[0] < 2.6


def test_seasons_of_week_and_month(connection: Connection) -> None:
    # Growth is taken out by comparing every day with the four weeks around it.
    season = (
        "WITH d AS (SELECT day, transactions / avg(transactions)"
        " OVER (ORDER BY day ROWS BETWEEN 14 PRECEDING AND 14 FOLLOWING) AS level FROM daily_revenue)"
        " SELECT avg(level) FILTER (WHERE {}) / avg(level) FILTER (WHERE {}) FROM d"
    )
    friday, monday = "extract(isodow FROM day) = 5", "extract(isodow FROM day) = 1"
    payday, middle = "extract(day FROM day) IN (27, 28, 29, 30, 31, 1)", "extract(day FROM day) BETWEEN 11 AND 17"
    assert 1.06 < one(connection, season.format(friday, monday))[0] < 1.14
    assert 1.08 < one(connection, season.format(payday, middle))[0] < 1.20


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1)], ids=str)
def test_the_bad_day(company: str, new_database: NewDatabase, load: Load, today: date) -> None:
    dsn = company if today == TODAY else new_database("another_year")
    if today != TODAY:
        load(dsn, today)
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "SELECT transactions, completed_transactions, revenue, volume / completed_transactions FROM daily_revenue"
            " WHERE day = ANY(%s) ORDER BY day DESC",
            [[today - timedelta(days) for days in (1, 2, 8)]],
        ).fetchall()
    assert len(rows) == 3
    yesterday, *ordinary = rows
    for other in ordinary:
        transactions, completed, revenue, order_value = (
            float(100 * (new / Decimal(old) - 1)) for new, old in zip(yesterday, other, strict=True)
        )
        assert -23 < transactions < -17
        assert -23 < completed < -17
        assert -18 < revenue < -12
        assert 1.4 < order_value < 2.6


def test_one_gateway_had_three_outages_and_lost_its_payments(connection: Connection) -> None:
    assert one(
        connection,
        "SELECT min(name), max(name), count(*), sum(ended_at - started_at)"
        " FROM gateway_incidents JOIN gateways USING (gateway_id)"
        " WHERE severity = 'outage' AND started_at >= '2026-02-28Z'",
    ) == ("Northgate", "Northgate", 3, timedelta(hours=6, minutes=58))
    assert one(
        connection,
        "SELECT count(*) FILTER (WHERE status = 'completed'), bool_and(failure_code = 'gateway_unavailable')"
        " FROM transactions t"
        " JOIN gateway_incidents i ON i.gateway_id = t.gateway_id AND severity = 'outage'"
        " AND created_at >= started_at AND created_at < ended_at",
    ) == (0, True)
    others = (
        "SELECT count(*) FILTER (WHERE created_at >= '2026-02-28Z')::float"
        " / count(*) FILTER (WHERE created_at < '2026-02-28Z')"
        " FROM transactions WHERE created_at >= '2026-02-27Z' AND gateway_id"
    )
    assert one(connection, f"{others} <> 1")[0] > 0.93
    assert one(connection, f"{others} = 1")[0] < 0.65


def test_everything_visible_is_commented(connection: Connection) -> None:
    assert (
        connection.execute(
            "SELECT c.oid::regclass, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " JOIN pg_attribute a ON attrelid = c.oid AND (attnum > 0 OR attnum = -1) AND NOT attisdropped"
            " WHERE nspname IN ('public', 'archive') AND relkind IN ('r', 'v')"
            " AND coalesce(col_description(c.oid, greatest(attnum, 0)::int), '') = ''"
        ).fetchall()
        == []
    )


def test_keys(connection: Connection) -> None:
    keys = dict(
        connection.execute(
            "SELECT contype::text, count(*) FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace"
            " WHERE nspname IN ('public', 'archive') AND contype IN ('p', 'f', 'u') AND convalidated GROUP BY 1"
        ).fetchall()
    )
    assert keys == {"p": 16, "f": 18, "u": 7}


def test_a_user_sees_awkward_names_and_types(connection: Connection) -> None:
    assert one(connection, 'SELECT count("limit") FROM cards')[0] > 0
    assert one(connection, 'SELECT count("Risk Score") FROM merchants')[0] > 0
    assert one(connection, 'SELECT count("netAmount") FROM "MerchantPayouts"')[0] > 0
    assert (
        one(connection, "SELECT count(*) FROM pricing")[0] != one(connection, "SELECT count(*) FROM archive.pricing")[0]
    )
    assert one(connection, "SELECT pg_typeof(status)::text, pg_typeof(amount)::text FROM transactions LIMIT 1") == (
        "transaction_status",
        "numeric",
    )
    assert one(connection, "SELECT count(*) > 0 FROM customers WHERE preferences @> '{\"newsletter\": true}'") == (
        True,
    )


@pytest.mark.parametrize(
    ("table", "column", "least", "most"),
    [
        ("customers", "email", 0.02, 0.06),
        ("customers", "phone", 0.08, 0.16),
        ("transactions", "channel", 0.08, 0.14),
        ("refunds", "reason", 0.15, 0.35),
        ("merchants", '"Risk Score"', 0.03, 0.15),
        ("support_tickets", "satisfaction", 0.45, 0.70),
    ],
)
def test_some_values_are_missing(connection: Connection, table: str, column: str, least: float, most: float) -> None:
    share = one(connection, f"SELECT count(*) FILTER (WHERE {column} IS NULL)::float / count(*) FROM {table}")[0]
    assert least < share < most


@pytest.mark.parametrize(
    "contradiction",
    [
        "transactions JOIN customers USING (customer_id) WHERE created_at < signed_up_at",
        "transactions JOIN customers USING (customer_id) WHERE created_at::date > closed_at::date",
        "transactions JOIN customers USING (customer_id) WHERE created_at > last_login_at + interval '1 minute'",
        "transactions JOIN merchants USING (merchant_id) WHERE created_at < onboarded_at",
        "transactions JOIN cards USING (card_id) JOIN accounts USING (account_id)"
        " WHERE accounts.customer_id <> transactions.customer_id OR created_at > blocked_at",
        "transactions WHERE (payment_method = 'card') <> (card_id IS NOT NULL)",
        "transactions WHERE (failure_code IS NOT NULL) <> (status IN ('failed', 'declined'))",
        "transactions WHERE (completed_at IS NOT NULL) <> (status IN ('completed', 'reversed'))",
        "fees JOIN transactions t USING (transaction_id) WHERE status <> 'completed'",
        "fees JOIN transactions t USING (transaction_id) WHERE charged_at::date <> created_at::date",
        "refunds r JOIN transactions t USING (transaction_id) WHERE r.amount > t.amount OR requested_at < completed_at",
        "loans JOIN repayments USING (loan_id) WHERE status = 'paid_off' AND paid_on IS NULL",
        "loans WHERE (closed_on IS NOT NULL) <> (status = 'paid_off')",
        "customers WHERE is_active <> (closed_at IS NULL) OR referred_by >= customer_id",
        "accounts JOIN cards USING (account_id) WHERE issued_on < opened_at::date",
    ],
)
def test_the_books_agree(connection: Connection, contradiction: str) -> None:
    connection.execute("SET timezone = 'UTC'")
    assert one(connection, f"SELECT count(*) FROM {contradiction}") == (0,)


def test_two_in_a_hundred_completed_transactions_have_no_price(connection: Connection) -> None:
    coverage = "SELECT count(fee_id)::float / count(*) FROM transactions LEFT JOIN fees USING (transaction_id)"
    assert 0.975 < one(connection, f"{coverage} WHERE status = 'completed'")[0] < 0.99


def test_the_readme_tells_the_true_figures(connection: Connection) -> None:
    readme = (Path(datapoints.packs.payments.__path__[0]) / "README.md").read_text(encoding="utf-8")
    for row in connection.execute(
        "SELECT * FROM daily_revenue WHERE day IN ('2026-02-28', '2026-02-27', '2026-02-21')"
    ).fetchall():
        assert f"| {' | '.join(str(value) for value in row)} |" in readme
