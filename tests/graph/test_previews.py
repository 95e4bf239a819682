"""Two close readings: each is shown with its first figures, within small limits."""

import json
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path

import psycopg
import pytest

from core.values import Clarification, User
from graph.turns import Question
from store.audit_reading import runs
from store.system import System
from tests.graph.conftest import Opening, answer_of, answered, filled, told
from tests.graph.test_policies import policy

DEPOT = """
CREATE TABLE warehouses (warehouse_id int PRIMARY KEY, city text, country text);
CREATE TABLE customers (customer_id int PRIMARY KEY, name text, city text, country text);
CREATE TABLE parcels (
    parcel_id int PRIMARY KEY,
    customer_id int REFERENCES customers,
    warehouse_id int REFERENCES warehouses
);
INSERT INTO warehouses VALUES (1, 'Berlin', 'Germany'), (2, 'Paris', 'France'), (3, 'Bonn', 'Germany');
INSERT INTO customers SELECT i, 'Name ' || i, (ARRAY['Paris', 'Berlin', 'Bonn', 'Lyon'])[1 + i % 4],
    (ARRAY['France', 'Germany', 'Germany', 'France'])[1 + i % 4] FROM generate_series(1, 40) i;
INSERT INTO parcels SELECT i, 1 + i % 40, 1 + i % 3 FROM generate_series(1, 120) i;
ANALYZE;
"""
CITIES = "Find the cities in Germany"
OPTIONS = ["city of customers where country = 'Germany'", "city of warehouses where country = 'Germany'"]
POLICY = """
access:
  roles:
    shy: {databases: {"*": {tables: {"*": {}, customers: {mask: {city: full}}, warehouses: {mask: {city: full}}}}}}
  users: {anna: [shy]}
"""


@pytest.fixture
async def depot_url(system_url: str) -> AsyncGenerator[str]:
    """The URL of a depot where customers and warehouses have a city."""
    async with filled(system_url, "depot", DEPOT) as url:
        yield url


def shown(asked: Clarification | None) -> dict[str, str]:
    """What each option shows, in words."""
    assert asked
    return {each.option: each.words for each in asked.previews}


async def same_cities(url: str) -> None:
    """Let the only customers in Germany live where the warehouses are."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("UPDATE customers SET country = 'France' WHERE customer_id > 2")


@pytest.mark.parametrize("kind", ["turns", "passing", "single"])
async def test_the_options_come_with_their_first_figures(opening: Opening, depot_url: str, kind: str) -> None:
    async with opening(database_url=depot_url) as house:
        turns = getattr(house, kind)
        events = await told(turns, CITIES, conversation="c")
        asked = answer_of(events)
        assert (asked.status, asked.rows) == ("clarify", [])
        assert asked.clarification and asked.clarification.options == OPTIONS
        assert shown(asked.clarification) == {
            OPTIONS[0]: "Berlin, Bonn, Berlin, ... (20 rows)",
            OPTIONS[1]: "Berlin, Bonn (2 rows)",
        }
        assert [each.row_count for each in asked.clarification.previews] == [20, 2]
        assert all(each.sql.startswith("SELECT") for each in asked.clarification.previews)
        told_back = next(event.data for event in events if event.type == "clarification")
        assert told_back == asked.clarification.model_dump(mode="json")
        # A preview is no answer: neither its statement nor its rows are told as one's.
        assert not {"sql", "rows"} & {event.type for event in events}
        step = next(step for step in asked.trace if step.node == "preview")
        assert (step.decision, step.reason) == ("2 previews", f"{OPTIONS[0]}: 20 rows; {OPTIONS[1]}: 2 rows")
        answer = await answered(turns, "2", conversation="c")
    assert answer.status == "answered"
    assert answer.rows == [["Berlin"], ["Bonn"]]


@pytest.mark.parametrize("kind", ["turns", "passing"])
async def test_what_follows_a_question_back_leans_on_what_was_asked_about(
    opening: Opening, depot_url: str, kind: str
) -> None:
    async with opening(database_url=depot_url) as house:
        turns = getattr(house, kind)
        assert (await answered(turns, "How many warehouses are in France?", conversation="c")).status == "answered"
        assert (await answered(turns, CITIES, conversation="c")).status == "clarify"
        then = await answered(turns, "And how many of those are there?", conversation="c")
    assert then.status != "answered"
    assert "Germany" in f"{then.plan} {then.clarification}"


@pytest.mark.parametrize(
    ("reply", "status"), [("yes", "answered"), ("no", "abstain"), ("How many warehouses are there?", "answered")]
)
async def test_without_a_model_a_likely_reading_is_asked_about(
    opening: Opening, depot_url: str, monkeypatch: pytest.MonkeyPatch, reply: str, status: str
) -> None:
    def unsure(factors: Mapping[str, float]) -> float:
        return 0.6

    monkeypatch.setattr("apex.reading.engine.certainty", unsure)
    async with opening(database_url=depot_url) as house:
        asked = await answered(house.turns, "How many customers live in Lyon?", conversation="c")
        assert (asked.status, "same rows" in asked.answer) == ("clarify", False)
        assert shown(asked.clarification) == {"number of customers where city = 'Lyon'": "10"}
        assert (await answered(house.turns, reply, conversation="c")).status == status


async def test_that_both_show_the_same_is_said(opening: Opening, depot_url: str) -> None:
    await same_cities(depot_url)
    async with opening(database_url=depot_url) as house:
        asked = await answered(house.turns, CITIES, conversation="c")
        answer = await answered(house.turns, "1", conversation="c")
    assert asked.status == "clarify"
    assert asked.answer.endswith("As it stands, both show the same rows.")
    assert sorted(answer.rows) == [["Berlin"], ["Bonn"]]


async def test_a_statement_that_takes_too_much_is_not_looked_at(
    opening: Opening, depot_url: str, system: System
) -> None:
    async with opening(database_url=depot_url, budgets={"rows": 30}) as house:
        asked = await answered(house.turns, "Find the cities in Germany", conversation="c")
        refused = [run for run in await runs(system) if run.verdict != "accepted"]
    assert asked.status == "clarify"
    assert asked.clarification and len(asked.clarification.options) == 2
    assert shown(asked.clarification) == {"city of warehouses where country = 'Germany'": "Berlin, Bonn (2 rows)"}
    assert any("customers" in table for run in refused for table in run.tables)


async def test_a_slow_statement_is_given_up(opening: Opening, depot_url: str) -> None:
    async with opening(database_url=depot_url) as house:
        await answered(house.turns, "How many tables are there?")
        async with await psycopg.AsyncConnection.connect(depot_url) as connection:
            await connection.execute("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE")
            asked = await answered(house.turns, CITIES, conversation="c")
    assert asked.status == "clarify"
    assert asked.timing_ms.total < 10_000
    assert shown(asked.clarification) == {OPTIONS[1]: "Berlin, Bonn (2 rows)"}


async def test_what_is_masked_stays_masked_and_does_not_count_as_the_same(
    opening: Opening, depot_url: str, tmp_path: Path
) -> None:
    await same_cities(depot_url)
    async with opening(database_url=depot_url, access=policy(tmp_path, POLICY)) as house:
        question = Question(text=CITIES, user=User(name="anna"))
        asked = answer_of([event async for event in house.turns.say(question)])
    assert asked.status == "clarify"
    assert "the same" not in asked.answer
    assert len(shown(asked.clarification)) == 2
    assert "Berlin" not in json.dumps(asked.model_dump(mode="json"))


async def test_a_pause_with_previews_stays_small(opening: Opening, depot_url: str, system: System) -> None:
    async with await psycopg.AsyncConnection.connect(depot_url, autocommit=True) as connection:
        await connection.execute("UPDATE customers SET city = repeat(city, 20000)")
    async with opening(database_url=depot_url) as house:
        asked = await answered(house.turns, CITIES, conversation="c")
        assert asked.status == "clarify"
        async with system.connection() as connection:
            found = await connection.execute(
                "SELECT coalesce(max(length(blob)), 0) FROM datachat.checkpoint_blobs WHERE thread_id = %s",
                [asked.conversation_id],
            )
            [(largest,)] = await found.fetchall()
    assert len(json.dumps(asked.model_dump(mode="json"))) < 64_000
    assert largest < 64_000
