"""Suites, run in a house without a model."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from core.errors import UserError
from core.settings import load_settings
from evals.cases import Case, Suite
from evals.run import run
from graph.assembly import House, open_house
from store.system import System

SHOP = "CREATE TABLE orders (id INTEGER PRIMARY KEY, total REAL); INSERT INTO orders VALUES (1, 5), (2, 7.5);"


@pytest.fixture
async def house(system: System, tmp_path: Path) -> AsyncGenerator[House]:
    settings = load_settings(home=tmp_path, overrides={"system_database_url": system.url, "model": "none"})
    async with open_house(settings) as opened:
        yield opened


def suite(*cases: Case, **thresholds: float) -> Suite:
    return Suite(name="shop", thresholds=thresholds, databases={"shop": SHOP}, cases=list(cases))


async def test_a_suite_is_judged_by_every_scorer_that_has_a_say(house: House) -> None:
    counted = Case(question="How many rows are in orders?", database="shop", sql="SELECT count(*) FROM orders")
    wrong = counted.model_copy(update={"sql": "SELECT 3"})
    hello = Case(question="Hello", database="shop", intent="small_talk", source="catalog")
    report = await run(suite(counted, wrong, hello, rows=0.5, source=0.5), house)
    scores = {score.scorer: score for score in report.scores}
    assert (scores["rows"].right, scores["rows"].cases, scores["rows"].passed) == (1, 2, True)
    assert scores["intent"].share == 1.0
    assert scores["source"].wrong == ["Hello"]
    assert not report.passed


async def test_a_threshold_without_cases_is_not_reached(house: House) -> None:
    report = await run(suite(Case(question="Hello", database="shop"), rows=0.1), house)
    assert not report.passed


async def test_an_unknown_scorer_is_said(house: House) -> None:
    with pytest.raises(UserError, match="unknown scorer: taste"):
        await run(suite(Case(question="Hello"), taste=1.0), house)
