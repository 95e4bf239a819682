"""`datachat ask`: one turn."""

import sys
from typing import Annotated
from uuid import uuid4

import typer

from cli.session import Globals, command, given, print_json, run

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
    run(_ask(given(context), readable(text), db, as_user, model, conversation, trace=trace, as_json=as_json))


async def _ask(
    options: Globals,
    text: str,
    db: str | None,
    user: str | None,
    model: str | None,
    conversation: str | None,
    *,
    trace: bool,
    as_json: bool,
) -> int:
    from cli.exits import exit_of_answer
    from cli.render import print_answer, progress

    settings = options.settings()
    with progress(quiet=as_json) as tell:
        from cli.asking import answer_of, turns_of
        from core.values import User
        from graph.assembly import open_house
        from graph.turns import Question

        async with open_house(settings) as house:
            asked = Question(
                text=text,
                conversation=readable(conversation) if conversation else uuid4().hex,
                database=await house.databases.known(db) if db else None,
                user=User(name=readable(user)) if user else User(),
                model=model,
            )
            answer = await answer_of(turns_of(house).say(asked), tell=tell)
    if as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer, trace=trace)
        _print_how_to_reply(answer.status, answer.conversation_id)
    return exit_of_answer(answer)


def readable(text: str) -> str:
    """A text as UTF-8 that can be stored, with a mark for each NUL and each byte that was none."""
    return text.encode(errors="surrogateescape").decode(errors="replace").replace("\0", "\ufffd")


def _print_how_to_reply(status: str, conversation: str) -> None:
    replies = {"clarify": "1", "waiting": "run"}
    if status in replies:
        typer.echo(f'Reply with: {command()} ask "{replies[status]}" --conversation {conversation}', err=True)
