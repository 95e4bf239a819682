"""A model writes the statement, or mends the one that was refused."""

from dataclasses import replace
from time import perf_counter

from langgraph.runtime import Runtime

from core.catalog import ForeignKey, Table
from core.context import Context
from core.errors import DataChatError
from core.ports import ChatModel, Database
from core.state import Asked, Checked, Clarified, Drafted, Gated, Planned, Ran, Retrieved
from core.values import Draft, Failure, Message, Usage, Violation
from sql.draft import SCHEMA, drafted
from sql.outline import Sighted
from sql.prompt import Rejected, Task, prompt
from sql.prose import grounded

SURE = 0.8
"""From this confidence on a model is told of a relation that was found."""

TOKEN_PAUSE = 0.04
"""Seconds between two events of tokens, which is as often as an eye can follow."""


class Reads(Asked, Gated, Clarified, Retrieved, Planned, Drafted, Checked, Ran, total=False):
    """The question with its surroundings and, on a repair, the statement and what was wrong with it."""


async def sql_agent(state: Reads, runtime: Runtime[Context]) -> Drafted:
    """Ask the model once; what comes back is a draft, an abstention or a failure, never an exception."""
    context = runtime.context
    attempt = len(state.get("drafts", [])) + 1
    if context.model is None:
        failure = Failure(code="no_model", message="No model is configured.", hint="Set DATACHAT_MODEL.")
        return {"drafts": [Draft(failure=failure, attempt=attempt)]}
    database = await context.databases.get(state["grounding"].database)
    messages = prompt(_task(state, database, context), budget=context.limits.prompt_tokens)
    draft = await _ask(context.model, messages, runtime)
    shown = grounded(draft, question=state["intent"].text, instructions=messages[0].text)
    return {"drafts": [shown.model_copy(update={"attempt": attempt})]}


class _Told:
    """Tells a model's tokens, a few at a time: an event for each would cost more than the rest of a turn."""

    def __init__(self, runtime: Runtime[Context]) -> None:
        self._tell = runtime.context.tell
        self._waiting: list[str] = []
        self._last = 0.0

    def add(self, text: str) -> None:
        """The first one goes out at once, the others when the pause is over."""
        self._waiting.append(text)
        if perf_counter() - self._last >= TOKEN_PAUSE:
            self.flush()

    def flush(self) -> None:
        """Tell what waits."""
        if self._waiting:
            self._tell({"type": "token", "text": "".join(self._waiting)})
            self._waiting.clear()
            self._last = perf_counter()


async def _ask(model: ChatModel, messages: list[Message], runtime: Runtime[Context]) -> Draft:
    started = perf_counter()
    told = _Told(runtime)
    try:
        reply = await model.reply(messages, schema=SCHEMA, on_token=told.add, limits=runtime.context.limits)
    except DataChatError as error:
        failure = Failure(code=error.code, message=error.message, hint=error.hint)
        return Draft(failure=failure, usage=Usage(llm_calls=1, ms=(perf_counter() - started) * 1000))
    told.flush()
    if not reply.complete:
        failure = Failure(
            code="model_incomplete",
            message="The model's reply was cut off, so nothing of it was used.",
            hint="Ask for less at once, or raise `limits.model_seconds` or `limits.model_bytes`.",
        )
        return Draft(failure=failure, usage=reply.usage)
    return drafted(reply.text).model_copy(update={"usage": reply.usage})


def _task(state: Reads, database: Database, context: Context) -> Task:
    grounding, catalog = state["grounding"], database.catalog
    found = [each for each in grounding.tables if each.table in catalog.by_text]
    by_id = {each.id: each for each in database.datapoints}
    return Task(
        question=grounding.question or state["intent"].text,
        dialect=grounding.dialect,
        tables=[Sighted(_related(catalog.by_text[each.table], database), each.columns) for each in found],
        values=grounding.values,
        meanings=[by_id[each.id].text() for each in grounding.datapoints if each.id in by_id],
        today=context.clock.now().date(),
        search_path=catalog.search_path,
        turns=state["turns"],
        exchanges=state.get("exchanges", []),
        rejected=_rejected(state),
    )


def _related(table: Table, database: Database) -> Table:
    """The table with the relations that were found as if they were declared, where they are sure enough."""
    found = tuple(
        ForeignKey(each.columns, each.referenced, each.referenced_columns)
        for each in database.profile.relations
        if each.table == table.full_name and each.confidence >= SURE and each.referenced in database.catalog.by_name
    )
    declared = {key.columns for key in table.foreign_keys}
    return replace(table, foreign_keys=(*table.foreign_keys, *(key for key in found if key.columns not in declared)))


def _rejected(state: Reads) -> Rejected | None:
    """The statement at hand, where the gate or the database refused it."""
    drafts = state.get("drafts", [])
    verdict, execution = state.get("verdict"), state.get("execution")
    written = drafts[-1].sql if drafts else state["compiled"].sql if "compiled" in state else ""
    if execution and execution.failure and execution.attempt == len(drafts):
        reasons = [execution.failure.message, execution.failure.hint]
        return Rejected(verdict.sql if verdict else written, "database", [each for each in reasons if each])
    if verdict and not verdict.ok and verdict.attempt == len(drafts):
        return Rejected(written, "gate", [_reason(each) for each in verdict.violations])
    return None


def _reason(violation: Violation) -> str:
    return " ".join(each for each in (f"{violation.rule}: {violation.message}", violation.hint) if each)
