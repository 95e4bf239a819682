"""What chat models of every provider share: bounded tries, and a stream that is read no further than its limits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from time import perf_counter
from typing import NamedTuple, Protocol

from core.errors import LimitError, UpstreamError
from core.ports import ChatModel
from core.values import Limits, Message, Reply, Usage

TRIES = 3
FIRST_PAUSE = 0.25
BYTES_PER_TOKEN = 4
"""Of English and SQL, where a server does not count for us."""

Price = tuple[float, float]
"""US dollars for a million tokens of prompt and of reply."""


class Part(NamedTuple):
    """What one event of a stream adds: text, why the reply ends here, tokens of prompt and reply."""

    text: str = ""
    finish: str = ""
    spent: tuple[int, int] | None = None


class OpenModel(ChatModel, Protocol):
    """A chat model with what its owner, and only its owner, does to it."""

    def with_key(self, api_key: str) -> "OpenModel":
        """The same model asked with another key, over the same connections."""
        ...

    async def prepare(self) -> None:
        """Do what is slow the first time, so that the first question need not wait for it."""
        ...

    async def close(self) -> None:
        """Close the connections, for every key."""
        ...


class PassingError(UpstreamError):
    """A failure that may be over a moment later; `pause` is the wait in seconds that the server asked for."""

    def __init__(self, message: str, *, hint: str = "", code: str | None = None, pause: float | None = None) -> None:
        super().__init__(message, hint=hint, code=code)
        self.pause = pause


async def persist(once: Callable[[], Awaitable[Reply]], limits: Limits) -> Reply:
    """What `once` returns, tried again while it fails for a moment only; all tries together stay within the limit."""
    started = perf_counter()
    try:
        async with asyncio.timeout(limits.model_seconds):
            for attempt in range(1, TRIES):
                try:
                    return _timed(await once(), started)
                except PassingError as error:
                    pause = FIRST_PAUSE * 2 ** (attempt - 1) if error.pause is None else error.pause
                    if perf_counter() - started + pause >= limits.model_seconds:
                        raise
                await asyncio.sleep(pause)
            return _timed(await once(), started)
    except TimeoutError:
        raise LimitError(
            f"The model did not finish within {limits.model_seconds:g} s.",
            hint="Ask again, or raise `limits.model_seconds`.",
            code="model_timeout",
        ) from None


def _timed(reply: Reply, started: float) -> Reply:
    usage = reply.usage.model_copy(update={"ms": (perf_counter() - started) * 1000})
    return reply.model_copy(update={"usage": usage})


async def gathered(
    parts: AsyncIterator[Part],
    prompt: Sequence[Message],
    *,
    on_token: Callable[[str], None] | None,
    limits: Limits,
    price: Price | None,
) -> Reply:
    """The whole reply, told as it comes. It counts as complete only where the server says that it ended by itself.

    A failure that could be tried again no longer may once tokens were told, since they cannot be taken back.
    """
    texts: list[str] = []
    size, finish, counted = 0, "", None
    try:
        async for text, ended, spent in parts:
            finish, counted = ended or finish, spent or counted
            if not text:
                continue
            size += len(text.encode("utf8", "replace"))
            if size > limits.model_bytes:
                raise too_long(limits.model_bytes)
            texts.append(text)
            if on_token:
                on_token(text)
    except PassingError as error:
        if texts and on_token:
            raise UpstreamError(error.message, hint=error.hint, code=error.code) from None
        raise
    if not texts:
        raise UpstreamError(
            "The model server sent an empty reply.", hint="Ask again, or choose another model.", code="model_empty"
        )
    spent = counted or (sum(len(each.text) for each in prompt) // BYTES_PER_TOKEN, size // BYTES_PER_TOKEN)
    usage = Usage(llm_calls=1, prompt_tokens=spent[0], completion_tokens=spent[1], cost_usd=cost(spent, price))
    return Reply(text="".join(texts), complete=finish == "stop", usage=usage)


def cost(spent: tuple[int, int], price: Price | None) -> float | None:
    """US dollars for tokens of prompt and reply; None where no price is set."""
    return (spent[0] * price[0] + spent[1] * price[1]) / 1_000_000 if price else None


def too_long(limit: int) -> LimitError:
    """The model goes on and on."""
    return LimitError(
        f"The model's reply is longer than {limit:,} bytes.", hint="Raise `limits.model_bytes`.", code="model_bytes"
    )
