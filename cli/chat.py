"""`datachat chat`: a conversation, answered as it streams."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from signal import Signals
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

import typer

from cli.ask import AsUser, Conversation, Database, Model, readable
from cli.session import Globals, conclude, given, tell_error

if TYPE_CHECKING:
    from cli.stopping import Do
    from core.values import Answer, User
    from graph.assembly import House
    from graph.turns import Events

HELP = """\
Type a question, or a reply to one: an option, its number, your own words.
/sql         the last statement           /trace    who decided what, and why
/db [NAME]   ask another database         /new      begin a new conversation
/quit        leave, as bye and Ctrl-D do  Ctrl-C    stop the question that runs"""

_HINTS: Mapping[str, str] = MappingProxyType({"clarify": "option or words", "waiting": "run, edit or cancel"})


def chat(
    context: typer.Context,
    db: Database = None,
    as_user: AsUser = None,
    model: Model = None,
    conversation: Conversation = None,
) -> None:
    """Ask and answer until you say bye; from a pipe, a question a line."""
    conclude(lambda: _chat(given(context), db, as_user, model, conversation))


def _chat(options: Globals, db: str | None, user: str | None, model: str | None, conversation: str | None) -> None:
    from cli.prompting import history
    from cli.steps import step
    from cli.stopping import opened
    from core.values import User

    settings = options.settings()
    with ExitStack() as stack:
        with step("Opening"):
            from graph.assembly import open_house

            house, do = stack.enter_context(opened(open_house(settings)))
        stack.enter_context(history(settings.home / "chat_history"))
        sitting = Sitting(
            house=house,
            do=do,
            user=User(name=readable(user)) if user else User(),
            model=model,
            conversation=readable(conversation) if conversation else uuid4().hex,
        )
        if db:
            sitting.use(db)
        sitting.go_on()


@dataclass
class Sitting:
    """One person at a terminal, or one pipe, until it ends."""

    house: "House"
    do: "Do"
    user: "User"
    model: str | None
    conversation: str
    database: str | None = None
    last: "Answer | None" = None
    over: bool = field(default=False, init=False)
    interrupted: bool = field(default=False, init=False)
    """Ctrl-C was the last thing that was typed, so the next one leaves."""

    def go_on(self) -> None:
        """Read and answer until the end of the input, a goodbye, or Ctrl-C twice."""
        from cli.prompting import is_terminal
        from cli.stopping import StoppedError

        if is_terminal():
            typer.echo("Ask a question. /help tells what else there is.", err=True)
        while not self.over:
            try:
                self._exchange()
            except KeyboardInterrupt:
                self._interrupt("Ctrl-C again, or Ctrl-D, leaves.")
            except StoppedError as stopped:
                if stopped.by != Signals.SIGINT:
                    raise
                self._interrupt("Stopped.")
                self.over = self.over or stopped.times > 1

    def use(self, name: str) -> None:
        """Ask another database from now on; raises what is wrong with it."""
        self.database = self.do(self._opened(name))

    def _interrupt(self, words: str) -> None:
        if self.interrupted:
            self.over = True
        else:
            typer.echo(f"\n{words}", err=True)
        self.interrupted = True

    def _exchange(self) -> None:
        from cli.prompting import read_line
        from core.errors import DataChatError

        line = read_line(self._prompt())
        if line is None:
            self.over = True
            return
        self.interrupted = False
        try:
            self._take(readable(line.strip()))
        except DataChatError as error:
            tell_error(error)

    def _prompt(self) -> str:
        hint = _HINTS.get(self.last.status, "") if self.last else ""
        return f"{hint or self.database or 'datachat'}> "

    def _take(self, line: str) -> None:
        if line.startswith("/"):
            self._obey(*line[1:].split(maxsplit=1))
        elif self._reviews() and line.lower() == "edit":
            self._edit()
        elif line:
            self._answer(line)

    def _obey(self, word: str = "", *rest: str) -> None:
        commands = {
            "help": lambda: typer.echo(HELP),
            "sql": self._show_sql,
            "trace": self._show_trace,
            "new": self._begin_anew,
            "db": lambda: self._switch(rest[0] if rest else None),
            "quit": self._leave,
        }
        if word in commands:
            commands[word]()
        else:
            typer.echo(f"There is no /{word}.\n{HELP}", err=True)

    def _answer(self, text: str, *, edited: str | None = None) -> None:
        from cli.asking import answer_of
        from cli.render import print_answer, progress

        with progress() as tell:
            self.last = self.do(answer_of(self._events(text, edited), tell=tell))
        print_answer(self.last, with_conversation=False)
        self.over = any(step.node == "intent_gate" and step.decision == "goodbye" for step in self.last.trace)

    def _events(self, text: str, edited: str | None) -> "Events":
        from cli.asking import turns_of
        from graph.turns import Question

        asked = Question(
            text=text, conversation=self.conversation, database=self.database, user=self.user, model=self.model
        )
        if edited and self.last:
            return turns_of(self.house).resume(self.last.turn_id, {"choice": "edit", "sql": edited}, question=asked)
        return turns_of(self.house).say(asked)

    def _reviews(self) -> bool:
        return self.last is not None and self.last.status == "waiting"

    def _edit(self) -> None:
        """Take the statement as the reviewer wants it; nothing typed leaves the review open."""
        from cli.prompting import read_line

        edited = readable((read_line("SQL> ") or "").strip())
        if edited:
            self._answer("edit", edited=edited)
        else:
            typer.echo("Nothing was edited.", err=True)

    def _show_sql(self) -> None:
        from cli.console import stdout
        from cli.render import print_sql

        if self.last and self.last.sql:
            print_sql(stdout(), self.last.sql)
        else:
            typer.echo("The last answer ran no statement.", err=True)

    def _show_trace(self) -> None:
        from cli.console import stdout
        from cli.render import print_trace

        if self.last:
            print_trace(stdout(), self.last)
        else:
            typer.echo("Nothing has been asked yet.", err=True)

    def _begin_anew(self) -> None:
        self.conversation, self.last = uuid4().hex, None
        typer.echo("A new conversation.", err=True)

    def _switch(self, name: str | None) -> None:
        if name is None:
            names = self.do(self._names())
            typer.echo("\n".join(names) or "No database is known.")
        else:
            self.use(name)
            self._begin_anew()

    def _leave(self) -> None:
        self.over = True

    async def _opened(self, name: str) -> str:
        known = await self.house.databases.known(name)
        return (await self.house.databases.get(known)).name

    async def _names(self) -> list[str]:
        return list(await self.house.databases.names())
