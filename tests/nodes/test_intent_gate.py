from dataclasses import replace

import pytest

from core.catalog import Catalog, Column, Table
from core.context import Context
from core.errors import SetupError
from core.ports import Database
from core.values import Clarification, Exchange, Remembered
from nodes.intent_gate import Reads, intent_gate
from providers.scripted import ScriptedModel
from tests.nodes.house import house

SHOP = Catalog(
    "postgres", (Table("public", "weather", (Column("city", "text"), Column("temperature", "int"))),), ("public",)
)
EMPTY = Catalog("postgres", (), ("public",))


def reads(question: str, **more: object) -> Reads:
    base: dict[str, object] = {"question": question, "database": None, "turns": []}
    return base | more  # type: ignore[return-value]


async def test_a_greeting_ends_the_turn_with_words() -> None:
    intent = (await intent_gate(reads("hi"), house(SHOP)))["intent"]
    assert (intent.kind, intent.rule) == ("small_talk", "small_talk")
    assert intent.reply


async def test_the_weather_is_data_where_a_table_is_called_so() -> None:
    question = "what is the weather in Berlin?"
    assert (await intent_gate(reads(question), house(EMPTY)))["intent"].kind == "out_of_scope"
    about_data = (await intent_gate(reads(question), house(SHOP)))["intent"]
    assert (about_data.kind, about_data.reply) == ("data", "")


class Nowhere:
    """No database is configured."""

    async def get(self, name: str | None = None) -> Database:
        raise SetupError("No database is configured.")

    async def names(self) -> list[str]:
        return []


async def test_without_a_database_the_gate_still_answers() -> None:
    runtime = house(SHOP)
    context: Context = replace(runtime.context, databases=Nowhere())
    intent = (await intent_gate(reads("tell me a joke"), replace(runtime, context=context)))["intent"]
    assert intent.kind == "out_of_scope"


async def test_the_model_is_named_and_understands_other_languages() -> None:
    runtime = house(SHOP, model=ScriptedModel("scripted", ()))
    assert (await intent_gate(reads("Wie viele Kunden haben wir?"), runtime))["intent"].kind == "data"
    assert runtime.context.model
    assert runtime.context.model.name in (await intent_gate(reads("which model is used?"), runtime))["intent"].reply


@pytest.mark.parametrize(("turns", "follows"), [([], False), ([Remembered(question="how many orders?")], True)])
async def test_a_follow_up_needs_a_turn_before(turns: list[Remembered], follows: bool) -> None:
    intent = (await intent_gate(reads("and by country?", turns=turns), house(SHOP)))["intent"]
    assert intent.follow_up is follows
    assert bool(intent.clarification) is not follows


async def test_replies_are_folded_in() -> None:
    asked = Clarification(question="Which table?", options=["weather"])
    exchanges = [Exchange(clarification=asked, reply="weather")]
    intent = (await intent_gate(reads("show me the columns", exchanges=exchanges), house(SHOP)))["intent"]
    assert intent.text == "show me the columns (weather)"
