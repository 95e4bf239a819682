"""ClickHouse's errors as the house's, without values from the data. HTTP servers and embedded chDB share it."""

import re

from connectors.deadline import too_slow
from connectors.scrub import one_line, without_values
from core.errors import DataChatError, LimitError, StatementError, UpstreamError, UserError

_CODE = re.compile(r"\bCode: (\d+)\. DB::Exception: ")
_URL = re.compile(r"\s*\(for url [^()]*\)\s*$")
_NAME = re.compile(r"\s*\(([A-Z][A-Z0-9_]+)\)\s*$")
_VERSION = re.compile(r"\s*\(version [^()]*(?:\([^()]*\))?\)")
_WHERE = re.compile(r"[.:,]?\s+(?:in scope|\(?in query|while (?:processing|executing))\b[\s\S]*", re.IGNORECASE)
# Errors whose texts speak of the statement's own words, of names, types and rights, and never of values in tables.
_ABOUT_THE_STATEMENT = frozenset(
    {10, 16, 20, 34, 35, 42, 43, 46, 47, 48, 50, 51, 57, 60, 62, 63, 73, 78, 80, 81, 115, 164, 179, 184, 207, 215}
    | {344, 352, 386, 392, 403, 456, 457, 477, 497}
)
# Errors that cite values only in quotes or as numbers. The texts of all others are not told.
_QUOTING = frozenset({6, 26, 27, 38, 41, 53, 69, 70, 72, 153, 407})
_TOO_SLOW = 159
_TOO_MUCH = frozenset({158, 160, 162, 191, 241, 307, 396})
_BUSY = frozenset({3, 198, 201, 202, 203, 209, 210, 242, 243, 279, 364, 394, 425, 439, 999})
_LOGIN = frozenset({192, 193, 194, 195, 516})


def code(text: str) -> int:
    """The server's number of an error, 0 where its text tells none."""
    found = _CODE.search(text)
    return int(found[1]) if found else 0


def statement_failed(text: str, *, seconds: float, place: str) -> DataChatError:
    """The error of a statement: refused (StatementError), over a limit (LimitError), the server's (UpstreamError)."""
    number, message = code(text), _message(text)
    if number == _TOO_SLOW:
        return too_slow(seconds)
    if number in _TOO_MUCH:
        return LimitError(
            f"The statement needs more than it may use: {without_values(message)}",
            hint="Ask for less, e.g. a shorter period or fewer groups",
        )
    if number in _BUSY:
        return UpstreamError(f"ClickHouse at {place}: {without_values(message)}", hint="Try again in a moment")
    if not number or number in _LOGIN:
        return UpstreamError(f"The connection to ClickHouse at {place} was lost", hint="Try again", code="lost")
    if number in _ABOUT_THE_STATEMENT:
        return StatementError(one_line(message))
    if number in _QUOTING:
        return StatementError(without_values(message))
    return StatementError(f"ClickHouse refused the statement: {_name(text)}")


def connection_failed(text: str, *, place: str, database: str, user: str) -> DataChatError:
    """The error of a connection that did not come up."""
    number = code(text)
    if number in _LOGIN:
        return UserError(
            f"ClickHouse at {place} refused the login of {user!r}", hint="Check user and password in the URL"
        )
    if number == 81:
        return UserError(
            f"The database {database!r} does not exist on {place}", hint="Name another one at the end of the URL"
        )
    if number:
        return UpstreamError(f"ClickHouse at {place}: {without_values(_message(text))}", hint="Try again in a moment")
    if "timed out" in text or "timeout" in text.lower():
        return UpstreamError(
            f"ClickHouse at {place} does not answer", hint="Check host and port, and whether a firewall lies between"
        )
    return UpstreamError(
        f"Cannot connect to ClickHouse at {place}",
        hint="Is the server running there, and is it its HTTP port (8123, with TLS 8443)?",
    )


def _message(text: str) -> str:
    """The sentence itself, without code, place, name and version."""
    # An error that was passed on repeats its frame: `Code: 1. DB::Exception: Code: 1. DB::Exception: ...`.
    start = max((found.end() for found in _CODE.finditer(text)), default=0)
    return _WHERE.sub("", _NAME.sub("", _VERSION.sub("", _URL.sub("", text[start:]))))


def _name(text: str) -> str:
    """The symbolic name of an error in words: `cannot insert null in ordinary column`."""
    found = _NAME.search(_VERSION.sub("", _URL.sub("", text)))
    return found[1].replace("_", " ").lower() if found else f"error {code(text)}"
