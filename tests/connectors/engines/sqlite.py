"""SQLite, in a file."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.connectors.engine import Engine, Facts, Sample


class TheEngine(Engine):
    """SQLite has no schemas but `main`, no comments and no statistics unless ANALYZE ran."""

    name = "sqlite"
    dialect = "sqlite"
    facts = Facts(comments=False, row_estimates=False)
    slow = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
    ten_million = (
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10000000)"
        " SELECT n, printf('%.100c', 'x') FROM t"
    )
    wide = "printf('%.*c', {length}, 'x')"
    cites_value = "SELECT json_extract('{}', secret) FROM customers"
    samples = (
        Sample("1", 1, "integer"),
        Sample("9223372036854775807", "9223372036854775807", "integer"),
        Sample("1.5", 1.5, "float"),
        Sample("9e999", "Infinity", "float"),
        Sample("-9e999", "-Infinity", "float"),
        Sample("'é 🐘'", "é 🐘", "text"),
        Sample("x'00ff'", "\\x00ff", "bytes"),
        Sample("NULL", None, "unknown"),
        Sample("CAST(x'ff41' AS TEXT)", "\ufffdA", "text"),
    )

    def start(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, script: Sequence[str]) -> str:
        path = self.folder / f"{name}.db"
        with closing(sqlite3.connect(path)) as database:
            for statement in script:
                database.execute(statement)
            database.commit()
        return f"sqlite:///{path}"

    def shop(self) -> Sequence[str]:
        return (
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE,"
            " city TEXT DEFAULT 'Berlin', secret TEXT)",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id),"
            " amount DECIMAL(12,2) NOT NULL, placed TIMESTAMP)",
            "CREATE TABLE lines (order_id INTEGER NOT NULL REFERENCES orders (id), line INTEGER NOT NULL,"
            " PRIMARY KEY (order_id, line))",
            "INSERT INTO customers VALUES (1, 'Ada', 'ada@example.com', 'London', 'secret-1'),"
            " (2, 'Grace', 'grace@example.com', 'New York', 'secret-2'), (3, 'Linus', NULL, 'Helsinki', 'secret-3')",
            "INSERT INTO orders VALUES (1, 1, 10.00, '2026-01-01 10:00:00'), (2, 1, 20.50, '2026-01-02 11:30:00'),"
            " (3, 2, 99.99, '2026-02-03 00:00:00'), (4, 3, 0.01, NULL)",
            "CREATE VIEW spenders AS SELECT name, sum(amount) AS total FROM customers"
            " JOIN orders ON customers.id = customer_id GROUP BY name",
        )
