import time

import pytest

from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.ports import Knowledge
from knowledge.lexical import LexicalKnowledge


def table(
    name: str, *columns: str, schema: str = "public", comment: str = "", rows: int | None = None, **keys: str
) -> Table:
    """A table; `keys` maps a column to the table it refers to."""
    return Table(
        schema,
        name,
        tuple(Column(column, "text") for column in ("id", *columns, *keys)),
        primary_key=("id",),
        foreign_keys=tuple(ForeignKey((column,), TableName(schema, to), ("id",)) for column, to in keys.items()),
        comment=comment or None,
        row_estimate=rows,
    )


def knowledge(*tables: Table, search_path: tuple[str, ...] = ("public",)) -> LexicalKnowledge:
    return LexicalKnowledge(Catalog("postgres", tables, search_path))


SHOP = (
    table("customers", "email", "country"),
    table("categories", "name"),
    table("products", "name", "unit_price", category_id="categories"),
    table("orders", "status", "channel", customer_id="customers"),
    table("order_items", "quantity", order_id="orders", product_id="products"),
    table("txn", "amt", "created_at"),
    table("staff", "first_name"),
    table("T_WAREHOUSE_STOCK", "on_hand_qty"),
)
NOISE = tuple(
    table(f"{one}_{other}_x{each}", "a", "b")
    for one in ("mkt", "ops")
    for other in ("lead", "rig")
    for each in "abcdefgh"
)


def names(found: LexicalKnowledge, question: str, limit: int = 20) -> list[str]:
    return [each.table.removeprefix("public.") for each in found.rank(question, limit=limit)]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many customers are there?", "customers"),
        ("how many CUSTOMER records", "customers"),
        ("how many clients do we have", "customers"),
        ("number of custmers per country", "customers"),
        ("list all transactions of 2024", "txn"),
        ("names of employees", "staff"),
        ("quantity on hand in the warehouse", "T_WAREHOUSE_STOCK"),
        ("which orderitems are large", "order_items"),
        ("products by unit price", "products"),
        ("show me the e-mail of everyone", "customers"),
    ],
)
def test_the_table_that_is_meant_comes_first(question: str, first: str) -> None:
    assert names(knowledge(*SHOP, *NOISE), question)[0] == first


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many students tried out?", "tryout"),
        ("Which performers are older than 30?", "performances"),
        ("Which school has the largest enrollment?", "schools_a"),
        ("How many counties are there?", "county"),
    ],
)
def test_other_forms_of_a_word_are_found(question: str, first: str) -> None:
    tables = (
        table("tryout", "decision"),
        table("performances", "date"),
        table("schools_a", "enr"),
        table("schools_b", "size"),
        table("county", "zip"),
        table("counts", "total"),
    )
    assert names(knowledge(*tables, *NOISE), question)[0] == first


def test_what_little_matches_does_not_make_a_name_common() -> None:
    """Many tables with a near word must not outweigh the one that has the word itself and one more."""
    near = tuple(table(f"staff_{each}", "name", schema=f"s{each}") for each in "abcdefghij")
    right = table("employees", "salary", schema="hr")
    found = knowledge(right, table("salaries", "amount", schema="other"), *near, *NOISE)
    assert names(found, "salary of each employee")[0] == "hr.employees"


def test_tables_between_found_ones_come_along() -> None:
    found = {each.table: each for each in knowledge(*SHOP, *NOISE).rank("revenue of orders by category name")}
    assert found["public.order_items"].why == "foreign key"
    assert found["public.products"].why in ("foreign key", "column")
    assert 0 < found["public.order_items"].score < found["public.orders"].score


def test_tables_that_a_found_one_refers_to_come_along() -> None:
    assert "customers" in names(knowledge(*SHOP, *NOISE), "orders by channel")[:4]


def test_an_exact_name_beats_longer_ones() -> None:
    long = [
        table(f"{domain}_customer_{kind}", "customer")
        for domain in ("crm", "erp", "web")
        for kind in ("history", "map", "daily")
    ]
    assert names(knowledge(*long, *SHOP, *NOISE), "active customers per country")[0] == "customers"
    assert names(knowledge(*long, *SHOP, *NOISE), "daily customers of crm")[0] == "crm_customer_daily"


def test_equal_names_are_told_apart_by_search_path_then_by_what_refers_to_them() -> None:
    two = (table("orders", schema="archive"), table("orders", schema="sales"))
    assert knowledge(*two, search_path=("sales",)).rank("orders")[0].table == "sales.orders"
    assert knowledge(*two, search_path=()).rank("orders in the sales schema")[0].table == "sales.orders"
    used = (table("logs"), table("log"), table("lines", log_id="log"))
    assert names(knowledge(*used, *NOISE), "logs")[0] == "log"


def test_comments_are_read() -> None:
    tables = (*NOISE, table("x17", "y", comment="Monthly churn of subscribers"))
    (first, *_) = knowledge(*tables).rank("how high is churn?")
    assert (first.table, first.why) == ("public.x17", "comment")


def test_matched_columns_are_named_best_first() -> None:
    found = knowledge(*SHOP, *NOISE).rank("status and channel of orders")[0]
    assert found.columns[:2] == ["status", "channel"]


def test_a_family_of_numbered_tables_does_not_crowd_out_the_rest() -> None:
    days = [table(f"events_2024_{month:02}", "kind") for month in range(1, 13)]
    found = names(knowledge(*days, *SHOP, *NOISE), "events per customer")
    assert sum(name.startswith("events") for name in found) == 2
    assert "customers" in found
    assert "events_2024_07" in names(knowledge(*days, *SHOP, *NOISE), "rows of events_2024_07")


def test_a_small_catalog_is_given_whole() -> None:
    assert set(names(knowledge(*SHOP), "anything at all")) == {each.name for each in SHOP}


def test_limits_are_kept_and_nothing_found_is_no_error() -> None:
    assert len(names(knowledge(*SHOP, *NOISE), "customers orders products", limit=2)) == 2
    assert knowledge().rank("customers") == []
    assert len(names(knowledge(*SHOP, *NOISE), "zzz 🙂", limit=5)) == 5


async def test_it_is_a_knowledge() -> None:
    found = knowledge(*SHOP)
    assert isinstance(found, Knowledge)
    assert await found.find("orders", limit=3) == found.rank("orders", limit=3)


def test_scores_fall_and_stay_between_0_and_1() -> None:
    scores = [each.score for each in knowledge(*SHOP, *NOISE).rank("customers orders by country")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score < 1 for score in scores)


STRANGE = [f"w{n:x}{n * 7919:o}" for n in range(20_000)]


@pytest.mark.parametrize(
    "question", ["x" * 100_000, "customer " * 10_000, " ".join(STRANGE), "_" * 1_000, "\x00\ud800"]
)
def test_any_question_is_taken_in_time(question: str) -> None:
    found = knowledge(*SHOP, *NOISE)
    started = time.process_time()
    found.rank(question)
    assert time.process_time() - started < 1


def test_the_same_question_finds_the_same() -> None:
    tables = (*SHOP, *NOISE)
    assert knowledge(*tables).rank("customers a b") == knowledge(*tables).rank("customers a b")


def test_a_table_is_not_lost_because_another_schema_refers_to_it() -> None:
    old = Table(
        "archive",
        "prices",
        (Column("rate", "numeric"), Column("gateway_id", "int")),
        foreign_keys=(ForeignKey(("gateway_id",), TableName("public", "gateways"), ("id",)),),
    )
    found = knowledge(old, table("gateways", "name"), table("fees", "gross", gateway_id="gateways"), *NOISE)
    scores = {each.table: each.score for each in found.rank("What is the gross margin by gateway?")}
    assert scores["public.gateways"] > 0.5 * scores["public.fees"]


def test_of_two_schemas_that_explain_as_much_the_smaller_one_is_likelier() -> None:
    small = table("services", "price", schema="salon")
    large = (table("services", "price", schema="city"), table("permits", "issued", "street", schema="city"))
    shares = knowledge(*large, small, *NOISE).likeness("How many services are there?")
    assert shares["salon"] > shares["city"] > 0
