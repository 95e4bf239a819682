"""What a model's reply says: SQL, or that it cannot answer. Lenient in form, strict in size."""

import json
import re
from collections.abc import Iterator
from typing import cast

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError, field_validator

from core.values import Draft, Failure

UNSAID_CONFIDENCE = 0.8
"""Confidence of a model that does not say how sure it is."""

TEXT_CHARACTERS = 1_000
ASSUMPTIONS = 10
OBJECTS = 3

SCHEMA: dict[str, JsonValue] = {
    "title": "draft",
    "type": "object",
    "properties": {
        "sql": {"type": "string"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "explanation": {"type": "string"},
        "assumptions": {"type": "array", "items": {"type": "string"}},
        "cannot_answer": {"type": "string"},
    },
    "required": ["sql"],
    "additionalProperties": False,
}
"""The JSON schema that a model is asked to reply in."""

_FENCE = re.compile(r"```(\w*)[ \t]*\n(.*?)```", re.DOTALL)
_QUERY = re.compile(r"\s*(?:select|with|from|show|describe|explain)\b", re.IGNORECASE)
_NO_REASON = frozenset({"", "no", "none", "null", "n/a", "false", "not applicable"})


class _Said(BaseModel):
    """The reply's fields, each taken as far as it makes sense."""

    model_config = ConfigDict(extra="ignore")

    sql: str = ""
    confidence: float = UNSAID_CONFIDENCE
    explanation: str = ""
    assumptions: list[str] = []
    cannot_answer: str = ""

    @field_validator("sql", "explanation", "cannot_answer", mode="before")
    @classmethod
    def _text(cls, value: object) -> str:
        return _clean(value) if isinstance(value, str) else ""

    @field_validator("confidence", mode="before")
    @classmethod
    def _share(cls, value: object) -> float:
        try:
            share = float(value) if isinstance(value, int | float | str) else UNSAID_CONFIDENCE
        except ValueError:
            return UNSAID_CONFIDENCE
        return min(1.0, max(0.0, share)) if share == share else 0.0

    @field_validator("assumptions", mode="before")
    @classmethod
    def _texts(cls, value: object) -> list[str]:
        several = cast("list[object]", value) if isinstance(value, list) else [value]
        return [_clean(each)[:TEXT_CHARACTERS] for each in several if isinstance(each, str) and each][:ASSUMPTIONS]


def drafted(text: str) -> Draft:
    """The draft in a model's reply: a JSON object, alone or fenced or amid words, or else a fenced query."""
    for said in _objects(text):
        if said.cannot_answer.strip().lower().rstrip(".") not in _NO_REASON:
            return Draft(abstained=said.cannot_answer[:TEXT_CHARACTERS])
        if said.sql:
            return Draft(
                sql=said.sql,
                confidence=said.confidence,
                explanation=said.explanation[:TEXT_CHARACTERS],
                assumptions=said.assumptions,
            )
    sql = next(_fenced_queries(text), "")
    if sql:
        return Draft(sql=sql, confidence=UNSAID_CONFIDENCE)
    return Draft(
        failure=Failure(
            code="model_unreadable",
            message="The model's reply holds no SQL.",
            hint="Ask again, or choose a model that writes JSON reliably.",
        )
    )


def _objects(text: str) -> Iterator[_Said]:
    """The first JSON objects in the reply that speak of SQL."""
    decoder = json.JSONDecoder()
    place = 0
    for _ in range(OBJECTS):
        place = text.find("{", place)
        if place < 0:
            return
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            place += 1
            continue
        if isinstance(value, dict) and ("sql" in value or "cannot_answer" in value):
            try:
                yield _Said.model_validate(value)
            except ValidationError:
                continue


def _fenced_queries(text: str) -> Iterator[str]:
    for language, body in _FENCE.findall(text):
        if language.lower() in ("sql", "postgresql", "mysql", "sqlite") or _QUERY.match(body):
            yield _clean(body)


def _clean(text: str) -> str:
    """Text that every store can hold, without a fence around it; what had to be replaced, no guard will accept."""
    fenced = _FENCE.search(text)
    inner = fenced[2] if fenced else text
    return inner.encode("utf8", "replace").decode("utf8").replace("\x00", "\ufffd").strip()
