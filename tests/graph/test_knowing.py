"""What is known of databases reaches their users: values, DataPoints, routing; and no more than each may see."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from core.catalog import TableName
from core.values import Answer, User
from core.yaml_file import read_mapping
from datapoints.kinds.metric import MetricDataPoint
from graph.assembly import House
from graph.forgetting import forget_knowledge
from graph.turns import Question
from store.datapoints import DataPoints
from store.embedded import ensure_database
from tests.graph.conftest import Opening, answer_of

POLICY = """
access:
  roles:
    masked: {databases: {"shop_*": {tables: {customers: {mask: {country: full}}}}}}
    filtered: {databases: {"shop_*": {tables: {customers: {rows: "id < 3"}}}}}
    whole: {databases: {"shop_*": {tables: {"*": {}}}}}
    none: {databases: {"shop_*": {tables: {orders: {}}}}}
  users: {masked: [masked], filtered: [filtered], whole: [whole], none: [none]}
"""
LIBRARY = """
CREATE TABLE books (id int PRIMARY KEY, title text, author text);
CREATE TABLE loans (id int PRIMARY KEY, book_id int REFERENCES books, due date);
INSERT INTO books VALUES (1, 'Walden', 'Thoreau'), (2, 'Emma', 'Austen');
"""


@pytest.fixture
async def library_url(system_url: str) -> str:
    url = await ensure_database(system_url, f"library_{uuid4().hex}")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(LIBRARY)
    return url


async def asked(house: House, text: str, *, database: str | None = None, conversation: str = "") -> Answer:
    question = Question(text=text, database=database, conversation=conversation or uuid4().hex)
    return answer_of([event async for event in house.turns.say(question)])


def policy(folder: Path) -> object:
    path = folder / "policy.yaml"
    path.write_text(POLICY)
    return read_mapping(path)


async def test_a_small_database_is_measured_when_it_is_first_asked(opening: Opening) -> None:
    async with opening() as house:
        database = await house.databases.get()
        found = await database.knowledge.ground("orders from FR")
    measured = database.profile.columns[TableName("public", "customers"), "country"]
    assert {value for value, _ in measured.top} == {"DE", "FR"}
    assert [(each.column, each.value) for each in found.values] == [("country", "FR")]


async def test_nothing_is_measured_where_that_is_turned_off(opening: Opening) -> None:
    async with opening(profile_on_open=False) as house:
        database = await house.databases.get()
    assert not database.profile.tables


@pytest.mark.parametrize(
    ("user", "values", "known"), [("whole", ["FR"], True), ("masked", [], False), ("filtered", [], False)]
)
async def test_values_that_a_user_may_not_read_are_neither_found_nor_known(
    user: str, values: list[str], known: bool, opening: Opening, tmp_path: Path
) -> None:
    async with opening(access=policy(tmp_path)) as house:
        database = await house.databases_of(User(name=user)).get()
        found = await database.knowledge.ground("customers from FR")
    assert [each.value for each in found.values] == values
    assert bool(database.profile.columns[TableName("public", "customers"), "country"].top) is known


async def test_a_hidden_table_is_neither_found_nor_known(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.databases.LATEST", 0.0)
    async with opening(access=policy(tmp_path)) as house:
        metric = MetricDataPoint.model_validate(
            {"id": "reach", "kind": "metric", "name": "Reach", "data_sources": [{"table": "customers"}]}
        )
        await _approved(house, metric)
        seen: dict[str, tuple[object, ...]] = {}
        for user in ("none", "whole"):
            database = await house.databases_of(User(name=user)).get()
            found = await database.knowledge.ground("reach of customers from FR")
            seen[user] = (
                {each.table for each in found.tables},
                [each.id for each in found.datapoints],
                [each.id for each in database.datapoints],
                TableName("public", "customers") in database.profile.tables,
            )
    assert seen["none"] == ({"public.orders"}, [], [], False)
    assert seen["whole"][1:] == (["reach"], ["reach"], True)


async def test_an_approved_datapoint_is_live_within_a_second(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opening() as house:
        before = await house.databases.get()
        assert before.datapoints == ()
        metric = {"id": "spend", "kind": "metric", "name": "Spend", "data_sources": [{"table": "orders"}]}
        await _approved(house, MetricDataPoint.model_validate(metric))
        monkeypatch.setattr("graph.databases.LATEST", 0.0)
        after = await house.databases.get()
        found = await after.knowledge.ground("what is our spend?")
    assert [each.id for each in after.datapoints] == ["spend"]
    assert [each.id for each in found.datapoints] == ["spend"]
    assert found.tables[0].table == "public.orders"
    assert after.connector is before.connector


async def _approved(house: House, metric: MetricDataPoint) -> None:
    kept = DataPoints(house.system, house.settings.home / "datapoints")
    await kept.propose([metric], origin="test")
    await kept.approve([metric.id], reviewer="someone")


async def test_a_question_goes_to_the_database_that_explains_it(opening: Opening, library_url: str) -> None:
    async with opening() as house:
        await house.connections.add("library", library_url)
        first = (await house.databases.names())[0]
        books = await asked(house, "How many rows does loans have?")
        orders = await asked(house, "How many rows does customers have?")
        by_value = await house.turns.lend(Question(text=""))
        assert by_value.routing
        likely = {each.name: each.score for each in await by_value.routing.likely("everything of Thoreau")}
        named = await asked(house, "In library, which tables are there?")
        strict = await asked(house, "How many rows does orders have?", database="library")
    assert (books.database, orders.database) == ("library", first)
    assert any("explains most of the question" in step.reason for step in books.trace)
    assert likely["library"] > likely[first]
    assert named.database == "library"
    assert strict.database == "library"
    assert strict.rows == []


async def test_a_tie_asks_and_the_reply_decides(opening: Opening, library_url: str) -> None:
    async with opening() as house:
        await house.connections.add("left", library_url)
        await house.connections.add("right", library_url)
        question = await asked(house, "How many rows does loans have?", conversation="c")
        answer = await asked(house, "right", conversation="c")
    assert question.status == "clarify"
    assert question.clarification is not None
    assert set(question.clarification.options) == {"left", "right"}
    assert (answer.status, answer.database, answer.rows) == ("answered", "right", [[0]])


async def test_knowledge_is_kept_apart(opening: Opening, library_url: str) -> None:
    async with opening() as house:
        await house.connections.add("library", library_url)
        shop, library = await house.databases.get(), await house.databases.get("library")
        assert not (await shop.knowledge.ground("books by Thoreau")).values
        assert [each.value for each in (await library.knowledge.ground("books by Thoreau")).values] == ["Thoreau"]
        await forget_knowledge("library", house.system, house.lineage)
        again = await shop.knowledge.ground("orders from FR")
    assert [each.value for each in again.values] == ["FR"]
