"""PostgreSQL's errors as the house's, without values from the data."""

import re

import psycopg

from connectors.deadline import too_slow
from connectors.scrub import one_line, without_secret, without_values
from core.errors import DataChatError, NotFoundError, StatementError, UpstreamError, UserError

# Classes of SQLSTATE whose messages speak of the statement, the login or the server, and never of values in tables.
_ABOUT_THE_STATEMENT = frozenset({"0A", "25", "2F", "34", "3D", "3F", "42", "54"})
_ABOUT_THE_SERVER = frozenset({"08", "28", "53", "55", "57", "58"})
_GONE = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"})
_LOGIN = re.compile(r"password|authentication|pg_hba\.conf|role .* (does not exist|is not permitted)|certificate", re.I)
_DATABASE = re.compile(r"database (.*) does not exist")


def statement_failed(error: psycopg.Error, *, seconds: float, place: str) -> DataChatError:
    """The error of a statement: refused (StatementError), too slow (LimitError), or the server's (UpstreamError)."""
    state = error.sqlstate or ""
    text = error.diag.message_primary or str(error)
    if state == "57014" and "statement timeout" in text:
        return too_slow(seconds)
    if not state or state in _GONE:
        return UpstreamError(f"The connection to PostgreSQL at {place} was lost", hint="Try again", code="lost")
    if state[:2] in _ABOUT_THE_SERVER or state[:2] == "40":
        return UpstreamError(f"PostgreSQL at {place}: {one_line(text)}", hint="Try again in a moment")
    if state[:2] in _ABOUT_THE_STATEMENT:
        return StatementError(one_line(text), hint=one_line(error.diag.message_hint or ""))
    if state.startswith("P"):
        # RAISE in a function of the database: its text may be anything.
        return StatementError("A function of the database raised an error of its own")
    return StatementError(without_values(text))


def connection_failed(error: psycopg.Error, *, place: str, database: str, password: str | None) -> DataChatError:
    """The error of a connection that did not come up; its text alone tells why, since libpq gives no SQLSTATE here."""
    text = one_line(without_secret(str(error), password))
    if isinstance(error, psycopg.errors.ConnectionTimeout) or "timeout expired" in text:
        return no_answer(place)
    if isinstance(error, psycopg.ProgrammingError):
        return UserError(f"The database URL holds an option that PostgreSQL does not know: {text}")
    reason = text.rpartition("FATAL:")[2].rpartition(" failed: ")[2].strip()
    missing = _DATABASE.search(reason)
    if missing:
        name = missing[1].strip('"') or database
        return NotFoundError(
            f"The database {name!r} does not exist on {place}", hint="Name another one at the end of the URL"
        )
    if _LOGIN.search(reason):
        return UserError(
            f"PostgreSQL at {place} refused the login: {reason}", hint="Check user and password in the URL"
        )
    return UpstreamError(f"Cannot connect to PostgreSQL at {place}: {reason}", hint="Is the server running there?")


def no_answer(place: str) -> UpstreamError:
    """The error of a host that drops packets."""
    return UpstreamError(
        f"PostgreSQL at {place} does not answer", hint="Check host and port, and whether a firewall lies between"
    )
