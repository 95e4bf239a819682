"""PostgreSQL: the embedded one."""

from collections.abc import Sequence
from pathlib import Path

import psycopg

from tests.connectors.engine import Engine, Facts, Sample


class TheEngine(Engine):
    """PostgreSQL has everything that the suite asks for."""

    name = "postgresql"
    dialect = "postgres"
    fixture = "system_url"
    facts = Facts(schema="public")
    slow = "SELECT pg_sleep(120)"
    ten_million = "SELECT generate_series(1, 10000000), repeat('x', 100)"
    fails_late = "SELECT CASE WHEN g = 5000 THEN secret::int ELSE g END FROM generate_series(1, 5000) g, customers"
    writes = (
        *Engine.writes,
        "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null'",
        "COPY customers FROM '/etc/hostname'",
        "WITH gone AS (DELETE FROM customers RETURNING *) SELECT * FROM gone",
        "SELECT 1 INTO eve",
        "CREATE TEMP TABLE customers (id INT)",
        "SET statement_timeout = 0",
        "SET search_path = evil",
        "SET ROLE postgres",
        "RESET ALL",
        "DO $$ BEGIN DELETE FROM customers; END $$",
        "LOCK TABLE customers",
        "LISTEN eve",
        "NOTIFY eve",
        "PREPARE p AS SELECT 1",
        "DEALLOCATE ALL",
        "BEGIN",
        "COMMIT",
        "ROLLBACK; DELETE FROM customers",
        "VACUUM customers",
        "EXPLAIN ANALYZE DELETE FROM customers",
        "EXPLAIN DELETE FROM customers",
        "EXPLAIN ANALYZE CREATE TEMP TABLE eve AS SELECT 1",
        "EXPLAIN (FORMAT JSON, ANALYZE 1) CREATE TABLE eve AS SELECT 1",
        "EXPLAIN /* x */ ANALYZE CREATE TEMP TABLE eve AS SELECT 1",
        "EXPLAIN (VERBOSE) /* ) */ (ANALYZE) CREATE TEMP TABLE eve AS SELECT 1",
        "SELECT nextval('ticket')",
        "SELECT setval('ticket', 9)",
        "SELECT * FROM customers FOR UPDATE",
        "SELECT set_config('transaction_read_only', 'off', false)",
    )
    samples = (
        Sample("1", 1, "integer"),
        Sample("9223372036854775807::int8", "9223372036854775807", "integer"),
        Sample("10.00::numeric(12,2)", 10, "decimal"),
        Sample("0.1::numeric", 0.1, "decimal"),
        Sample("12345678901234567890.12::numeric", "12345678901234567890.12", "decimal"),
        Sample("'NaN'::numeric", "NaN", "decimal"),
        Sample("'-Infinity'::numeric", "-Infinity", "decimal"),
        Sample("1.5::float8", 1.5, "float"),
        Sample("'NaN'::float8", "NaN", "float"),
        Sample("'Infinity'::float4", "Infinity", "float"),
        Sample("true", True, "boolean"),
        Sample("'é 🐘'", "é 🐘", "text"),
        Sample("date '2026-02-28'", "2026-02-28", "date"),
        Sample("date '0044-03-15 BC'", "0044-03-15 BC", "date"),
        Sample("'infinity'::timestamp", "infinity", "timestamp"),
        Sample("timestamp '2026-02-28 23:59:59.123456'", "2026-02-28T23:59:59.123456", "timestamp"),
        Sample("timestamp '12026-02-28 23:59:59'", "12026-02-28T23:59:59", "timestamp"),
        Sample("(timestamptz '2026-02-28 12:00:00+00' - timestamptz '2026-02-28 11:00:00+00')", "PT1H", "interval"),
        Sample("time '10:30:00.5'", "10:30:00.5", "time"),
        Sample("timetz '10:30:00+02'", "10:30:00+02:00", "time"),
        Sample("timetz '10:30:00+05:30'", "10:30:00+05:30", "time"),
        Sample("interval '1 day 2 hours'", "P1DT2H", "interval"),
        Sample("interval '1 year 2 months -3 days'", "P1Y2M-3D", "interval"),
        Sample("'\\x00ff'::bytea", "\\x00ff", "bytes"),
        Sample("'{\"a\": [1, 2.50, 12345678901234567890]}'::jsonb", {"a": [1, 2.5, "12345678901234567890"]}, "json"),
        Sample("'null'::json", None, "json"),
        Sample("ARRAY[1, NULL, 3]", [1, None, 3], "array"),
        Sample("ARRAY[['a', 'b,\"c'], ['d', 'NULL']]", [["a", 'b,"c'], ["d", "NULL"]], "array"),
        Sample("ARRAY[1.10::numeric, 2]", [1.1, 2], "array"),
        Sample("ARRAY[interval '2 days']", ["P2D"], "array"),
        Sample("'12345678-1234-5678-1234-567812345678'::uuid", "12345678-1234-5678-1234-567812345678", "uuid"),
        Sample("'sad'::mood", "sad", "text"),
        Sample("ARRAY['sad', 'glad']::mood[]", ["sad", "glad"], "array"),
        Sample("ROW(1, 'a')", ["1", "a"], "struct"),
        Sample("int4range(1, 5)", "[1,5)", "text"),
        Sample("inet '10.0.0.1/8'", "10.0.0.1/8", "text"),
        Sample("NULL::int", None, "integer"),
        Sample("NULL", None, "text"),
    )

    def start(self, folder: Path) -> None:
        self.url = self.given

    def create(self, name: str, script: Sequence[str]) -> str:
        with psycopg.connect(self.url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        url = self.url.replace("/postgres?", f"/{name}?")
        assert url != self.url
        with psycopg.connect(url) as database:
            for statement in script:
                database.execute(statement.encode())
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("ANALYZE")
        return url

    def shop(self) -> Sequence[str]:
        return (
            "CREATE TYPE mood AS ENUM ('sad', 'glad')",
            "CREATE SEQUENCE ticket",
            "CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE,"
            " city TEXT DEFAULT 'Berlin', secret TEXT)",
            "COMMENT ON TABLE customers IS 'People who buy'",
            "COMMENT ON COLUMN customers.email IS 'Where to write'",
            "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT REFERENCES customers,"
            " amount NUMERIC(12,2) NOT NULL, placed TIMESTAMP)",
            "CREATE TABLE lines (order_id INT REFERENCES orders, line INT, PRIMARY KEY (order_id, line))",
            "INSERT INTO customers VALUES (1, 'Ada', 'ada@example.com', 'London', 'secret-1'),"
            " (2, 'Grace', 'grace@example.com', 'New York', 'secret-2'), (3, 'Linus', NULL, 'Helsinki', 'secret-3')",
            "INSERT INTO orders VALUES (1, 1, 10.00, '2026-01-01 10:00:00'), (2, 1, 20.50, '2026-01-02 11:30:00'),"
            " (3, 2, 99.99, '2026-02-03 00:00:00'), (4, 3, 0.01, NULL)",
            "CREATE VIEW spenders AS SELECT name, sum(amount) AS total FROM customers"
            " JOIN orders ON customers.id = customer_id GROUP BY name",
        )

    def running(self, url: str) -> int | None:
        with psycopg.connect(url, autocommit=True) as database:
            row = database.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid()"
                " AND datname = current_database() AND backend_type = 'client backend'"
            ).fetchone()
        return row[0] if row else 0

    def second_schema(self) -> tuple[str, Sequence[str]] | None:
        return "archive", ("CREATE SCHEMA archive", "CREATE TABLE archive.customers (id INT, moved DATE)")
