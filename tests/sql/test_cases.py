"""Statements that must pass and statements that must not, one per line under `cases`; what passes does no harm."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from core.catalog import Catalog
from sql.dialects import DIALECTS
from sql.guard import guard

CASES = Path(__file__).parent / "cases"
TABLES = re.compile(r"\b(FROM|JOIN) (clients|sales|lines|goods|staff|big_sales)\b")


def cases(kind: str, dialect: str) -> list[str]:
    own, common = (
        (CASES / f"{kind}_{name}.sql").read_text(encoding="utf8").splitlines() for name in (dialect, "common")
    )
    if dialect == "bigquery":
        common = [TABLES.sub(r"\1 ds.\2", each) for each in common]
    return [each for each in (*own, *common) if each]


def wrong(kind: str, dialect: str, catalog: Catalog, *, accepted: bool) -> list[str]:
    return [sql for sql in cases(kind, dialect) if guard(sql, dialect=dialect, catalog=catalog).ok != accepted]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_passes_what_is_harmless(dialect: str, shop: Callable[[str], Catalog]) -> None:
    assert wrong("benign", dialect, shop(dialect), accepted=True) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_refuses_what_is_not(dialect: str, shop: Callable[[str], Catalog]) -> None:
    assert wrong("hostile", dialect, shop(dialect), accepted=False) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_says_why_and_what_next(dialect: str, shop: Callable[[str], Catalog]) -> None:
    for sql in cases("hostile", dialect):
        for violation in guard(sql, dialect=dialect, catalog=shop(dialect)).violations:
            assert violation.rule
            assert violation.message.endswith((".", ")"))
            assert -1 <= violation.start <= violation.end <= len(sql)


SCHEMA = (CASES / "schema.sql").read_text(encoding="utf8")


def test_what_passes_runs_on_sqlite_and_changes_nothing(shop: Callable[[str], Catalog]) -> None:
    engine = sqlite3.connect(":memory:")
    engine.executescript("\n".join(line for line in SCHEMA.splitlines() if line.startswith("CREATE")))
    engine.execute("INSERT INTO clients (id, name) VALUES (1, 'Anna')")
    engine.commit()
    before = list(engine.iterdump()), engine.total_changes
    for sql in cases("benign", "sqlite"):
        verdict = guard(sql, dialect="sqlite", catalog=shop("sqlite"))
        if "now" not in sql and not UNKNOWN_TO_OLD_SQLITE.search(sql):
            engine.execute(verdict.sql).fetchall()
    assert (list(engine.iterdump()), engine.total_changes) == before
    engine.close()


UNKNOWN_TO_OLD_SQLITE = re.compile(r"power|sqrt|floor")
"""Functions that a SQLite may be built without."""


def test_what_passes_runs_on_duckdb_and_changes_nothing(shop: Callable[[str], Catalog]) -> None:
    with duckdb.connect(config={"enable_external_access": "false"}) as engine:
        engine.execute(SCHEMA.replace("jsonb", "json").replace(", FOREIGN KEY (sale_id) REFERENCES sales (id)", ""))
        tables = "SELECT sql FROM duckdb_tables() ORDER BY 1"
        before = engine.execute(tables).fetchall()
        for sql in cases("benign", "duckdb"):
            verdict = guard(sql, dialect="duckdb", catalog=shop("duckdb"))
            engine.execute(verdict.sql).fetchall()
        assert engine.execute(tables).fetchall() == before
