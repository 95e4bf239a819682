from core.catalog import Catalog, Column, Table
from evals.retrieval.__main__ import some
from evals.retrieval.noise import noise
from evals.retrieval.public import Case, Public


def test_noise_is_always_the_same_and_hangs_together() -> None:
    tables = list(noise(100))
    assert tables == list(noise(100))
    assert len({table.full_name for table in tables}) == 100
    names = {table.full_name for table in tables}
    keys = [key for table in tables for key in table.foreign_keys]
    assert keys
    assert all(key.table in names for key in keys)


def test_merged_databases_are_schemas() -> None:
    table = Table("main", "t", (Column("id", "int"),))
    catalogs = {name: Catalog("sqlite", (table,), ("main",)) for name in ("one", "two")}
    merged = Public(catalogs, {}, [], {}).merged()
    assert [str(each.full_name) for each in merged.tables] == ["one.t", "two.t"]


def test_no_database_has_more_than_its_share_of_questions() -> None:
    cases = [Case(f"question {each}", "one", frozenset({("one", "t")})) for each in range(50)]
    assert len(list(some(cases, 7))) == 7
    assert len(list(some(cases, 0))) == 50
