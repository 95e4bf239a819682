"""Questions about meaning and lineage through whole turns."""

import asyncio
from pathlib import Path

import pytest
import yaml

from graph.assembly import House
from graph.turns import Question
from store.datapoints import DataPoints
from tests.graph.conftest import Opening, answer_of, answered, told

FACTS = {
    "revenue": """
kind: metric
name: Revenue
definition: What customers paid.
owner: finance
execution: {type: simple, measure: {aggregate: sum, expression: total, table: public.orders}}
""",
    "board": "{kind: dashboard, name: Board, charts: [{title: Money, metric: revenue}]}",
    "eu_margin": "{kind: metric, name: Margin, definition: Of Europe.}",
    "us_margin": "{kind: metric, name: Margin, definition: Of America.}",
    "proposed": "{kind: metric, name: Proposed, definition: CANARY, status: pending}",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """DataPoints of the shop."""
    made = tmp_path / "datapoints"
    made.mkdir()
    for name, text in FACTS.items():
        (made / f"{name}.yaml").write_text(yaml.safe_dump({"datapoint": {"id": name, **yaml.safe_load(text)}}))
    return made


async def synced(house: House, folder: Path) -> None:
    found = await DataPoints(house.system, folder).sync()
    assert found.added == len(FACTS), found.findings


async def test_a_meaning_is_told_without_sql(opening: Opening, folder: Path) -> None:
    async with opening(datapoints=folder) as house:
        await synced(house, folder)
        answer = await answered(house.turns, "What is revenue?", conversation="c")
    assert (answer.status, answer.source, answer.sql) == ("answered", "context", None)
    assert "What customers paid." in answer.answer and "version 1" in answer.answer
    assert [(each.kind, each.id, each.version) for each in answer.evidence] == [("metric", "revenue", "1")]
    assert [step.node for step in answer.trace] == ["intent_gate", "retriever", "context_answer", "answer"]
    assert answer.usage.llm_calls == 0


async def test_lineage_follows_the_database(opening: Opening, folder: Path) -> None:
    async with opening(datapoints=folder) as house:
        await synced(house, folder)
        answer = await answered(house.turns, "what depends on public.orders.total?")
        assert "Revenue" in answer.answer and "1 dashboard (Board)" in answer.answer
        assert ["dashboard", "Board", 2, "DEPENDS_ON", "Revenue"] in answer.rows
        (folder / "board.yaml").unlink()
        await DataPoints(house.system, folder).sync()
        await asyncio.sleep(1.2)
        again = await answered(house.turns, "what depends on public.orders.total?")
        assert "Revenue" in again.answer and "Board" not in again.answer


async def test_several_of_one_name_are_asked_about(opening: Opening, folder: Path) -> None:
    async with opening(datapoints=folder) as house:
        await synced(house, folder)
        asked = await answered(house.turns, "what is margin?", conversation="c")
        assert asked.status == "clarify" and asked.clarification
        assert sorted(asked.clarification.options) == ["eu_margin", "us_margin"]
        events = [event async for event in house.turns.resume(asked.turn_id, "us_margin", question=Question(text=""))]
    assert "Of America." in answer_of(events).answer


async def test_what_is_not_known_goes_on(opening: Opening, folder: Path) -> None:
    script = [{"sql": "SELECT sum(total) AS revenue FROM public.orders", "confidence": 0.9}]
    async with opening(script, datapoints=folder) as house:
        await synced(house, folder)
        answer = answer_of(await told(house.turns, "what is our revenue?"))
        proposed = await answered(house.turns, "what does proposed mean?")
    assert answer.status == "answered" and answer.source != "context" and answer.sql
    assert [step.node for step in answer.trace][2:4] == ["context_answer", "compiler"]
    assert "CANARY" not in proposed.model_dump_json()
