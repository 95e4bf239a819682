"""Runs turns: starts, resumes and continues them, and tells what happens as events."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, nullcontext
from dataclasses import dataclass, field, replace
from itertools import count
from time import perf_counter
from typing import Protocol, cast
from uuid import uuid4

from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, Interrupt, StateSnapshot
from pydantic import JsonValue

from core.context import Context
from core.errors import DataChatError, RefusedError, StaleError, UserError
from core.state import Conversation
from core.values import (
    Answer,
    Clarification,
    Compiled,
    Event,
    EventType,
    Failure,
    Limits,
    Remembered,
    Review,
    ReviewRequest,
    Status,
    Step,
    Timing,
    TurnRecord,
    User,
)
from graph.rates import Leases, Rates
from graph.running import Begun, Outcome, Runner, running

Events = AsyncGenerator[Event, None]
Beginning = tuple[TurnRecord, Begun]
REPLY_WORDS = 6
"""A longer text, or one that ends with a question mark, is a new question and not a reply."""
STEPS = 80
"""More supersteps than any turn with all its clarifications, repairs and reviews can take."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it comes in. `model` is `none`, `prefix:name`, or None for the configured one."""

    text: str
    conversation: str = field(default_factory=lambda: uuid4().hex)
    database: str | None = None
    user: User = field(default_factory=User)
    model: str | None = None
    api_key: str | None = None
    limits: Limits | None = None
    turn: str = field(default_factory=lambda: uuid4().hex)

    def __post_init__(self) -> None:
        """PostgreSQL keeps neither NUL nor half a character, so they are replaced before anything is kept."""
        plain = self.text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
        object.__setattr__(self, "text", plain)


class Ledger(Protocol):
    """Keeps turns between processes."""

    async def begin(self, turn: TurnRecord) -> None:
        """Note a turn that starts now, with its conversation."""
        ...

    async def finish(self, turn: TurnRecord, answer: Answer) -> None:
        """Note what became of a turn: `turn.status` says finished, or waiting for a reply."""
        ...

    async def turn(self, turn_id: str, *, user: str | None = None) -> TurnRecord:
        """One turn, of this user only when one is given; NotFoundError when there is none."""
        ...

    async def last_turn(self, conversation_id: str, *, user: str | None = None) -> TurnRecord | None:
        """The latest turn of a conversation, of this user only when one is given."""
        ...


@dataclass(frozen=True, kw_only=True)
class Turns:
    """Every face asks through this: command line, HTTP, Python and the eval harness alike."""

    runner: Runner
    ledger: Ledger
    leases: Leases
    lend: Callable[[Question], Awaitable[Context]]
    """The context of one turn: its model, user and limits."""
    rates: Rates | None = None

    async def say(self, question: Question) -> Events:
        """What a person says next in a conversation: a reply where one is awaited, else a question.

        The same question again goes on with the turn that was cut off, instead of paying for it twice.
        """
        last = await self.ledger.last_turn(question.conversation, user=question.user.name)
        waiting = await self._waits_for(last) if last else None
        if last and waiting and _is_reply(question.text, waiting):
            events = self.resume(last.id, question.text, question=question)
        elif last and last.status == "running" and last.question == question.text:
            events = self.proceed(last.id, question=question)
        else:
            events = self.ask(question)
        async with aclosing(events):
            async for event in events:
                yield event

    async def ask(self, question: Question) -> Events:
        """Start a turn; a turn that is still open in this conversation makes way, unless someone works on it."""

        async def begin() -> Beginning:
            last = await self.ledger.last_turn(question.conversation, user=question.user.name)
            left = await self._left_open(last) if last and last.status == "waiting" else []
            return _record(question), _asked(question.text, question.database, left)

        async with aclosing(self._owned(question, question.conversation, begin, first_id=1)) as events:
            async for event in events:
                yield event

    async def resume(self, turn_id: str, reply: JsonValue, *, question: Question, first_id: int = 1) -> Events:
        """Hand a waiting turn its reply; StaleError, and nothing changes, when it does not wait (any more)."""

        async def begin() -> Beginning:
            record = await self.ledger.turn(turn_id, user=question.user.name)
            waiting = await self._waits_for(record)
            if waiting is None:
                raise StaleError("This turn does not wait for a reply.", hint="Ask the question again.")
            return record, Command(resume=_checked(reply, waiting))

        conversation = (await self.ledger.turn(turn_id, user=question.user.name)).conversation_id
        async with aclosing(self._owned(question, conversation, begin, first_id=first_id)) as events:
            async for event in events:
                yield event

    async def proceed(self, turn_id: str, *, question: Question, first_id: int = 1) -> Events:
        """Go on with a turn whose process died or whose asker went away, from its last checkpoint."""

        async def begin() -> Beginning:
            record = await self.ledger.turn(turn_id, user=question.user.name)
            if record.status != "running":
                raise StaleError("This turn is not interrupted.", hint="Its answer is in the conversation.")
            snapshot = await self.runner.graph.aget_state(_config(record))
            # Also behind its last step, when only its end was not written down: nothing is left to run then.
            reached = (snapshot.metadata or {}).get("turn") == record.id
            return record, None if reached else _asked(record.question, record.database)

        conversation = (await self.ledger.turn(turn_id, user=question.user.name)).conversation_id
        async with aclosing(self._owned(question, conversation, begin, first_id=first_id, new=False)) as events:
            async for event in events:
                yield event

    async def _waits_for(self, record: TurnRecord) -> dict[str, JsonValue] | None:
        if record.status != "waiting":
            return None
        snapshot = await self.runner.graph.aget_state(_config(record))
        return cast(dict[str, JsonValue], snapshot.interrupts[0].value) if snapshot.interrupts else None

    async def _left_open(self, record: TurnRecord) -> list[Remembered]:
        """A turn that makes way, with what it was taken for: the next question may lean on it all the same."""
        snapshot = await self.runner.graph.aget_state(_config(record), subgraphs=True)
        inner = [task.state.values for task in snapshot.tasks if isinstance(task.state, StateSnapshot)]
        return [
            Remembered(
                question=record.question, database=record.database or "", plan=best.plan, certainty=best.confidence
            )
            for values in inner
            if (compiled := cast(Compiled | None, values.get("compiled")))
            for best in (compiled.readings or [compiled])[:1]
        ]

    async def _owned(
        self,
        question: Question,
        conversation: str,
        begin: Callable[[], Awaitable[Beginning]],
        *,
        first_id: int,
        new: bool = True,
    ) -> Events:
        """Run a turn as the only one who works on its conversation; what it begins with is read under that lease.

        A turn that only goes on is not `new`, and counts as no further question of its user.
        """
        if not await self.leases.acquire(conversation):
            raise StaleError(
                "Another turn of this conversation is being worked on.",
                hint="Wait for its answer, or cancel it.",
                code="busy",
            )
        try:
            async with self.rates.admitted(question.user.name, new=new) if self.rates else nullcontext():
                record, begun = await begin()
                await self.ledger.begin(record)
                # A reply belongs to the turn that asked for it.
                context = await self.lend(replace(question, text=record.question, turn=record.id))
                async with aclosing(self._run(record, context, begun, first_id=first_id)) as events:
                    async for event in events:
                        yield event
        finally:
            # Shielded, so that a cancelled asker does not leave the conversation locked.
            await asyncio.shield(self.leases.release(conversation))

    async def _run(self, record: TurnRecord, context: Context, begun: Begun, *, first_id: int) -> Events:
        ids, steps, started = count(first_id), list[Step](), perf_counter()

        def event(type: EventType, data: dict[str, JsonValue]) -> Event:
            return Event.model_construct(type=type, id=next(ids), data=data)

        yield event("turn.started", {"turn_id": record.id, "conversation_id": record.conversation_id})
        try:
            async with running(self.runner, begun, _config(record), context=context) as run:
                async for told in run.told():
                    kind = cast(EventType, told.pop("type"))
                    if kind == "node.finished":
                        steps.append(Step.model_validate(told))
                    yield event(kind, told)
                answer = await _outcome_answer(await run.outcome(), steps, context)
        except DataChatError as error:
            answer = failed(error, trace=steps)
            yield event("error", dict(failure_of(error).model_dump()))
        answer = _completed(answer, record, total=(perf_counter() - started) * 1000)
        waiting = answer.status in ("clarify", "waiting")
        await self.ledger.finish(record.model_copy(update={"status": "waiting" if waiting else "finished"}), answer)
        body = cast(dict[str, JsonValue], answer.model_dump(mode="json"))
        if answer.clarification and waiting:
            yield event("clarification", cast(dict[str, JsonValue], body["clarification"]))
        if answer.review:
            yield event("approval", cast(dict[str, JsonValue], body["review"]))
        if answer.chart:
            yield event("chart", answer.chart)
        yield event("answer", body)
        if not waiting:
            yield event("turn.finished", body)


def _asked(question: str, database: str | None, turns: Sequence[Remembered] = ()) -> Conversation:
    """No turns that are remembered already: a conversation adds to those, a single turn has none."""
    return {"question": question, "database": database, "turns": list(turns)}


def _record(question: Question) -> TurnRecord:
    return TurnRecord(
        id=question.turn,
        conversation_id=question.conversation,
        user=question.user.name,
        question=question.text,
        database=question.database,
        model=question.model,
    )


def _is_reply(text: str, waiting: dict[str, JsonValue]) -> bool:
    """A review is answered by its words alone; a clarification by anything that is not a question of its own."""
    if "review" in waiting:
        return text.strip().lower() in ("run", "cancel")
    asked = Clarification.model_validate(waiting["clarification"])
    chosen = text.strip().casefold() in {option.casefold() for option in asked.options}
    return chosen or (not text.rstrip().endswith("?") and len(text.split()) <= REPLY_WORDS)


def _checked(reply: JsonValue, waiting: dict[str, JsonValue]) -> JsonValue:
    """The reply in the form that the waiting node reads; UserError when it makes no sense there."""
    if "review" in waiting:
        return cast(JsonValue, Review.of_reply(reply).model_dump(mode="json"))
    if not str(reply).strip():
        raise UserError("The reply is empty.", hint="Reply with one of the options, its number, or your own words.")
    return reply


def failure_of(error: DataChatError) -> Failure:
    """An expected error as a value."""
    return Failure(code=error.code, message=error.message, hint=error.hint)


def failed(error: DataChatError, *, trace: list[Step]) -> Answer:
    """The answer of a turn that ended in an expected error."""
    status: Status = "refused" if isinstance(error, RefusedError) else "error"
    words = f"{error.message} {error.hint}".strip()
    return Answer(status=status, answer=words, error=failure_of(error), trace=trace)


async def _outcome_answer(outcome: Outcome, steps: list[Step], context: Context) -> Answer:
    interrupts = cast(tuple[Interrupt, ...], outcome.get("__interrupt__", ()))
    if interrupts:
        return _question_back(cast(dict[str, object], interrupts[0].value), steps)
    answer = cast(Answer, outcome["answer"])
    update: dict[str, object] = {"trace": outcome["trace"]}
    if answer.result_id:
        update["rows"] = (await context.results.get(answer.result_id)).rows
    return answer.model_copy(update=update)


def _question_back(waiting: dict[str, object], steps: list[Step]) -> Answer:
    if "review" in waiting:
        request = ReviewRequest.model_validate(waiting["review"])
        words = f"This statement waits for your review: {request.reason}."
        return Answer(status="waiting", answer=words, sql=request.sql, review=request, trace=steps)
    asked = Clarification.model_validate(waiting["clarification"])
    database = cast(str | None, waiting.get("database"))
    return Answer(status="clarify", answer=asked.question, database=database, clarification=asked, trace=steps)


def _completed(answer: Answer, record: TurnRecord, *, total: float) -> Answer:
    executed = sum(step.ms for step in answer.trace if step.node in ("executor", "preview"))
    timing = Timing(total=round(total, 3), model=round(answer.usage.ms, 3), database=round(executed, 3))
    ids = {"conversation_id": record.conversation_id, "turn_id": record.id}
    return answer.model_copy(update={"timing_ms": timing, **ids})


def _config(record: TurnRecord) -> RunnableConfig:
    """Checkpoints say in their metadata which turn of the conversation they belong to."""
    return {
        "configurable": {"thread_id": record.conversation_id},
        "metadata": {"turn": record.id},
        "recursion_limit": STEPS,
    }
