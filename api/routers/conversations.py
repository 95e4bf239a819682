"""Conversations: begin, list, read, rename, delete, and say something in one."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.lent import PLAIN, Here, Id, PathId
from api.routers.chat import ANSWERS, Said, say
from core.values import TurnRecord
from store.conversations import ConversationRecord

router = APIRouter(prefix="/chat/conversations", tags=["conversations"])

Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="How many to pass over.")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=PLAIN)]


class NewConversation(BaseModel):
    """What may be said of a new conversation; its first question becomes its title when none is given."""

    model_config = ConfigDict(extra="forbid")

    id: Id = Field(default_factory=lambda: uuid4().hex, examples=["c1"])
    title: Title = Field(default="", examples=["Revenue of last week"])


class NewTitle(BaseModel):
    """What may be changed of a conversation."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Title, Field(min_length=1)] = Field(examples=["Revenue of last week"])


class ConversationPage(BaseModel):
    """Some conversations, the latest first; `next_offset` leads to the following ones."""

    conversations: list[ConversationRecord]
    next_offset: int | None


class ConversationDetail(ConversationRecord):
    """A conversation with its turns, oldest first."""

    messages: list[TurnRecord]


@router.post("", status_code=201, summary="Begin a conversation")
async def create(here: Here, new: NewConversation | None = None) -> ConversationRecord:
    """Begin a conversation, or find one's own of this id."""
    new = new or NewConversation()
    return await here.house.conversations.create(new.id, user=here.user.name, title=new.title)


@router.get("", summary="List conversations")
async def browse(here: Here, limit: Limit = 50, offset: Offset = 0) -> ConversationPage:
    """The conversations, the latest first."""
    found = await here.house.conversations.list(user=here.user.name, limit=limit + 1, offset=offset)
    more = len(found) > limit
    return ConversationPage(conversations=found[:limit], next_offset=offset + limit if more else None)


@router.get("/{conversation_id}", summary="Read a conversation")
async def read(conversation_id: PathId, here: Here, limit: Limit = 100, offset: Offset = 0) -> ConversationDetail:
    """A conversation and its turns with their answers."""
    record = await here.house.conversations.get(conversation_id, user=here.user.name)
    turns = await here.house.conversations.messages(conversation_id, user=here.user.name, limit=limit, offset=offset)
    return ConversationDetail(**record.model_dump(), messages=turns)


@router.patch("/{conversation_id}", summary="Rename a conversation")
async def rename(conversation_id: PathId, new: NewTitle, here: Here) -> ConversationRecord:
    """Give a conversation another title."""
    return await here.house.conversations.rename(conversation_id, new.title, user=here.user.name)


@router.delete("/{conversation_id}", status_code=204, summary="Delete a conversation")
async def delete(conversation_id: PathId, here: Here) -> None:
    """Delete a conversation with its turns and results; a turn that is still open is cancelled first."""
    last = await here.house.conversations.last_turn(conversation_id, user=here.user.name)
    if last and last.status in ("running", "waiting"):
        await here.live.cancel(last)
    await here.house.conversations.delete(conversation_id, user=here.user.name)


@router.post("/{conversation_id}/messages", responses=ANSWERS, summary="Say something in a conversation")
async def post_message(conversation_id: PathId, said: Said, request: Request, here: Here) -> Response:
    """Ask or reply. Responds with events; with `Accept: application/json` with the answer alone."""
    stream = "application/json" not in request.headers.get("accept", "")
    return await say(said, conversation_id, request, here, stream=stream)
