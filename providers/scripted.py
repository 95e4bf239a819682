"""A model that replies as a file says: for tests, demonstrations and replays without a server.

    replies:
      - question: how many .*customers     # a pattern, searched in the question without regard to case; absent: any
        prompt: refused_by                 # a pattern that the whole prompt must hold, e.g. of a repair; absent: any
        sql: SELECT count(*) FROM customers
        confidence: 0.9                    # any further key of a draft: explanation, assumptions, cannot_answer
      - text: "not JSON"                   # instead of `sql`: the reply as it is
        seconds: 0.5                       # wait before it
        complete: false                    # as if it had been cut off
      - fail: passing                      # passing (tried again), failed, refused
        times: 2                           # how often this entry is used before a later one is

The first entry that fits replies.
"""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from core.errors import UpstreamError, UserError
from core.values import Limits, Message, Reply, Usage
from core.yaml_file import read_mapping
from providers.base import BYTES_PER_TOKEN, PassingError, Price, cost, persist, too_long

PIECE = 24
"""Characters that are told at a time."""

_QUESTION = re.compile(r"<question>\n(.*)\n</question>", re.DOTALL)


class Line(BaseModel):
    """One entry of the script."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: re.Pattern[str] | None = None
    prompt: re.Pattern[str] | None = None
    sql: str | None = None
    confidence: float | None = None
    explanation: str | None = None
    assumptions: list[str] | None = None
    cannot_answer: str | None = None
    text: str | None = None
    seconds: float = Field(default=0.0, ge=0)
    complete: bool = True
    fail: Literal["passing", "failed", "refused"] | None = None
    times: int | None = Field(default=None, ge=1)

    def fits(self, question: str, prompt: str) -> bool:
        """Whether this entry replies to such a prompt."""
        wanted = ((self.question, question), (self.prompt, prompt))
        return all(pattern is None or re.search(pattern.pattern, text, re.IGNORECASE) for pattern, text in wanted)

    @cached_property
    def said(self) -> str:
        """The reply's text."""
        if self.text is not None:
            return self.text
        draft = self.model_dump(
            include={"confidence", "explanation", "assumptions", "cannot_answer"}, exclude_none=True
        )
        return json.dumps({"sql": self.sql or "", **draft})


class Script(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    replies: list[Line]


def open_model(model: str, *, base_url: str | None, api_key: str | None, price: Price | None) -> "ScriptedModel":
    """The model that the file at path `model` describes; raises UserError with file, line and key."""
    written = read_mapping(Path(model))
    try:
        script = Script.model_validate(written.value)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, wrong["loc"]))
        raise UserError(f"{written.where(wrong['loc'])}: `{key}`: {wrong['msg']}", code="bad_file") from None
    return ScriptedModel(f"scripted:{model}", script.replies, price=price)


class ScriptedModel:
    """Replies by its script, under the same limits and in the same pieces as any other model."""

    def __init__(self, name: str, lines: Sequence[Line], *, price: Price | None = None) -> None:
        self.name = name
        self.asked: list[list[Message]] = []
        """Every prompt so far, tries included."""
        self._lines = lines
        self._price = price
        self._used = [0] * len(lines)

    def with_key(self, api_key: str) -> "ScriptedModel":
        """The same: a file asks for no key."""
        return self

    async def prepare(self) -> None:
        """Nothing is slow here."""

    async def close(self) -> None:
        """Nothing is open."""

    async def reply(
        self,
        messages: Sequence[Message],
        *,
        schema: dict[str, JsonValue] | None = None,
        on_token: Callable[[str], None] | None = None,
        limits: Limits,
    ) -> Reply:
        """The reply of the first line that fits; UpstreamError where none does."""

        async def once() -> Reply:
            self.asked.append(list(messages))
            line = self._fitting(messages)
            await asyncio.sleep(line.seconds)
            _raise_failure(line)
            return self._tell(line, messages, on_token, limits)

        return await persist(once, limits)

    def _fitting(self, messages: Sequence[Message]) -> Line:
        prompt = "\n".join(each.text for each in messages)
        block = _QUESTION.search(messages[-1].text)
        question = block[1] if block else messages[-1].text
        for place, line in enumerate(self._lines):
            if (line.times is None or self._used[place] < line.times) and line.fits(question, prompt):
                self._used[place] += 1
                return line
        raise UpstreamError(f"`{self.name}` has no reply to this question.", hint="Add one to the file.")

    def _tell(
        self, line: Line, messages: Sequence[Message], on_token: Callable[[str], None] | None, limits: Limits
    ) -> Reply:
        size = len(line.said.encode())
        if size > limits.model_bytes:
            raise too_long(limits.model_bytes)
        if on_token:
            for place in range(0, len(line.said), PIECE):
                on_token(line.said[place : place + PIECE])
        spent = (sum(len(each.text.encode()) for each in messages) // BYTES_PER_TOKEN, size // BYTES_PER_TOKEN)
        usage = Usage(
            llm_calls=1, prompt_tokens=spent[0], completion_tokens=spent[1], cost_usd=cost(spent, self._price)
        )
        return Reply(text=line.said, complete=line.complete, usage=usage)


def _raise_failure(line: Line) -> None:
    if line.fail == "passing":
        raise PassingError("The model is busy.", hint="Ask again.", code="model_busy")
    if line.fail == "failed":
        raise UpstreamError("The model failed.", code="model_failed")
    if line.fail == "refused":
        raise UserError("The model refused the API key.", code="model_unauthorized")
