"""Ask back: the turn pauses until the user has chosen."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from apex.intents.folding import is_yes
from core.context import Context
from core.state import Clarified, Gated, Known, Looked, Planned, Retrieved, settled
from core.values import Clarification, Exchange, Previewed

SAME = "As it stands, both show the same rows."


class Reads(Gated, Retrieved, Known, Planned, Looked, Clarified, total=False):
    """Who asks back: the intent gate, or else the retriever, or else context_answer or the compiler."""


async def clarify(state: Reads, runtime: Runtime[Context]) -> Clarified:
    """Pause with the question and its options; an option's number stands for the option."""
    intent, grounding, found = state.get("intent"), state.get("grounding"), settled(state)
    asked = (
        (intent and intent.clarification) or (grounding and grounding.clarification) or (found and found.clarification)
    )
    if asked is None:
        raise AssertionError("clarify was reached without a clarification")
    shown = _with_previews(asked, state.get("previewed"))
    database = grounding.database if grounding and not grounding.clarification else None
    reply: object = interrupt({"clarification": shown.model_dump(mode="json"), "database": database})
    return {"exchanges": [Exchange(clarification=asked, reply=_chosen(str(reply).strip(), asked))]}


def _with_previews(asked: Clarification, previewed: Previewed | None) -> Clarification:
    """The question with what its options would show; what was looked at for an earlier question is left out."""
    shown = [each for each in previewed.previews if each.option in asked.options] if previewed else []
    same = f" {SAME}" if shown and previewed and previewed.same else ""
    return asked.model_copy(update={"question": asked.question + same, "previews": shown})


def _chosen(reply: str, asked: Clarification) -> str:
    """The option that a reply like `2`, `ORDERS` or, of one alone, `yes` points at, else the reply itself."""
    if reply.isdecimal() and 1 <= int(reply) <= len(asked.options):
        return asked.options[int(reply) - 1]
    if len(asked.options) == 1 and is_yes(reply):
        return asked.options[0]
    return next((option for option in asked.options if option.casefold() == reply.casefold()), reply)
