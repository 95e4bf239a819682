"""What kind of question is it? Told by rules, before any model or database is asked."""

from langgraph.runtime import Runtime

from apex.intents import tell_intent
from apex.intents.scope import topics
from apex.names import names_of
from apex.routing import WHICH
from core.context import Context
from core.errors import DataChatError
from core.state import Asked, Clarified, Gated
from core.values import Intent


class Reads(Asked, Clarified, total=False):
    """The question, the turns before, and what was replied to clarifications."""


async def intent_gate(state: Reads, runtime: Runtime[Context]) -> Gated:
    """Tell the kind of question, with the words that end the turn where no database is needed."""
    model = runtime.context.model
    intent = tell_intent(
        state["question"],
        exchanges=[each for each in state.get("exchanges", []) if each.clarification.question != WHICH],
        follows=bool(state.get("turns")),
        model=model.name if model else "",
    )
    if intent.rule == "out_of_scope" and await _is_about_data(intent, state.get("database"), runtime.context):
        intent = intent.model_copy(
            update={"kind": "data", "reply": "", "rule": "", "reason": "the database has tables or columns called so"}
        )
    return {"intent": intent}


async def _is_about_data(intent: Intent, database: str | None, context: Context) -> bool:
    """A question about the weather is one about data where a table or column is called `weather`."""
    try:
        catalog = (await context.databases.get(database)).catalog
    except DataChatError:
        return False
    return bool(topics(intent.text) & names_of(catalog).words)
