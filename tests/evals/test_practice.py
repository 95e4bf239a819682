"""The practice companies can be restored, and every statement that is said to be right runs on them."""

import json
from pathlib import Path

import psycopg
import pytest

from evals.scratch import restored

FOLDER = Path(__file__).parents[2] / "evals" / "practice"
COMPANIES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql"))
KEYS = {"id", "db", "question", "gold_sql", "gold_variants", "evidence", "difficulty", "dialect", "db_path"}
SOME = 0.9
"""The least share of questions whose answer has rows: an empty answer is too easily right."""


@pytest.mark.parametrize("company", COMPANIES)
async def test_every_gold_statement_of_a_company_runs(system_url: str, company: str) -> None:
    lines = (FOLDER / f"{company}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    url = await restored(system_url, FOLDER / f"{company}.sql")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        filled = 0
        for case in cases:
            assert case.keys() >= KEYS and case["db_path"] == f"{Path(company).name}.sql"
            assert case["gold_sql"] in case["gold_variants"]
            for gold in case["gold_variants"]:
                cursor = await connection.execute(gold.encode())
                rows = await cursor.fetchall()
                filled += gold == case["gold_sql"] and bool(rows)
    assert len({case["id"] for case in cases}) == len(cases)
    assert filled >= SOME * len(cases)
