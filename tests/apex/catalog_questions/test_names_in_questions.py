"""Which table or column is meant: exact, alike, misspelt, twofold, or from the turn before."""

from dataclasses import replace

import pytest

from apex.catalog_questions import answer_from_catalog
from apex.intents import tell_intent
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.values import Compiled, Exchange, Remembered


def _ask(question: str, catalog: Catalog, *, turns: list[Remembered] | None = None) -> Compiled:
    compiled = answer_from_catalog(question, catalog, turns=turns or [])
    assert compiled is not None
    return compiled


def _options(compiled: Compiled) -> list[str]:
    assert compiled.status == "ambiguous"
    assert compiled.clarification
    return compiled.clarification.options


@pytest.mark.parametrize("name", ["custmers", "customrs", "cusotmers", "custoners"])
def test_one_close_name_is_taken_and_said(name: str, catalog: Catalog) -> None:
    compiled = _ask(f"how many rows in {name}", catalog)
    assert compiled.sql.endswith("public.customers")
    assert name in compiled.assumptions[0]
    assert compiled.confidence < 1


def test_a_vague_name_is_asked_back(catalog: Catalog) -> None:
    catalog = replace(
        catalog, tables=(*catalog.tables, Table("public", "customer_notes", ()), Table("public", "customer_tags", ()))
    )
    assert set(_options(_ask("columns of custom notes tags", catalog))) >= {"customer_notes", "customer_tags"}


def test_a_name_that_nothing_is_like_is_said_to_be_unknown(catalog: Catalog) -> None:
    compiled = _ask("columns of unicorns", catalog)
    assert compiled.status == "impossible"
    assert "unicorns" in compiled.words
    assert "customers" in compiled.words


@pytest.mark.parametrize("reply", ["crm.accounts", "sales.accounts"])
def test_a_name_in_two_schemas_is_asked_back_and_resolved_by_the_reply(reply: str, catalog: Catalog) -> None:
    asked = _ask("how many rows in accounts", catalog)
    assert _options(asked) == ["sales.accounts", "crm.accounts"]
    assert asked.clarification
    exchange = Exchange(clarification=asked.clarification, reply=reply)
    assert _ask(tell_intent("how many rows in accounts", exchanges=[exchange]).text, catalog).sql.endswith(reply)


def test_a_schema_beside_the_name_decides(catalog: Catalog) -> None:
    assert _ask("columns of accounts in schema crm", catalog).tables == ["crm.accounts"]
    assert _ask("columns of crm.accounts", catalog).tables == ["crm.accounts"]


@pytest.mark.parametrize("question", ["columns of accounts in schema moon", "list the tables in schema moon"])
def test_an_unknown_schema_is_said(question: str, catalog: Catalog) -> None:
    compiled = _ask(question, catalog)
    assert compiled.status == "impossible"
    assert "no schema moon" in compiled.words
    assert "public" in compiled.words


def test_several_tables_before_are_asked_back(catalog: Catalog) -> None:
    before = Remembered(question="x", tables=["public.orders", "public.customers"], source="model")
    assert _options(_ask("what are its columns", catalog, turns=[before])) == ["orders", "customers"]


def test_a_count_of_a_name_in_two_schemas_is_asked_back(catalog: Catalog) -> None:
    assert _options(_ask("how many accounts are there", catalog)) == ["sales.accounts", "crm.accounts"]


def test_an_endless_question_is_not_about_a_catalog(catalog: Catalog) -> None:
    assert answer_from_catalog("columns of " * 300, catalog) is None


def test_an_exact_name_beats_its_plural() -> None:
    tables = (Table("main", "order", (Column("a", "int"),)), Table("main", "orders", (Column("b", "int"),)))
    catalog = Catalog(dialect="sqlite", tables=tables, search_path=("main",))
    assert _ask("columns of order", catalog).tables == ["main.order"]
    assert _ask("columns of orders", catalog).tables == ["main.orders"]


def test_tables_that_differ_in_case_are_told_apart() -> None:
    tables = (Table("main", "Users", (Column("a", "int"),)), Table("main", "users", (Column("b", "int"),)))
    catalog = Catalog(dialect="postgres", tables=tables, search_path=("main",))
    assert _ask("columns of Users", catalog).tables == ["main.Users"]
    assert _ask("columns of users", catalog).tables == ["main.users"]
    assert len(_options(_ask("columns of USERS", catalog))) == 2


@pytest.mark.parametrize("name", ["Größen", "größen", '"Größen"', "GRÖSSEN"])
def test_names_in_other_alphabets(name: str) -> None:
    catalog = Catalog(
        dialect="postgres", tables=(Table("public", "Größen", (Column("höhe", "int"),)),), search_path=("public",)
    )
    assert _ask(f"columns of {name}", catalog).tables == ["public.Größen"]


def test_a_column_in_several_tables_is_asked_back(catalog: Catalog) -> None:
    assert _options(_ask("distinct values of status", catalog)) == ["customers.status", "orders.status"]
    assert _ask("distinct values of quantity", catalog).sql.startswith(
        "SELECT DISTINCT quantity FROM public.order_items"
    )


def test_a_misspelt_column(catalog: Catalog) -> None:
    compiled = _ask("distinct values of statsu in orders", catalog)
    assert compiled.sql.startswith("SELECT DISTINCT status FROM public.orders")
    assert "statsu" in compiled.assumptions[0]
    missing = _ask("data type of unicorn in orders", catalog)
    assert missing.status == "impossible"
    assert "ordered_at" in missing.words


def test_no_name_at_all_is_asked_back(catalog: Catalog) -> None:
    assert "orders" in _options(_ask("show me the columns", catalog))
    assert _options(_ask("what is its primary key", catalog))


LAST = Remembered(question="what are the columns of orders?", tables=["public.orders"], source="catalog")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how many rows does it have?", "COUNT(*) AS row_count FROM public.orders"),
        ("and its primary key?", "The primary key of orders is id"),
        ("show me 5 rows", "FROM public.orders LIMIT 5"),
        ("how many rows?", "FROM public.orders"),
        ("describe it", "orders is a table"),
        ("what are its foreign keys", "orders.customer_id refers to"),
        ("distinct values of status", "FROM public.orders"),
        ("and of customers?", "customers has 6 columns"),
        ("what about products", "products has 3 columns"),
        ("and order items?", "order_items has 4 columns"),
        ("and for custmers", "customers has 6 columns"),
    ],
)
def test_a_follow_up_speaks_of_the_table_before(question: str, found: str, catalog: Catalog) -> None:
    compiled = _ask(question, catalog, turns=[LAST])
    assert found in compiled.words + compiled.sql


def test_a_chain_of_follow_ups_goes_back_to_the_whole_question(catalog: Catalog) -> None:
    second = Remembered(question="and of customers?", tables=["public.customers"], source="catalog")
    assert "products has 3 columns" in _ask("and of products?", catalog, turns=[LAST, second]).words


def test_a_follow_up_of_a_data_question_is_left_alone(catalog: Catalog) -> None:
    before = Remembered(question="revenue by country", tables=["public.orders"], source="model")
    assert answer_from_catalog("and of customers?", catalog, turns=[before]) is None


def test_a_table_called_like_a_part_of_databases_is_asked_back_and_resolved() -> None:
    tables = (Table("main", "views", (Column("at", "text"),)), Table("main", "seen", (), kind="view"))
    catalog = Catalog(dialect="sqlite", tables=tables, search_path=("main",))
    asked = _ask("how many views are there?", catalog)
    rows, objects = _options(asked)
    assert _ask(rows, catalog).sql.endswith("main.views")
    assert _ask(objects, catalog).words.startswith("There is 1 view")
    assert _ask("columns of views", catalog).tables == ["main.views"]
    assert asked.clarification
    reply = Exchange(clarification=asked.clarification, reply=rows)
    assert tell_intent("how many views are there?", exchanges=[reply]).text == rows


ABOUT_ROWS = (
    "how many tables were sold in March?",
    "describe the trend of orders",
    "how many customers have orders",
    "total of orders",
    "average total by status",
    "columns of orders in march",
    "top 10 customers by revenue",
    "how many orders per customer",
    "which customers have no orders",
    "how many active users",
    "orders without customers",
    "last 5 rows of orders by date",
    "what types of customers are there",
    "list the names of all customers",
    "how many orders last month",
    "customers from Germany",
    "show orders with status open",
    "how many different customers ordered",
    "largest order",
    "which product is the most expensive",
)


@pytest.mark.parametrize("question", ABOUT_ROWS)
def test_questions_about_rows_are_left_to_others(question: str, catalog: Catalog) -> None:
    assert answer_from_catalog(question, catalog) is None


def test_follow_ups_can_be_answered(catalog: Catalog) -> None:
    questions = [
        "list tables",
        "columns of orders",
        "describe Gift Cards",
        "preview sales.accounts",
        "largest tables",
        "show all views",
        "how many tables",
        "which tables have product_id",
        "how are orders and customers related",
        "what database is this",
    ]
    for question in questions:
        for following in _ask(question, catalog).follow_ups:
            assert _ask(following, catalog).status in ("told", "ready"), following


def test_an_empty_database_is_said_to_be_empty() -> None:
    catalog = Catalog(dialect="sqlite", tables=(), search_path=("main",))
    for question in (
        "list tables",
        "describe orders",
        "columns of orders",
        "row counts of all tables",
        "which tables are empty",
    ):
        compiled = _ask(question, catalog)
        assert compiled.status in ("impossible", "told")
        assert "no table" in compiled.words.lower()
    assert "0 tables" in _ask("how many tables are there", catalog).words


def test_one_name_among_five_thousand_tables() -> None:
    tables = tuple(
        Table(
            "public",
            f"{domain}_{entity}_{each}",
            tuple(Column(f"c{n}_{entity}", "int") for n in range(10)),
            foreign_keys=(ForeignKey(("c1",), TableName("public", f"{domain}_{entity}_0"), ("c0",)),),
        )
        for domain in ("crm", "erp", "web", "ops", "risk")
        for entity in ("customer", "order", "invoice", "ticket")
        for each in range(250)
    )
    catalog = Catalog(dialect="postgres", tables=tables, search_path=("public",))
    for question, said in {
        "columns of crm_customer_7": "crm_customer_7",
        "which tables have a column c3_ticket": "c3_ticket",
        "describe web invoice 3": "web_invoice_3",
        "how are crm_customer_1 and crm_customer_2 related": "crm_customer_0",
        "how many tables are there": "5000",
    }.items():
        compiled = _ask(question, catalog)
        assert said in compiled.words.replace(",", ""), question


@pytest.mark.parametrize("question", ["list the customers", "show customers", "give me the products"])
def test_a_question_of_its_own_does_not_lean_on_the_turn_before(question: str, catalog: Catalog) -> None:
    before = Remembered(
        question="How many rows does orders have?", tables=["public.orders"], source="catalog", database="shop"
    )
    assert answer_from_catalog(question, catalog, turns=[before]) is None
