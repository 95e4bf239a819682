from langgraph.runtime import Runtime

from core.catalog import Catalog, Column, Table
from core.context import Context
from core.values import Clarification, Exchange, Found, Intent, Remembered
from nodes.retriever import Reads, retriever
from tests.nodes.house import house


def table(name: str, *columns: str) -> Table:
    return Table("public", name, tuple(Column(column, "text") for column in ("id", *columns)), primary_key=("id",))


SHOP = Catalog(
    "postgres",
    (
        table("orders", "channel"),
        table("customers", "country"),
        *(table(f"x{letter}_z") for letter in "abcdefghijklmnopqrstuvwx"),
    ),
    ("public",),
)


def reads(text: str, **more: object) -> Reads:
    base: dict[str, object] = {
        "question": text,
        "database": None,
        "turns": [],
        "intent": Intent(kind="data", text=text),
    }
    return base | more  # type: ignore[return-value]


async def found(runtime: Runtime[Context], state: Reads) -> list[Found]:
    return (await retriever(state, runtime))["grounding"].tables


async def test_the_question_grounds_in_the_default_database() -> None:
    grounding = (await retriever(reads("orders by channel"), house(SHOP)))["grounding"]
    assert (grounding.database, grounding.dialect) == ("shop", "postgres")
    assert grounding.tables[0].table == "public.orders"
    assert grounding.tables[0].columns == ["channel"]
    assert grounding.ms > 0
    assert "public.orders" in grounding.because


async def test_a_follow_up_starts_with_the_last_turns_tables() -> None:
    last = Remembered(
        question="How many orders?", sql="SELECT 1", database="shop", tables=["public.orders", "public.gone"]
    )
    follow_up = Intent(kind="data", text="and by country?", follow_up=True)
    tables = await found(house(SHOP), reads("and by country?", turns=[last], intent=follow_up))
    assert (tables[0].table, tables[0].why) == ("public.orders", "last turn")
    assert "public.customers" in [each.table for each in tables]
    assert len({each.table for each in tables}) == len(tables)
    assert all("gone" not in each.table for each in tables)


async def test_what_does_not_follow_starts_afresh() -> None:
    last = Remembered(question="How many orders?", sql="SELECT 1", database="shop", tables=["public.orders"])
    fresh = await found(house(SHOP), reads("customers by country", turns=[last]))
    assert fresh[0].table == "public.customers"
    elsewhere = last.model_copy(update={"database": "other"})
    follow_up = Intent(kind="data", text="customers by country", follow_up=True)
    assert (await found(house(SHOP), reads("", turns=[elsewhere], intent=follow_up)))[0].table == "public.customers"


async def test_the_reply_to_a_clarification_is_searched_too() -> None:
    exchange = Exchange(clarification=Clarification(question="Which table?"), reply="xq_z")
    tables = await found(house(SHOP), reads("how many rows?", exchanges=[exchange]))
    assert tables[0].table == "public.xq_z"


async def test_no_more_tables_than_a_prompt_can_use() -> None:
    assert len(await found(house(SHOP), reads("id z x"))) <= 20
