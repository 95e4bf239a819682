"""Whatever the text, the guard answers: always, quickly, and the same each time."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sql.ddl import catalog_of
from sql.dialects import DIALECTS
from sql.guard import guard

CASES = Path(__file__).parent / "cases"
SHOP = {
    dialect: catalog_of((CASES / "schema.sql").read_text(encoding="utf8"), dialect="postgres", read_as=dialect)
    for dialect in DIALECTS
}


def lines_of(name: str) -> list[str]:
    return (CASES / f"{name}.sql").read_text(encoding="utf8").splitlines()


STATEMENTS = sorted({line for path in CASES.glob("*_*.sql") for line in lines_of(path.stem)})
SIGNS = (
    "'",
    '"',
    "`",
    "$$",
    "--",
    "/*",
    "*/",
    "#",
    ";",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\r",
    "\x00",
    "\xa0",
    "é",
)
WORDS = (
    " E'",
    " U&'",
    " FROM ",
    " SELECT ",
    " UNION ",
    " INTO x ",
    " FOR UPDATE ",
    " AS ",
    " pg_sleep(1) ",
    "::",
    "@",
    "$1",
)
SHARP = st.sampled_from((*SIGNS, *WORDS))

relaxed = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_one(sql: str, dialect: str) -> bool:
    """The laws of every verdict; whether it was accepted."""
    start = time.process_time()
    verdict = guard(sql, dialect=dialect, catalog=SHOP[dialect])
    assert time.process_time() - start < 2
    assert verdict == guard(sql, dialect=dialect, catalog=SHOP[dialect])
    assert verdict.ok is not bool(verdict.violations)
    if verdict.ok:
        again = guard(verdict.sql, dialect=dialect, catalog=SHOP[dialect])
        assert again.ok
        assert again.sql == verdict.sql
        assert verdict.sql in sql
        assert ";" not in verdict.sql or any(quote in verdict.sql for quote in "'\"`$[-/#")
    return verdict.ok


@relaxed
@given(sql=st.text(max_size=200), dialect=st.sampled_from(DIALECTS))
def test_any_text(sql: str, dialect: str) -> None:
    check_one(sql, dialect)


@relaxed
@given(sql=st.sampled_from(STATEMENTS), dialect=st.sampled_from(DIALECTS), cut=st.data())
def test_cut_and_pasted_statements(sql: str, dialect: str, cut: st.DataObject) -> None:
    for _ in range(cut.draw(st.integers(1, 3))):
        start = cut.draw(st.integers(0, len(sql)))
        end = cut.draw(st.integers(start, min(len(sql), start + 12)))
        sql = sql[:start] + cut.draw(SHARP) + sql[end:]
    check_one(sql, dialect)


@relaxed
@given(
    first=st.sampled_from(STATEMENTS),
    second=st.sampled_from(STATEMENTS),
    dialect=st.sampled_from(DIALECTS),
    at=st.data(),
)
def test_crossed_statements(first: str, second: str, dialect: str, at: st.DataObject) -> None:
    here, there = at.draw(st.integers(0, len(first))), at.draw(st.integers(0, len(second)))
    check_one(first[:here] + second[there:], dialect)


SQLITE = [line for kind in ("benign_sqlite", "hostile_sqlite", "benign_common") for line in lines_of(kind)]
HARMLESS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


@relaxed
@given(first=st.sampled_from(SQLITE), second=st.sampled_from(SQLITE), at=st.data())
def test_what_passes_only_reads(first: str, second: str, at: st.DataObject) -> None:
    here, there = at.draw(st.integers(0, len(first))), at.draw(st.integers(0, len(second)))
    verdict = guard(first[:here] + second[there:], dialect="sqlite", catalog=SHOP["sqlite"])
    if not verdict.ok:
        return
    asked: list[int] = []

    def allow(action: int, table: str | None, *_: str | None) -> int:
        if (action, table) != (sqlite3.SQLITE_UPDATE, "sqlite_master"):  # asked when json_each shows its columns
            asked.append(action)
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(":memory:")) as engine:
        engine.executescript("\n".join(line for line in lines_of("schema") if line.startswith("CREATE")))
        engine.set_authorizer(allow)
        with suppress(sqlite3.Error):  # what SQLite cannot compile does no harm
            engine.execute(verdict.sql)
    assert set(asked) <= HARMLESS


names = st.sampled_from(["id", "name", "c.id", "s.amount", "amount", "state", "c.name", "missing", '"id"'])
values = st.sampled_from(["1", "'x'", "NULL", "''", "1.5", "-1", "DATE '2024-01-01'"])
expressions = st.recursive(
    names | values,
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "=", "<", "AND", "OR", "||", "LIKE"]), inner
        ),
        st.builds(
            "{}({})".format, st.sampled_from(["lower", "coalesce", "sum", "max", "pg_sleep", "count", "abs"]), inner
        ),
        st.builds("CASE WHEN {} THEN {} ELSE {} END".format, inner, inner, inner),
        st.builds("CAST({} AS {})".format, inner, st.sampled_from(["int", "text", "regclass", "decimal(10, 2)"])),
        st.builds("(SELECT {} FROM sales s)".format, inner),
        st.builds("{} IN (SELECT id FROM clients)".format, inner),
    ),
    max_leaves=8,
)
sources = st.sampled_from(
    [
        "clients c",
        "sales s",
        "clients c JOIN sales s ON s.client_id = c.id",
        "(SELECT * FROM clients) c",
        "nowhere",
        "f(1) x",
    ]
)
queries = st.builds(
    "{}SELECT {} FROM {}{}{}".format,
    st.sampled_from(["", "WITH t AS (SELECT 1 AS id) "]),
    st.lists(expressions, min_size=1, max_size=3).map(", ".join),
    sources,
    st.sampled_from(["", " WHERE 1 = 1", " GROUP BY 1", " ORDER BY 1", " LIMIT 5", " FOR UPDATE"]),
    st.sampled_from(["", " UNION ALL SELECT 1", "; DROP TABLE clients", ";"]),
)


@relaxed
@given(sql=queries, dialect=st.sampled_from(["postgres", "duckdb", "sqlite", "mysql", "clickhouse"]))
def test_grown_statements(sql: str, dialect: str) -> None:
    accepted = check_one(sql, dialect)
    forbidden = ("pg_sleep", "regclass", "nowhere", "f(1)", "FOR UPDATE", "DROP", "missing")
    assert not (accepted and any(each in sql for each in forbidden))
