"""Predictions through the graph, and the figures made of them."""

import json
import sqlite3
from pathlib import Path

import pytest

from core.errors import UserError
from core.settings import Settings
from evals.comparing import equal
from evals.predict import Prediction, Predictor, cases_of, write
from evals.table import Judged, line
from graph.assembly import open_house


def _set(folder: Path) -> Path:
    with sqlite3.connect(folder / "school.sqlite") as database:
        database.executescript("CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);")
        database.execute("INSERT INTO students VALUES (1, 'Ann', 20), (2, 'Bob', 30)")
    database.close()
    cases = [
        {"id": "a", "question": "What are the names of students older than 25?", "db_path": "school.sqlite"},
        {"id": "b", "question": "What is the glorbification of students?", "db_path": "school.sqlite"},
        {"id": "c", "question": "How many are there?", "db_path": "nowhere/none.sqlite"},
    ]
    path = folder / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, cases)), encoding="utf8")
    return path


async def test_one_line_per_case_whatever_becomes_of_it(tmp_path: Path) -> None:
    cases, out = cases_of(_set(tmp_path)), tmp_path / "out.jsonl"
    async with open_house(Settings(home=tmp_path / "home")) as house:
        assert await write(Predictor(house, tmp_path), cases, out) == 3
    found = [Prediction.model_validate_json(each) for each in out.read_text(encoding="utf8").splitlines()]
    assert [(each.id, each.status) for each in found] == [("a", "answered"), ("b", "abstain"), ("c", "error")]
    assert "age > 25" in (found[0].sql or "")
    assert all(each.llm_calls == 0 for each in found)


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a"}', encoding="utf8")
    with pytest.raises(UserError, match="line 1"):
        cases_of(path)


def test_rows_are_the_same_in_any_order_of_columns() -> None:
    assert equal([[1, "a"], [2, "b"]], [["b", 2.0], ["a", 1]], ordered=False)
    assert not equal([[1, "a"], [2, "b"]], [["b", 2], ["a", 1]], ordered=True)
    assert not equal([[1]], [[1], [1]], ordered=False)


def test_a_line_tells_precision_and_how_far_confidence_is_from_the_truth() -> None:
    sure = Judged(Prediction(id="a", status="answered", confidence=0.95, ms=1), True)
    wrong = Judged(Prediction(id="b", status="answered", confidence=0.95, ms=1), False)
    told = line("set", [sure, wrong]).split()
    assert told[3] == "0.500"
    assert told[5] == "0.450"
