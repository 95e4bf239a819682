"""Thousands of public questions about rows: none is mistaken for one about the catalog, and counts are right."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from apex.catalog_questions import answer_from_catalog
from apex.intents import tell_intent
from core.catalog import Catalog, Column, Table

PUBLIC = Path(__file__).parents[4] / "shared" / "evals" / "dev"
SETS = ("spider_dev", "spider_realistic", "sparc_dev", "cosql_dev", "kaggledbqa", "ambrosia", "archer_en_dev")

pytestmark = pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public questions are not here")


def _cases(name: str) -> Iterator[tuple[str, str, Path]]:
    for line in (PUBLIC / "sets" / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
        case = json.loads(line)
        if "question" in case and case["db_path"].endswith(".sqlite"):
            yield case["question"], str(case.get("gold_sql")), PUBLIC / case["db_path"]


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.text_factory = _read
    return database


def _read(text: bytes) -> str:
    return text.decode(errors="replace")


def _catalog(database: sqlite3.Connection) -> Catalog:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    tables = tuple(
        Table("main", name, tuple(Column(row[1], row[2]) for row in database.execute(f'PRAGMA table_info("{name}")')))
        for name in names
    )
    return Catalog(dialect="sqlite", tables=tables, search_path=("main",))


@pytest.mark.parametrize("name", SETS)
def test_questions_about_rows(name: str) -> None:
    catalogs: dict[Path, Catalog] = {}
    asked = gated = 0
    wrong: list[str] = []
    for question, gold, path in _cases(name):
        database = _open(path)
        catalog = catalogs.setdefault(path, catalogs.get(path) or _catalog(database))
        compiled = answer_from_catalog(question, catalog)
        asked += 1
        gated += tell_intent(question).kind != "data"
        if compiled and (
            compiled.status != "ready"
            or sorted(map(str, database.execute(compiled.sql))) != sorted(map(str, database.execute(gold)))
        ):
            wrong.append(question)
        database.close()
    assert asked > 20
    assert wrong == []
    assert gated <= max(1, asked // 100)
