"""Runs a script of SQL steps in a database, all of them or none."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from core.errors import UserError
from store.border import border
from store.system import dial

if TYPE_CHECKING:
    from psycopg import AsyncConnection


async def run_script(
    url: str, steps: Iterable[tuple[str, str]], *, tell: Callable[[str], None] = lambda title: None
) -> None:
    """Run steps of title and SQL in one transaction; raises UserError when a table is there that is not the script's.

    `tell` hears each title before its step begins.
    """
    from psycopg import errors

    with border():
        async with await dial(url) as connection, connection.transaction():
            try:
                for title, sql in steps:
                    tell(title)
                    await connection.execute(sql.encode())
            except errors.DuplicateTable as error:
                raise UserError(
                    f"The database holds tables of somebody else: {error.diag.message_primary}",
                    hint="Move them away, or give the database another name.",
                    code="duplicate",
                ) from error


async def answer_of(url: str, question: str) -> str | None:
    """The one text that a query gives, None for NULL or no row."""
    with border():
        async with await dial(url) as connection:
            row = await _row(connection, question)
    return None if row is None or row[0] is None else str(row[0])


async def _row(connection: "AsyncConnection", question: str) -> tuple[object, ...] | None:
    return await (await connection.execute(question.encode())).fetchone()
