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
from core.values import Compiled, Grounding, Intent, Remembered
from core.values.plans import Output, Plan
from datapoints.kinds import datapoint_of
from graph.shown import shown
from knowledge.lexical import LexicalKnowledge
from nodes.context_answer import Reads, context_answer
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


def asked(text: str, *turns: Remembered) -> Reads:
    """What the node reads."""
    grounding = Grounding(database="shop", dialect="postgres", tables=[])
    intent = Intent(kind="data", text=text)
    return Reads(question=text, database=None, turns=[*turns], intent=intent, grounding=grounding)


async def answered(
    text: str, database: Database, *, whole: Database | None = None, turns: Sequence[Remembered] = ()
) -> Compiled:
    """What the node makes of a question; `whole` is the database beyond what is shown of it."""
    context = Context(databases=Shown(database), results=MemoryResults(), lineage=MemoryLineage(whole or database))
    page = await context_answer(asked(text, *turns), Runtime(context=context))
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
        page = await context_answer(asked(question), Runtime(context=context))
        assert page["context"].status == status


@pytest.mark.parametrize(
    "text", ["", "?", "what is", "who owns ?", "what is " + "x" * 300, "what is \0", "what is 🙂?"]
)
async def test_odd_questions_are_left(text: str) -> None:
    assert (await answered(text, COMPANY)).status == "incomplete"


async def test_a_slip_is_said_and_nothing_is_verified_then() -> None:
    found = await answered("who owns revnue?", COMPANY)
    assert found.assumptions == ['"revnue" is read as Revenue.'] and not found.verified and found.confidence < 1


def asked_before(*questions: str) -> list[Remembered]:
    return [Remembered(question=each, database="shop", source="context") for each in questions]


FOLLOW_UPS = [
    (["what is revenue?"], "who owns it?", "owned by finance-team"),
    (["what is revenue?", "who owns it?"], "where does it come from?", "transactions.amount"),
    (["who owns churn?"], "how is that calculated?", "Share of customers"),
    (["who owns churn?"], "what does this metric mean?", "Share of customers"),
    (["who owns churn?"], "what about gross margin?", "owned by finance-team"),
    (["who owns churn?", "and gross margin?"], "and average order value", "owned by growth-team"),
    (["what is revnue?"], "who owns it?", "owned by finance-team"),
    (["who owns transactions.amount?"], "what depends on it?", "Revenue"),
]


@pytest.mark.parametrize(("before", "question", "words"), FOLLOW_UPS)
async def test_a_question_may_lean_on_the_one_before(before: list[str], question: str, words: str) -> None:
    found = await answered(question, COMPANY, turns=asked_before(*before))
    assert found.status == "told" and words in found.words


async def test_it_may_be_the_metric_that_was_asked_for() -> None:
    plan = Plan(table="public.transactions", outputs=list[Output](), metrics=["revenue"])
    before = Remembered(question="revenue by month", database="shop", source="metric", plan=plan)
    assert "finance-team" in (await answered("who owns it?", COMPANY, turns=[before])).words
    two = plan.model_copy(update={"metrics": ["revenue", "churn"]})
    found = await answered("who owns it?", COMPANY, turns=[before.model_copy(update={"plan": two})])
    assert found.status == "incomplete"


@pytest.mark.parametrize(
    ("turns", "question"),
    [
        ([], "who owns it?"),
        ([], "what about churn?"),
        (asked_before("hello"), "who owns it?"),
        ([Remembered(question="what is revenue?", database="elsewhere", source="context")], "who owns it?"),
        ([Remembered(question="how many orders?", database="shop", source="plan")], "what about churn?"),
        (asked_before("who owns churn?"), "what about by country?"),
    ],
)
async def test_what_leans_on_nothing_is_left(turns: list[Remembered], question: str) -> None:
    assert (await answered(question, COMPANY, turns=turns)).status == "incomplete"
