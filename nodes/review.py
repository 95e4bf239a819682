"""A person looks at a statement before it runs."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from core.context import Context
from core.state import Checked, Reviewed
from core.values import Review, ReviewRequest


class Reads(Checked):
    """The verdict that waits for a person."""


async def review(state: Reads, runtime: Runtime[Context]) -> Reviewed:
    """Pause with the statement; `run` lets it pass, `edit` brings another one, `cancel` ends the turn."""
    verdict = state["verdict"]
    reason = verdict.doubt or f"the edited statement was refused: {verdict.because}"
    request = ReviewRequest(sql=verdict.sql, reason=reason)
    reply = Review.of_reply(interrupt({"review": request.model_dump(mode="json")}))
    return {"reviewed": reply.model_copy(update={"attempt": verdict.attempt, "reason": reason})}
