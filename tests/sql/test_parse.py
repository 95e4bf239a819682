"""Only text that can be read in one way, by everyone, gets a tree; and that is decided quickly."""

import time

import pytest

from sql.dialects import DIALECTS
from sql.parse import Parsed, parse


def refused(text: str, dialect: str = "postgres") -> str:
    read = parse(text, dialect=dialect)
    assert not isinstance(read, Parsed), text
    return read[0].rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "single_query"),
        (" ;; ", "single_query"),
        ("-- nothing", "single_query"),
        ("SELECT 1; SELECT 2", "single_query"),
        ("DROP TABLE x", "single_query"),
        ("EXPLAIN ANALYZE SELECT 1", "single_query"),
        ("SELECT \x00 1", "characters"),
        ("SELECT\u00a01", "characters"),
        ("SELECT “a”", "characters"),
        ("SELECT 1 /*! + 1 */", "hints"),
        ("SELECT /*+ x */ 1", "hints"),
        ("SELECT U&'\\0061'", "characters"),
        ("SELECT 'a", "syntax"),
        ("SELECT 1 /* a", "syntax"),
        ("SELECT FROM WHERE", "syntax"),
        ("SELECT (" * 70, "size"),
    ],
)
def test_refuses_for_a_reason(text: str, rule: str) -> None:
    assert refused(text) == rule


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("clickhouse", "SELECT 1 # comment in ClickHouse\n + 1"),
        ("sqlite", "SELECT 1 /* a /* b */ + 1"),
        ("mysql", "SELECT 1 /* a /* b */ + 1"),
        ("postgres", "SELECT 1 /* a /* b */ c */ + 1"),
        ("postgres", r"SELECT '\' || 'x'"),
        ("postgres", r"SELECT E'\'' || 'x'"),
        ("mysql", r"SELECT 'it\'s', '\\'"),
        ("mysql", "SELECT 5--1"),
        ("bigquery", r"""SELECT r'\d', '''it's''', "a\"b" """),
        ("snowflake", "SELECT $$it's$$ // done"),
        ("tsql", "SELECT [a]]b] FROM t /* a /* b */ c */"),
        ("duckdb", "SELECT $x$ $$ $x$"),
    ],
)
def test_reads_each_dialects_quotes_and_comments(dialect: str, text: str) -> None:
    assert isinstance(parse(text, dialect=dialect), Parsed)


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        # What one reader takes for the end of a string or comment is inside of it for the other.
        ("clickhouse", "SELECT 1 #1\n + 1"),
        ("sqlite", "SELECT 1 /* a /* b */ c */ + 1"),
        ("postgres", r"SELECT 'a\'; DROP TABLE x; --'"),
        ("mysql", "SELECT 'a\\\\'; DROP TABLE x; -- '"),
        ("bigquery", r"SELECT '\\'; DROP TABLE x; --'"),
        ("postgres", "SELECT $a$ x $b$; DROP TABLE x"),
    ],
)
def test_refuses_what_ends_elsewhere(dialect: str, text: str) -> None:
    assert not isinstance(parse(text, dialect=dialect), Parsed)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "text",
    [
        "SELECT " + "1, " * 350_000 + "1",
        "SELECT " + "(" * 10_000 + "1" + ")" * 10_000,
        "SELECT " + "NOT " * 10_000 + "1",
        "SELECT " + "- " * 10_000 + "1",
        "SELECT " + "CASE WHEN 1=1 THEN " * 5_000 + "1",
        "SELECT 1 WHERE " + " AND ".join(["1=1"] * 10_000),
        "SELECT " + "~" * 90_000 + "1",
        "SELECT 1" + "::int" * 10_000,
        "/*" * 45_000,
        "SELECT '" + "''" * 40_000,
        "[" * 10_000,
    ],
    ids=lambda text: f"{text[7:14]}x{len(text)}",
)
def test_refuses_the_absurd_within_a_tenth_of_a_second(dialect: str, text: str) -> None:
    taken: list[float] = []
    for _ in range(5):
        start = time.process_time()
        assert not isinstance(parse(text, dialect=dialect), Parsed)
        taken.append(time.process_time() - start)
        if taken[-1] < 0.1:
            break
    assert min(taken) < 0.1


def test_explained_statements_keep_their_places() -> None:
    read = parse("EXPLAIN (FORMAT JSON) SELECT nothing", dialect="postgres")
    assert isinstance(read, Parsed)
    assert read.kind == "explain"
    assert read.text[read.tokens[-1].start :] == "nothing"
