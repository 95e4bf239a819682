from dataclasses import replace

from langgraph.runtime import Runtime

from core.catalog import Catalog, Column, Table
from core.context import Context
from core.values import PREVIEW_CHARACTERS, PREVIEW_ROWS, Calendar, Compiled, Grounding, Intent, Remembered
from nodes.compiler import Reads, compiler
from tests.nodes.house import house

SHOP = Catalog(
    "postgres",
    tuple(Table("public", f"t{each:03}", (Column("id", "int"),), comment="c" * 100) for each in range(250)),
    ("public",),
)


def reads(text: str, *turns: Remembered) -> Reads:
    return {
        "question": text,
        "database": None,
        "turns": list(turns),
        "intent": Intent(kind="data", text=text),
        "exchanges": [],
        "grounding": Grounding(database="shop", dialect="postgres", tables=[]),
    }


async def compiled_of(text: str, *turns: Remembered) -> Compiled:
    return (await compiler(reads(text, *turns), house(SHOP)))["compiled"]


async def test_the_catalog_answers() -> None:
    compiled = await compiled_of("columns of t007")
    assert (compiled.status, compiled.source, compiled.row_count) == ("told", "catalog", 1)


async def test_one_statement_answers() -> None:
    compiled = await compiled_of("how many rows in t007")
    assert (compiled.status, compiled.sql) == ("ready", "SELECT COUNT(*) AS row_count FROM public.t007")


async def test_what_is_not_about_the_catalog_is_left_to_a_model() -> None:
    compiled = await compiled_of("revenue by country last month")
    assert (compiled.status, compiled.confidence) == ("incomplete", 0.0)


async def test_a_long_list_is_kept_whole_beside_the_state() -> None:
    runtime = house(SHOP)
    compiled = (await compiler(reads("list tables"), runtime))["compiled"]
    assert compiled.result
    assert compiled.result_id
    assert len(compiled.result.rows) <= PREVIEW_ROWS
    assert len(compiled.model_dump_json()) < 2 * PREVIEW_CHARACTERS
    assert compiled.row_count == 250
    assert len((await runtime.context.results.get(compiled.result_id)).rows) == 250


async def test_what_points_at_a_question_that_was_not_understood_is_not_about_whole_tables() -> None:
    before = Remembered(question="the grumbled ones of t001", database="shop", source="system", certainty=0.0)
    assert (await compiled_of("What are all distinct id of t001?")).source == "catalog"
    assert (await compiled_of("What are all distinct id of t001 for them?", before)).source != "catalog"


async def test_turns_about_another_database_are_not_followed() -> None:
    here = Remembered(question="columns of t001", tables=["public.t001"], database="shop", source="catalog")
    there = here.model_copy(update={"database": "archive"})
    assert (await compiled_of("how many rows does it have?", here)).status == "ready"
    assert (await compiled_of("how many rows does it have?", there)).status == "ambiguous"


async def test_times_are_meant_as_the_calendar_says() -> None:
    orders = Table("public", "orders", (Column("id", "int"), Column("ordered_at", "timestamp")), primary_key=("id",))
    lent = house(Catalog("postgres", (orders,), ("public",)))
    sunday = replace(lent.context, calendar=Calendar(week_start="sunday"))

    async def start(runtime: Runtime[Context]) -> str | None:
        plan = (await compiler(reads("How many orders were there last week?"), runtime))["compiled"].plan
        return plan.time.start if plan and plan.time else None

    # It is Sunday, 1 March 2026.
    assert await start(lent) == "2026-02-16"
    assert await start(Runtime(context=sunday)) == "2026-02-22"
