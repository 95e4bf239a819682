"""Questions: one address for everything that a person says."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StringConstraints

from api.lent import PLAIN, Here, Id, Lent, Text, check_askable
from api.streams import tell, wants_stream
from core.values import Answer
from graph.turns import Question

router = APIRouter(tags=["chat"])

Name = Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)]


class Said(BaseModel):
    """What a person says: a question, or the reply to what was asked back."""

    model_config = ConfigDict(extra="forbid")

    message: Text = Field(
        validation_alias=AliasChoices("message", "question", "content"),
        description="The question; `question` and `content` are other names for it.",
        examples=["Which tables are there?"],
    )
    database: Name | None = Field(
        default=None,
        validation_alias=AliasChoices("database", "target_database"),
        description="Name of a database; the default one if absent. `target_database` is another name for it.",
        examples=["payments"],
    )
    model: Name | None = Field(
        default=None, description="`provider:model`, or `none`; the configured one if absent.", examples=["none"]
    )


class Asked(Said):
    """The same, with the conversation that it belongs to."""

    conversation_id: Id | None = Field(
        default=None, description="Goes on with this conversation; a new one if absent.", examples=["c1"]
    )


ANSWERS: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The answer; with `Accept: text/event-stream` the turn's events.",
        "model": Answer,
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post("/chat", responses=ANSWERS, summary="Ask a question")
async def chat(said: Asked, request: Request, here: Here) -> Response:
    """Ask a question, or reply to what the conversation waits for.

    Responds with the answer as JSON, or with `Accept: text/event-stream` with everything that happens on the way.
    """
    return await say(said, said.conversation_id, request, here, stream=wants_stream(request))


async def say(said: Said, conversation: str | None, request: Request, here: Lent, *, stream: bool) -> Response:
    """One turn of a conversation, of a new one for None."""
    await check_askable(here.house, said.database)
    question = Question(
        text=said.message,
        conversation=conversation or uuid4().hex,
        database=said.database,
        user=here.user,
        model=said.model,
    )
    return await tell(request, here, here.house.turns.say(question), stream=stream, new=question.turn)
