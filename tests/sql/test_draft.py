import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values import Draft
from sql.draft import UNSAID_CONFIDENCE, drafted

JSON = '{"sql": "SELECT 1", "confidence": 0.9, "explanation": "One.", "assumptions": ["a"], "cannot_answer": ""}'


def test_the_whole_reply() -> None:
    assert drafted(JSON) == Draft(sql="SELECT 1", confidence=0.9, explanation="One.", assumptions=["a"])


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"```json\n{JSON}\n```",
        f"Sure! Here it is:\n{JSON}\nEnjoy.",
        f'{{"thought": {{"x": 1}}}} {JSON}',
        f"[{JSON}]",
        '{"sql": "```sql\\nSELECT 1\\n```"}',
        '{"sql": "SELECT 1", "cannot_answer": "None."}',
        "```sql\nSELECT 1\n```",
        "Well:\n```\nSELECT 1\n```\nthat is it",
        "{not json} ```sql\nSELECT 1\n```",
    ],
)
def test_sql_is_found_in_many_dresses(text: str) -> None:
    assert drafted(text).sql == "SELECT 1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I do not know.",
        '{"sql": "SELECT',
        '{"sql": 5}',
        '{"sql": null}',
        '{"query": "SELECT 1"}',
        "SELECT 1",
        "[" * 100_000,
        '{"a":' * 100_000,
        "```python\nprint(1)\n```",
        "```sql\n```",
    ],
)
def test_what_holds_no_sql_is_a_failure(text: str) -> None:
    draft = drafted(text)
    assert draft.failure is not None
    assert draft.failure.code == "model_unreadable"
    assert not draft.sql


def test_a_model_may_decline() -> None:
    draft = drafted('{"sql": "", "cannot_answer": "There is no budget table."}')
    assert draft.abstained == "There is no budget table."
    assert draft.decision == "abstained"
    assert not drafted('{"sql": "SELECT 1", "cannot_answer": "There is no budget."}').sql


@pytest.mark.parametrize(
    ("said", "confidence"),
    [
        ("0.5", 0.5),
        ('"0.5"', 0.5),
        ("7", 1),
        ("-1", 0),
        ("NaN", 0),
        ('"high"', UNSAID_CONFIDENCE),
        ("null", UNSAID_CONFIDENCE),
    ],
)
def test_confidence_is_a_share(said: str, confidence: float) -> None:
    assert drafted(f'{{"sql": "SELECT 1", "confidence": {said}}}').confidence == confidence


def test_texts_are_bounded_and_storable() -> None:
    reply = {"sql": "SELECT '\x00\ud800'", "explanation": "x" * 10_000, "assumptions": ["y" * 10_000, 5, ""] * 20}
    draft = drafted(json.dumps(reply))
    assert draft.sql == "SELECT '\ufffd?'"
    assert len(draft.explanation) == 1_000
    assert len(draft.assumptions) == 10
    assert max(map(len, draft.assumptions)) == 1_000
    draft.model_dump_json()


KEYS = st.sampled_from(["sql", "confidence", "explanation", "assumptions", "cannot_answer"])
LEAVES = st.none() | st.text() | st.floats()
REPLIES = st.dictionaries(KEYS, LEAVES | st.lists(LEAVES) | st.dictionaries(KEYS, LEAVES)).map(json.dumps)


@given(st.text() | REPLIES)
def test_no_reply_is_too_strange(text: str) -> None:
    draft = drafted(text)
    assert bool(draft.sql) + bool(draft.abstained) + bool(draft.failure) == 1
