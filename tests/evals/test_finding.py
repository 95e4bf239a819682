from pathlib import Path

import pytest

from core.catalog import Catalog, Column, Table
from evals.benchmark.timing import Figures
from evals.public_questions import command, scratch_system
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


def test_a_folder_without_questions_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(root: Path, number: int) -> Figures:
        raise AssertionError(root, number)

    monkeypatch.setattr("sys.argv", ["measure", "--root", str(tmp_path)])
    with pytest.raises(SystemExit, match="holds no sets of questions"):
        command("measure", None, option=("--each", 20, "questions"), measured=never)


async def test_a_scratch_system_leaves_nothing_behind() -> None:
    async with scratch_system() as system:
        async with system.connection() as connection:
            assert await (await connection.execute("SELECT 1")).fetchone() == (1,)
        assert system.home.is_dir()
    assert not system.home.exists()
