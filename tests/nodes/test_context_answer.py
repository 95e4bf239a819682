"""What things mean, whose they are and what they rest on: phrasings, and what may not be told."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from langgraph.runtime import Runtime

from core.access import Access
from core.catalog import TableName
from core.context import Context
from core.ports import Database
from core.profile import ColumnProfile, Profile, TableProfile
from core.values import Compiled, Grounding, Intent
from datapoints.kinds import datapoint_of
from graph.shown import shown
from knowledge.lexical import LexicalKnowledge
from nodes.context_answer import context_answer
from sql.ddl import catalog_of
from store.memory import MemoryResults
from tests.nodes.house import NoConnector
from tests.nodes.walking import MemoryLineage

HERE = Path(__file__).parent / "context"
DDL = """
CREATE TABLE customers (id int PRIMARY KEY, name text, country text, is_test boolean);
CREATE TABLE transactions (id int PRIMARY KEY, customer_id int REFERENCES customers, amount numeric, status text,
    created_at timestamp);
CREATE TABLE refunds (id int, transaction_id int REFERENCES transactions, refunded numeric);
CREATE TABLE raw_payments (payload text);
CREATE TABLE salaries (person text, salary numeric);
CREATE VIEW daily AS SELECT created_at AS day, sum(amount) AS revenue FROM transactions GROUP BY 1;
"""
VIEW = "SELECT created_at AS day, sum(amount) AS revenue FROM transactions GROUP BY 1"


def company() -> Database:
    """The payments company, with all that is written of it."""
    plain = catalog_of(DDL, dialect="postgres")
    catalog = replace(
        plain, tables=tuple(replace(each, definition=VIEW) if each.name == "daily" else each for each in plain.tables)
    )
    name = TableName("public", "transactions")
    measured = TableProfile(name, 10, (ColumnProfile("created_at", latest="2026-02-28T10:00:00"),))
    return Database(
        name="shop",
        connector=NoConnector(catalog),
        catalog=catalog,
        knowledge=LexicalKnowledge(catalog),
        profile=Profile(tables={name: measured}),
        datapoints=tuple(datapoint_of(each) for each in yaml.safe_load((HERE / "facts.yaml").read_text())),
    )


class Shown:
    """The databases as one user sees them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, name: str | None = None) -> Database:
        return self.database

    async def names(self) -> Sequence[str]:
        return [self.database.name]


async def answered(text: str, database: Database, *, whole: Database | None = None) -> Compiled:
    """What the node makes of a question; `whole` is the database beyond what is shown of it."""
    context = Context(databases=Shown(database), results=MemoryResults(), lineage=MemoryLineage(whole or database))
    grounding = Grounding(database="shop", dialect="postgres", tables=[])
    page = await context_answer(
        {"intent": Intent(kind="data", text=text), "grounding": grounding}, Runtime(context=context)
    )
    assert page["context_of"] == text
    return page["context"]


COMPANY = company()
QUESTIONS = [
    line.split(" => ") for line in (HERE / "questions.txt").read_text().splitlines() if line and line[0] != "#"
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
async def test_phrasings(question: str, expected: str) -> None:
    outcome, _, words = expected.partition(" ")
    found = await answered(question, COMPANY)
    assert found.status == {"tells": "told", "asks": "ambiguous", "leaves": "incomplete"}[outcome], found
    said = found.clarification.question + str(found.clarification.options) if found.clarification else found.words
    assert [each for each in filter(None, words.split("; ")) if each not in said] == [], said
    assert "CANARY" not in found.model_dump_json()


def test_there_are_phrasings_enough() -> None:
    assert len(QUESTIONS) >= 100
    assert len({question for question, _ in QUESTIONS}) == len(QUESTIONS)


async def test_what_is_quoted_is_evidence_with_its_version() -> None:
    found = await answered("what is revenue?", COMPANY)
    assert found.source == "context" and found.confidence == 1 and found.verified
    assert [(each.kind, each.id, each.version) for each in found.evidence] == [("metric", "revenue", "3")]


async def test_what_was_reached_is_listed() -> None:
    found = await answered("what depends on revenue?", COMPANY)
    assert found.result
    assert ["dashboard", "Sales board", 1, "DEPENDS_ON", "Revenue"] in found.result.rows
    assert {each.id for each in found.evidence} >= {"revenue", "sales_board", "average_order_value"}


def limited(*hidden: str) -> Database:
    """The company as somebody sees it from whom some tables are hidden."""
    tables = tuple(each for each in COMPANY.catalog.tables if each.name not in hidden)
    catalog = replace(COMPANY.catalog, tables=tables)
    return shown(COMPANY, Access(catalog=catalog, governed={}))


@pytest.mark.parametrize(
    "question",
    [
        "what is payroll?",
        "who owns payroll?",
        "where does payroll come from?",
        "who owns salaries?",
        "what depends on salaries.salary?",
        "how do I join salaries with customers?",
    ],
)
async def test_what_a_user_may_not_see_is_not_told(question: str) -> None:
    assert (await answered(question, COMPANY)).status == "told"
    found = await answered(question, limited("salaries"), whole=COMPANY)
    assert found.status == "incomplete"
    assert not found.words


async def test_lineage_ends_where_sight_ends() -> None:
    seen = limited("transactions")
    for question in ("where does daily.revenue come from?", "what depends on customers?", "where does AOV come from?"):
        found = await answered(question, seen, whole=COMPANY)
        assert "transactions" not in found.model_dump_json().lower().replace("transaction_count", "")
    assert (await answered("what is revenue?", seen, whole=COMPANY)).status == "incomplete"
    assert (await answered("what is churn?", seen, whole=COMPANY)).status == "told"
    assert (await answered("join path from refunds to customers", seen, whole=COMPANY)).status == "incomplete"


async def test_without_lineage_only_what_is_written_is_told() -> None:
    context = Context(databases=Shown(COMPANY), results=MemoryResults())
    for question, status in (("what is revenue?", "told"), ("what depends on revenue?", "incomplete")):
        page = await context_answer(
            {
                "intent": Intent(kind="data", text=question),
                "grounding": Grounding(database="shop", dialect="postgres", tables=[]),
            },
            Runtime(context=context),
        )
        assert page["context"].status == status


@pytest.mark.parametrize(
    "text", ["", "?", "what is", "who owns ?", "what is " + "x" * 300, "what is \0", "what is 🙂?"]
)
async def test_odd_questions_are_left(text: str) -> None:
    assert (await answered(text, COMPANY)).status == "incomplete"
