"""DuckDB, in a file."""

from collections.abc import Sequence
from pathlib import Path

from tests.connectors.engine import Engine, Facts, Sample


class TheEngine(Engine):
    """DuckDB's statements run in this process, and are gone when the next one on their connection can run."""

    name = "duckdb"
    module = "duckdb"
    dialect = "duckdb"
    facts = Facts()
    slow = "SELECT count(*) FROM range(10000000000) a, range(1000) b"
    ten_million = "SELECT i, repeat('x', 100) FROM range(10000000) t(i)"
    fails_late = (
        "SELECT CASE WHEN i = 99999 THEN secret::int ELSE i END FROM range(100000) t(i), customers WHERE id = 1"
    )
    writes = (
        *Engine.writes,
        "CREATE TEMP TABLE customers AS SELECT 1 AS id",
        "CREATE OR REPLACE TEMP VIEW customers AS SELECT 1 AS id",
        "CREATE TEMP MACRO lower(x) AS 'eve'",
        "COPY customers TO '/tmp/eve.csv'",
        "ATTACH '/tmp/eve.duckdb'",
        "ATTACH ':memory:' AS m",
        "SET threads = 1",
        "SET VARIABLE a = 1",
        "RESET memory_limit",
        "PRAGMA database_size",
        "CALL pragma_version()",
        "INSTALL httpfs",
        "LOAD parquet",
        "EXPORT DATABASE '/tmp/eve'",
        "BEGIN",
        "PREPARE p AS SELECT 1",
        "CHECKPOINT",
        "VACUUM",
        "USE memory",
        "WITH x AS (INSERT INTO orders VALUES (9, 1, 1, NULL) RETURNING *) SELECT * FROM x",
        "EXPLAIN ANALYZE DELETE FROM customers",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')",
    )
    samples = (
        Sample("1", 1, "integer"),
        Sample(
            "170141183460469231731687303715884105727::HUGEINT", "170141183460469231731687303715884105727", "integer"
        ),
        Sample("5::BIGNUM", 5, "integer"),
        Sample("10.00::DECIMAL(12,2)", 10, "decimal"),
        Sample("0.1::DECIMAL(12,2)", 0.1, "decimal"),
        Sample(
            "1234567890123456789012345678.1234567890::DECIMAL(38,10)",
            "1234567890123456789012345678.1234567890",
            "decimal",
        ),
        Sample("1.5::DOUBLE", 1.5, "float"),
        Sample("'nan'::DOUBLE", "NaN", "float"),
        Sample("'-infinity'::FLOAT", "-Infinity", "float"),
        Sample("true", True, "boolean"),
        Sample("'é 🐘'", "é 🐘", "text"),
        Sample("DATE '2026-02-28'", "2026-02-28", "date"),
        Sample("'infinity'::DATE", "infinity", "date"),
        Sample("'infinity'::TIMESTAMP", "infinity", "timestamp"),
        Sample("TIMESTAMP '2026-02-28 23:59:59.123456'", "2026-02-28T23:59:59.123456", "timestamp"),
        Sample("TIMESTAMP_NS '2026-02-28 23:59:59.123456789'", "2026-02-28T23:59:59.123456789", "timestamp"),
        Sample("TIMESTAMPTZ '2026-02-28 12:00:00+02'", "2026-02-28T10:00:00+00:00", "timestamptz"),
        Sample("TIME '10:30:00.5'", "10:30:00.5", "time"),
        Sample("'10:30:00+02'::TIMETZ", "10:30:00+02:00", "time"),
        Sample("'10:30:00+05:30'::TIMETZ", "10:30:00+05:30", "time"),
        Sample("INTERVAL '1 day 2 hours'", "P1DT2H", "interval"),
        Sample("INTERVAL '1 year 2 months -3 days'", "P1Y2M-3D", "interval"),
        Sample("INTERVAL '-90 minutes'", "PT-1H-30M", "interval"),
        Sample("INTERVAL '0 days'", "PT0S", "interval"),
        Sample("INTERVAL '1.05 seconds'", "PT1.05S", "interval"),
        Sample("'\\x00\\xff'::BLOB", "\\x00ff", "bytes"),
        Sample("'0101'::BIT", "0101", "text"),
        Sample("'{\"a\": [1, 12345678901234567890]}'::JSON", {"a": [1, "12345678901234567890"]}, "json"),
        Sample("'12345678-1234-5678-1234-567812345678'::UUID", "12345678-1234-5678-1234-567812345678", "uuid"),
        Sample("'sad'::ENUM('sad', 'glad')", "sad", "text"),
        Sample("[1, NULL, 3]", [1, None, 3], "array"),
        Sample("[1, 2]::INTEGER[2]", [1, 2], "array"),
        Sample("[INTERVAL '1 month', NULL]", ["P1M", None], "array"),
        Sample("[[TIMESTAMP '2026-02-28 10:00:00']]", [["2026-02-28T10:00:00"]], "array"),
        Sample("{'a': 1, 'b \" c': [DATE '2026-02-28']}", {"a": 1, 'b " c': ["2026-02-28"]}, "struct"),
        Sample("MAP {1: 'a', 2: NULL}", {"1": "a", "2": None}, "map"),
        Sample("MAP {DATE '2026-02-28': INTERVAL '1 day'}", {"2026-02-28": "P1D"}, "map"),
        Sample("union_value(num := 2)", 2, "unknown"),
        Sample("NULL", None, "unknown"),
        Sample("NULL::TIMESTAMP[]", None, "array"),
    )

    def start(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, script: Sequence[str]) -> str:
        import duckdb

        path = self.folder / f"{name}.duckdb"
        with duckdb.connect(str(path)) as database:
            for statement in script:
                database.execute(statement)
        return f"duckdb:///{path}"

    def shop(self) -> Sequence[str]:
        return (
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, email VARCHAR UNIQUE,"
            " city VARCHAR DEFAULT 'Berlin', secret VARCHAR)",
            "COMMENT ON TABLE customers IS 'People who buy'",
            "COMMENT ON COLUMN customers.email IS 'Where to write'",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id),"
            " amount DECIMAL(12,2) NOT NULL, placed TIMESTAMP)",
            "CREATE TABLE lines (order_id INTEGER REFERENCES orders (id), line INTEGER, PRIMARY KEY (order_id, line))",
            "INSERT INTO customers VALUES (1, 'Ada', 'ada@example.com', 'London', 'secret-1'),"
            " (2, 'Grace', 'grace@example.com', 'New York', 'secret-2'), (3, 'Linus', NULL, 'Helsinki', 'secret-3')",
            "INSERT INTO orders VALUES (1, 1, 10.00, '2026-01-01 10:00:00'), (2, 1, 20.50, '2026-01-02 11:30:00'),"
            " (3, 2, 99.99, '2026-02-03 00:00:00'), (4, 3, 0.01, NULL)",
            "CREATE VIEW spenders AS SELECT name, sum(amount) AS total FROM customers"
            " JOIN orders ON customers.id = customer_id GROUP BY name",
        )

    def second_schema(self) -> tuple[str, Sequence[str]] | None:
        return "archive", ("CREATE SCHEMA archive", "CREATE TABLE archive.customers (id INTEGER, moved DATE)")
