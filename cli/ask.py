"""`datachat ask`: one turn."""

from typing import Annotated
from uuid import uuid4

import typer

from cli.session import Globals, given, print_json, run

Database = Annotated[str | None, typer.Option("--db", metavar="NAME|URL", help="A stored name, a URL, a file.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="Ask as this user.")]
Model = Annotated[str | None, typer.Option(metavar="M|none", help="provider:model, or none.")]
Conversation = Annotated[str | None, typer.Option(metavar="ID", help="Go on with this conversation.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="A question, or the reply to a clarification.")],
    db: Database = None,
    as_user: AsUser = None,
    model: Model = None,
    conversation: Conversation = None,
    as_json: AsJson = False,
) -> None:
    """Ask one question; --conversation goes on with an earlier one, or replies to what it asked."""
    run(_ask(given(context), question, db, as_user, model, conversation, as_json=as_json))


async def _ask(
    options: Globals,
    text: str,
    db: str | None,
    user: str | None,
    model: str | None,
    conversation: str | None,
    *,
    as_json: bool,
) -> int:
    from cli.exits import exit_of_answer
    from cli.render import print_answer, progress
    from core.values import Answer, User
    from graph.assembly import open_house
    from graph.turns import Question

    async with open_house(options.settings()) as house:
        asked = Question(
            text=text,
            conversation=conversation or uuid4().hex,
            database=await house.databases.known(db) if db else None,
            user=User(name=user) if user else User(),
            model=model,
        )
        answer: Answer | None = None
        with progress(quiet=as_json) as tell:
            async for event in house.turns.say(asked):
                tell(event)
                if event.type == "answer":
                    answer = Answer.model_validate(event.data)
        if answer is None:
            raise AssertionError("a turn ended without an answer")
        if as_json:
            print_json(answer.model_dump(mode="json"))
        else:
            print_answer(answer)
        return exit_of_answer(answer)
