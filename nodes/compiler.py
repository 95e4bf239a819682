"""Answers what needs no model: questions about the catalog, and questions whose every word is understood."""

from langgraph.runtime import Runtime

from apex.catalog_questions import answer_from_catalog
from apex.language.several import joined_in, questions_in
from apex.reading.certainty import HIGH
from apex.reading.engine import read
from apex.reading.follow_ups.leaning import changes
from apex.reading.library import library_of, values_for
from apex.reading.outcomes import chosen_of, compiled_of, one_by_one
from apex.routing import WHICH
from core.context import Context
from core.ports import Database, Results
from core.state import Asked, Clarified, Gated, Planned, Retrieved
from core.values import Compiled, Remembered


class Reads(Asked, Gated, Clarified, Retrieved, total=False):
    """The question as the gate understood it, the database it goes to, the turns before, and what was asked about."""

    compiled: Compiled


async def compiler(state: Reads, runtime: Runtime[Context]) -> Planned:
    """Answer from the catalog, compile one statement, ask back, or leave the question to a model."""
    chosen = chosen_of(state.get("compiled"), state.get("exchanges", []))
    if chosen:
        return {"compiled": chosen}
    databases, grounding = runtime.context.databases, state["grounding"]
    database = await databases.get(grounding.database)
    turns = [turn for turn in state.get("turns", []) if turn.database in ("", database.name)]
    # The registry is asked only where the question may be about it.
    names = await databases.names() if state["intent"].kind == "catalog" else [database.name]
    question = grounding.question or state["intent"].text
    compiled = one_by_one(questions_in(question))
    if compiled is None and not _is_of_those(question, turns):
        library = library_of(database.catalog, database.profile, database.datapoints)
        ruled = library.model.notes.constraints
        compiled = answer_from_catalog(question, database.catalog, turns=turns, databases=names, ruled=ruled)
        compiled = compiled or _of_metrics(state, database, turns, runtime.context)
    compiled = compiled or _read(state, database, turns, runtime.context)
    if compiled.status in ("incomplete", "ambiguous", "impossible"):
        compiled = one_by_one(joined_in(question)) or compiled
    return {"compiled": await _previewed(compiled, runtime.context.results)}


def _is_of_those(question: str, turns: list[Remembered]) -> bool:
    """`What are all distinct countries for them?` asks of the rows that were spoken of, and not of the table."""
    last = turns[-1] if turns else None
    return last is not None and last.source not in _DEFINED and changes(question, last.plan)


_DEFINED = ("metric", "query", "catalog")
"""What goes on from these is read by them."""


def _of_metrics(state: Reads, database: Database, turns: list[Remembered], context: Context) -> Compiled | None:
    """What the question asks of metrics that are defined."""
    grounding, intent = state["grounding"], state["intent"]
    library = library_of(database.catalog, database.profile, database.datapoints)
    if not (library.model.metrics or library.model.queries):
        return None
    # imported here because most databases have none
    from apex.metric_questions.answering import answer_from_metrics

    _, measured = library.look(each.table for each in grounding.tables)
    return answer_from_metrics(
        grounding.question or intent.text,
        library.model,
        values_for(measured, grounding.values),
        now=context.clock.now(),
        calendar=context.calendar,
        previous=turns[-1] if turns and intent.follow_up else None,
    )


def _read(state: Reads, database: Database, turns: list[Remembered], context: Context) -> Compiled:
    """What the question asks of the rows, read without a model."""
    grounding = state["grounding"]
    # Which database is meant is no part of what is asked of it.
    exchanges = [each for each in state.get("exchanges", []) if each.clarification.question != WHICH]
    reading = read(
        grounding.question or (state["question"] if exchanges else state["intent"].text),
        library_of(database.catalog, database.profile, database.datapoints),
        tables=[each.table for each in grounding.tables],
        values=grounding.values,
        previous=turns[-1].plan if turns else None,
        certain=turns[-1].certainty if turns else 1.0,
        follows=bool(turns),
        now=context.clock.now(),
        calendar=context.calendar,
    )
    # A model has what is less certain: its call costs less than a wrong answer.
    return compiled_of(reading, least=HIGH if context.model else 0.0)


async def _previewed(compiled: Compiled, results: Results) -> Compiled:
    """A long list is kept beside the checkpoint, which holds its first rows only."""
    whole = compiled.result
    if whole is None:
        return compiled
    preview = whole.preview()
    if preview is whole:
        return compiled.model_copy(update={"row_count": len(whole.rows)})
    update = {"row_count": len(whole.rows), "result_id": await results.put(whole), "result": preview}
    return compiled.model_copy(update=update)
