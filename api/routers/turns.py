"""Turns: what happens in them, replies to those that wait, and their end."""

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from api.lent import Here, PathId, Text
from api.live import question_of
from api.routers.chat import ANSWERS
from api.streams import event_stream, tell, wants_stream
from core.errors import UserError
from core.values import Answer

router = APIRouter(prefix="/turns", tags=["turns"])


class Reply(BaseModel):
    """The reply to a clarification, or the decision of a review."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reply": "orders"}, {"choice": "run"}, {"choice": "edit", "sql": "SELECT 1"}]},
    )

    reply: Text | None = Field(default=None, description="An option, its number (from 1), or one's own words.")
    choice: Literal["run", "edit", "cancel"] | None = Field(default=None, description="What becomes of the statement.")
    sql: Text | None = Field(default=None, description="The edited statement.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.reply is None) == (self.choice is None):
            raise ValueError("either `reply` or `choice` is needed, and not both")
        return self

    def as_json(self) -> JsonValue:
        """The form in which the waiting node takes it."""
        return self.reply if self.reply is not None else {"choice": self.choice, "sql": self.sql or ""}


@router.get("/{turn_id}/events", response_class=Response, summary="Follow a turn")
async def events(
    turn_id: PathId,
    here: Here,
    last_event_id: Annotated[str | None, Header(description="The last event that the client has seen.")] = None,
    after: Annotated[int | None, Query(ge=0, lt=2**63, description="The same, for clients without headers.")] = None,
) -> Response:
    """The turn's events (SSE) after the given one, and those to come.

    A turn that was cut off, by its client's leaving or its server's end, goes on from its last step.
    """
    await here.house.conversations.turn(turn_id, user=here.user.name)
    seen = _number(last_event_id) if last_event_id else after or 0
    return event_stream(here.live.follow(turn_id, after=seen), turn_id)


@router.post("/{turn_id}/resume", responses=ANSWERS, summary="Reply to a turn that waits")
async def resume(turn_id: PathId, reply: Reply, request: Request, here: Here) -> Response:
    """Reply to a clarification, or decide on a statement. 409 when the turn does not wait (any more)."""
    record = await here.house.conversations.turn(turn_id, user=here.user.name)
    going_on = here.house.turns.resume(turn_id, reply.as_json(), question=question_of(record))
    return await tell(request, here, going_on, stream=wants_stream(request))


@router.post("/{turn_id}/cancel", summary="Cancel a turn")
async def cancel(turn_id: PathId, here: Here) -> Answer:
    """End a turn that is running or waits, in whichever process; 409 when it is over already."""
    return await here.live.cancel(await here.house.conversations.turn(turn_id, user=here.user.name))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise UserError("Last-Event-ID is not a number.", hint="Send the `id:` of the last event that was seen.")
    return int(text)
