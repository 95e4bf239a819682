"""The published statements: the gate tells the hostile from the legitimate ones in every dialect, on any catalog."""

from collections.abc import Callable

import pytest

from core.catalog import Catalog
from core.errors import UserError
from sql.dialects import DIALECTS
from sql.guard import guard
from sql.suite import example, probes, statements

SESSIONS = ("postgres", "mysql", "clickhouse", "duckdb", "sqlite")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_gate_refuses_the_hostile_ones(dialect: str) -> None:
    catalog = example(dialect)
    hostile = statements("hostile", catalog)
    assert len(hostile) >= 100
    assert [each for each in hostile if guard(each, dialect=dialect, catalog=catalog).ok] == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_gate_lets_the_legitimate_ones_pass(dialect: str, shop: Callable[[str], Catalog]) -> None:
    for catalog in (example(dialect), shop(dialect)):
        benign = statements("benign", catalog)
        assert len(benign) >= 30
        assert [each for each in benign if not guard(each, dialect=dialect, catalog=catalog).ok] == []


@pytest.mark.parametrize("dialect", SESSIONS)
def test_the_gate_refuses_what_sessions_are_tried_with(dialect: str) -> None:
    catalog = example(dialect)
    tried = probes(dialect)
    assert len(tried) >= 10
    passing = [each for each in tried if guard(each, dialect=dialect, catalog=catalog).ok]
    # What merely takes long is for the session to end.
    assert all("count(" in each for each in passing)


@pytest.mark.parametrize("dialect", SESSIONS)
def test_no_probe_names_anything_that_exists(dialect: str) -> None:
    for sql in probes(dialect):
        assert "<" not in sql.replace("<=", "")


def test_a_database_without_tables_is_said_to_be_one() -> None:
    with pytest.raises(UserError, match="no table with columns"):
        statements("hostile", Catalog(dialect="postgres", tables=(), search_path=("public",)))
