"""MariaDB, a private server with a login per database."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.connectors.engine import Engine, Facts, Sample


class TheEngine(Engine):
    """MariaDB tells JSON from text nowhere in a result, so JSON arrives as text; MySQL tells it."""

    name = "mysql"
    module = "pymysql"
    dialect = "mysql"
    facts = Facts(schema="shop")
    unnameable = "🐘"
    slow = "SELECT count(*) FROM seq_1_to_4000000000 WHERE sha2(seq, 512) LIKE 'zz%'"
    ten_million = "SELECT seq, repeat('x', 100) FROM seq_1_to_10000000"
    cites_value = "SELECT extractvalue(1, (SELECT concat('~', secret) FROM customers LIMIT 1))"
    fails_late = "SELECT seq + 18446744073709550815 FROM seq_1_to_10000"
    writes = (
        *Engine.writes,
        "CREATE TEMPORARY TABLE eve (id INTEGER)",
        "COMMIT",
        "SET SESSION TRANSACTION READ WRITE",
        "SELECT 1 INTO @eve",
        "SELECT * FROM customers INTO OUTFILE '/tmp/eve'",
        "(SELECT 1 INTO DUMPFILE '/tmp/eve')",
        "SELECT 1) AS gate INTO OUTFILE '/tmp/eve' -- ",
        "SELECT * FROM customers FOR UPDATE",
    )
    samples = (
        Sample("1", 1, "integer"),
        Sample("18446744073709551615", "18446744073709551615", "integer"),
        Sample("-9223372036854775808", "-9223372036854775808", "integer"),
        Sample("b'101'", "\\x05", "bytes"),
        Sample("1.50", 1.5, "decimal"),
        Sample(
            "CAST('12345678901234567890123456789012345.123456789012345678901234567891' AS DECIMAL(65,30))",
            "12345678901234567890123456789012345.123456789012345678901234567891",
            "decimal",
        ),
        Sample("1.5e0", 1.5, "float"),
        Sample("CAST(0.1 AS FLOAT)", 0.1, "float"),
        Sample("'é 🐘'", "é 🐘", "text"),
        Sample("x'00ff'", "\\x00ff", "bytes"),
        Sample("CAST('a' AS BINARY(2))", "\\x6100", "bytes"),
        Sample("NULL", None, "unknown"),
        Sample("DATE '2024-02-29'", "2024-02-29", "date"),
        Sample("TIMESTAMP '2024-02-29 12:34:56.789'", "2024-02-29T12:34:56.789000", "timestamp"),
        Sample("CAST('12:34:56' AS TIME)", "12:34:56", "time"),
        Sample("CAST('100:00:00' AS TIME)", "P4DT4H", "time"),
        Sample("CAST('-01:30:00' AS TIME)", "PT-1H-30M", "time"),
        Sample("ST_GeomFromText('POINT(1 2)')", {"type": "Point", "coordinates": [1, 2]}, "struct"),
        Sample("uuid() IS NOT NULL", 1, "integer"),
    )

    def start(self, folder: Path) -> None:
        from tests.connectors import mariadb_server

        if mariadb_server.BINARY is None:
            pytest.skip("mariadbd is not installed (Debian: apt-get install mariadb-server)")
        self.stack = ExitStack()
        self.server = self.stack.enter_context(mariadb_server.running())

    def stop(self) -> None:
        self.stack.close()

    def create(self, name: str, script: Sequence[str]) -> str:
        login = f"{name}_login"
        self.server.execute(
            f"DROP DATABASE IF EXISTS {name}",
            f"CREATE DATABASE {name} CHARACTER SET utf8mb4",
            f"CREATE OR REPLACE USER {login}@localhost IDENTIFIED BY 'p@ss'",
            f"GRANT ALL ON {name}.* TO {login}@localhost",
        )
        self.server.execute(*script, database=name)
        return self.server.url(name, user=login, password="p%40ss")

    def shop(self) -> Sequence[str]:
        return (
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL,"
            " email VARCHAR(100) UNIQUE COMMENT 'Where to write', city VARCHAR(50) DEFAULT 'Berlin',"
            " secret VARCHAR(50))"
            " COMMENT 'People who buy'",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, amount DECIMAL(12,2) NOT NULL,"
            " placed DATETIME, FOREIGN KEY (customer_id) REFERENCES customers (id))",
            "CREATE TABLE `lines` (order_id INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (order_id, line),"
            " FOREIGN KEY (order_id) REFERENCES orders (id))",
            "INSERT INTO customers VALUES (1, 'Ada', 'ada@example.com', 'London', 'secret-1'),"
            " (2, 'Grace', 'grace@example.com', 'New York', 'secret-2'), (3, 'Linus', NULL, 'Helsinki', 'secret-3')",
            "INSERT INTO orders VALUES (1, 1, 10.00, '2026-01-01 10:00:00'), (2, 1, 20.50, '2026-01-02 11:30:00'),"
            " (3, 2, 99.99, '2026-02-03 00:00:00'), (4, 3, 0.01, NULL)",
            "CREATE VIEW spenders AS SELECT name, sum(amount) AS total FROM customers"
            " JOIN orders ON customers.id = customer_id GROUP BY name",
            "ANALYZE TABLE customers",
        )

    def running(self, url: str) -> int | None:
        user = url.split("//")[1].split(":")[0]
        return self.server.count(
            f"SELECT count(*) FROM information_schema.processlist WHERE user = '{user}' AND command <> 'Sleep'"
        )
