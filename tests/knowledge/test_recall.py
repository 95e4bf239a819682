"""How often the right tables are found, and how fast, on questions that nobody here wrote."""

import json
import re
import runpy
import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlglot import ErrorLevel, exp, parse_one

from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from knowledge.lexical import LexicalKnowledge

SHARED = Path(__file__).parents[3] / "shared"
BENCH = SHARED / "bench" / "schema_gen.py"
DEV = SHARED / "evals" / "dev"

ddl_table = re.compile(r"CREATE TABLE (\w+) \((.*?)\);", re.DOTALL)
ddl_column = re.compile(r",\s*(?![^(]*\))")


@cache
def bench() -> Mapping[str, Any]:
    if not BENCH.exists():
        pytest.skip("../shared/bench is absent")
    return runpy.run_path(str(BENCH))


def ddl_catalog(ddl: str) -> Catalog:
    tables: list[Table] = []
    for name, body in ddl_table.findall(ddl):
        columns = [each.split() for each in ddl_column.split(body)]
        keys = [(each[0], each[each.index("REFERENCES") + 1]) for each in columns if "REFERENCES" in each]
        tables.append(
            Table(
                "public",
                name,
                tuple(Column(each[0], each[1]) for each in columns),
                primary_key=(columns[0][0],),
                foreign_keys=tuple(ForeignKey((key,), TableName("public", to), (key,)) for key, to in keys),
            )
        )
    return Catalog("postgres", tuple(tables), ("public",))


def tables_of(sql: str, dialect: str) -> set[str]:
    tree = parse_one(sql, dialect=dialect, error_level=ErrorLevel.IGNORE)
    named = {each.alias_or_name.lower() for each in tree.find_all(exp.CTE)}
    return {each.name.lower() for each in tree.find_all(exp.Table)} - named


@pytest.mark.parametrize("size", [12, 100, 1_000, 5_000])
def test_right_tables_among_many_alike(size: int) -> None:
    schemas = bench()
    noise = schemas["noise_tables"](max(0, size - 12))
    catalog = ddl_catalog(schemas["CORE_DDL"] + "\n".join(ddl for _, ddl in noise))
    assert len(catalog.tables) == size
    knowledge = LexicalKnowledge(catalog)
    complete = 0
    for question, sql in schemas["QUESTIONS"]:
        found = {each.table.removeprefix("public.") for each in knowledge.rank(question)[:8]}
        complete += tables_of(sql, "postgres") <= found
    assert complete >= 19


@pytest.mark.parametrize("name", ["spider_dev", "spider_realistic", "spider_dk", "kaggledbqa"])
def test_right_tables_of_public_questions(name: str) -> None:
    path = DEV / "sets" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("../shared/evals/dev is absent")
    cases = [json.loads(line) for line in path.read_text().splitlines()]
    complete = [
        tables_of(case["gold_sql"], "sqlite")
        <= {
            each.table.removeprefix("main.").lower()
            for each in sqlite_knowledge(case["db_path"]).rank(case["question"])[:10]
        }
        for case in cases
        if case["db_path"].endswith(".sqlite")
    ]
    assert sum(complete) >= 0.97 * len(complete)


@cache
def sqlite_knowledge(path: str) -> LexicalKnowledge:
    with sqlite3.connect(f"file:{DEV / path}?mode=ro", uri=True) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        stored = {name.lower(): name for name in names}
        tables: list[Table] = []
        for name in names:
            columns = database.execute("SELECT name, type FROM pragma_table_info(?)", [name]).fetchall()
            keys = database.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', [name]).fetchall()
            tables.append(
                Table(
                    "main",
                    name,
                    tuple(Column(*column) for column in columns),
                    foreign_keys=tuple(
                        ForeignKey((column,), TableName("main", stored.get(to.lower(), to)), (other or "",))
                        for column, to, other in keys
                    ),
                )
            )
    database.close()
    return LexicalKnowledge(Catalog("sqlite", tuple(tables), ("main",)))
