"""What kind of question it is, told without a model or a catalog."""

from pathlib import Path

import pytest

from apex.intents import RULES, tell_intent
from apex.intents.language import language_of
from apex.intents.rule import Heard
from core.values import Clarification, Exchange


def _questions() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    kind = ""
    for line in Path(__file__).with_name("questions.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("== "):
            kind = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            found.setdefault(kind, []).append(line)
    return found


QUESTIONS = _questions()
CASES = [(kind, text) for kind, texts in QUESTIONS.items() if kind not in ("writes", "follow-ups") for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_kinds(kind: str, text: str) -> None:
    intent = tell_intent(text)
    assert intent.kind == kind, intent
    assert bool(intent.reply) is (kind not in ("data", "catalog"))
    assert intent.reason


@pytest.mark.parametrize("text", QUESTIONS["writes"])
def test_an_order_to_change_data_is_recognised(text: str) -> None:
    intent = tell_intent(text)
    assert (intent.kind, intent.rule) == ("out_of_scope", "write_request")
    assert "only reads" in intent.reply


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("   \n\t ", "empty"),
        ("\u200b\ufeff", "empty"),
        ("x" * 100_000, "4,000"),
        ("how many\x00 orders", "U+0000"),
        ("how many\x1b[31m orders", "U+001B"),
        ("\ud800", "U+D800"),
        ("🎉🎉🎉", "no word"),
        ("...!!", "no word"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, says: str) -> None:
    intent = tell_intent(text)
    assert (intent.kind, intent.rule) == ("unintelligible", "malformed")
    assert says in intent.reply
    assert len(intent.text) <= 4_000


LANGUAGES = {
    "German": "Wie viele Kunden haben wir im letzten Monat?",
    "French": "Combien de clients avons-nous par pays ?",
    "Spanish": "¿Cuántos clientes hay por país?",
    "Italian": "Quanti clienti abbiamo per ogni paese?",
    "Portuguese": "Quantos clientes temos por mês?",
    "Dutch": "Hoeveel klanten hebben wij per maand?",
    "Chinese or Japanese": "去年的销售额是多少",
    "Japanese": "テーブルはいくつありますか",
    "Korean": "고객이 몇 명입니까",
    "Russian or another language in Cyrillic letters": "Сколько у нас клиентов?",
    "Arabic": "كم عدد العملاء",
}


@pytest.mark.parametrize(("language", "text"), LANGUAGES.items())
def test_other_languages_need_a_model(language: str, text: str) -> None:
    assert language_of(Heard(text=text)) == language
    without = tell_intent(text)
    assert without.kind == "unintelligible"
    assert language in without.reply
    assert "English" in without.reply
    with_model = tell_intent(text, model="openai:gpt-4o")
    assert (with_model.kind, with_model.reply) == ("data", "")


def test_english_with_foreign_names_stays_english() -> None:
    assert tell_intent("How many orders did Müller & Söhne place in São Paulo?").kind == "data"
    assert tell_intent("show me 5 rows from Kunden").kind == "catalog"


@pytest.mark.parametrize("text", QUESTIONS["follow-ups"])
def test_elliptical_questions_follow_up_when_there_is_something_to_follow(text: str) -> None:
    assert tell_intent(text, follows=True).follow_up
    assert not tell_intent(text).follow_up


@pytest.mark.parametrize(
    "text",
    [
        "How many customers are there?",
        "which tables are there?",
        "revenue by country in 2024",
        "list all orders of last week",
        "hi",
    ],
)
def test_whole_questions_do_not_follow_up(text: str) -> None:
    assert not tell_intent(text, follows=True).follow_up


def test_an_elliptical_question_without_a_turn_before_is_asked_back_once() -> None:
    intent = tell_intent("and by country?")
    assert intent.clarification
    assert "no earlier question" in intent.clarification.question
    exchange = Exchange(clarification=intent.clarification, reply="number of orders")
    folded = tell_intent("and by country?", exchanges=[exchange])
    assert folded.clarification is None
    assert "number of orders" in folded.text
    assert tell_intent("and by country?", follows=True).clarification is None


def test_a_reply_is_folded_into_the_text() -> None:
    asked = Clarification(question="Which accounts do you mean?", options=["sales.accounts", "crm.accounts"])
    intent = tell_intent("columns of accounts", exchanges=[Exchange(clarification=asked, reply="crm.accounts")])
    assert (intent.kind, intent.text) == ("catalog", "columns of crm.accounts")


def test_the_text_is_tidied() -> None:
    assert tell_intent("  how   many\u200b   cafe\u0301s ").text == "how many cafés"


def test_every_rule_is_named_and_decides_something() -> None:
    texts = [text for _, text in CASES] + ["", "Wie viele Kunden haben wir?", "drop table x", "list tables"]
    assert {tell_intent(text).rule for text in texts} - {""} == {rule.__name__ for rule in RULES}
