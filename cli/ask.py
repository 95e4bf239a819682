"""`datachat ask`: one turn."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.session import Globals, command, given, print_json, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.values import Answer, Event

Database = Annotated[str | None, typer.Option("--db", metavar="NAME|URL", help="A stored name, a URL, a file.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="Ask as this user.")]
Model = Annotated[str | None, typer.Option(metavar="M|none", help="provider:model, or none.")]
Conversation = Annotated[str | None, typer.Option(metavar="ID", help="Go on with this conversation.")]
Trace = Annotated[bool, typer.Option("--trace", help="Show who decided what.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

READ_BYTES = 1_000_000
"""Far more than any question may have; so that an endless pipe is not read to its end."""


def ask(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="A question, or the reply to one; - reads it from stdin.")
    ],
    db: Database = None,
    as_user: AsUser = None,
    model: Model = None,
    conversation: Conversation = None,
    trace: Trace = False,
    as_json: AsJson = False,
) -> None:
    """Ask one question; --conversation goes on with an earlier one, or replies to what it asked."""
    # Read before the event loop starts, so that Ctrl-C ends the wait.
    text = sys.stdin.buffer.read(READ_BYTES).decode(errors="replace") if question == "-" else question
    asking = Asking(
        text=readable(text),
        db=db,
        user=as_user and readable(as_user),
        model=model,
        conversation=conversation and readable(conversation),
        trace=trace,
        as_json=as_json,
    )
    run(_ask(given(context), asking))


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What is asked, and how the answer is wanted."""

    text: str
    db: str | None
    user: str | None
    model: str | None
    conversation: str | None
    trace: bool
    as_json: bool


async def _ask(options: Globals, asking: "Asking") -> int:
    from cli.exits import exit_of_answer, exit_of_error
    from cli.render import print_answer, progress
    from core.errors import DataChatError

    code = None
    with progress(quiet=asking.as_json) as tell:
        from graph.turns import failed

        try:
            answer = await _answered(options, asking, tell)
        except DataChatError as error:
            answer, code = failed(error, trace=[]), exit_of_error(error)
    if asking.as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer, trace=asking.trace)
        _print_how_to_reply(answer, asking.db)
    return exit_of_answer(answer) if code is None else code


async def _answered(options: Globals, asking: "Asking", tell: "Callable[[Event], None]") -> "Answer":
    from cli.asking import answer_of, turns_of
    from core.values import User
    from graph.assembly import open_house
    from graph.turns import Question

    async with open_house(options.settings()) as house:
        database = await house.databases.known(asking.db) if asking.db else None
        if database:
            # A database that was named and cannot be opened is told at once, and not tried again.
            await house.databases.get(database)
        question = Question(
            text=asking.text,
            conversation=asking.conversation or uuid4().hex,
            database=database,
            user=User(name=asking.user) if asking.user else User(),
            model=asking.model,
        )
        return await answer_of(turns_of(house).say(question), tell=tell)


def readable(text: str) -> str:
    """A text as UTF-8 that can be stored, with a mark for each NUL and each byte that was none."""
    return text.encode(errors="surrogateescape").decode(errors="replace").replace("\0", "\ufffd")


def _print_how_to_reply(answer: "Answer", db: str | None) -> None:
    import shlex

    from core.urls import scrub_url

    replies = {"clarify": "1", "waiting": "run"}
    if answer.status in replies:
        again = f" --db {shlex.quote(scrub_url(db))}" if db else ""
        reply = f'{command()} ask "{replies[answer.status]}" --conversation {answer.conversation_id}{again}'
        typer.echo(f"Reply with: {reply}", err=True)
