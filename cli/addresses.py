"""Addresses of databases as people type them, in a form that means the same in every folder."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import UserError

_IN_FILES = frozenset({"sqlite", "duckdb", "chdb"})
_IN_MEMORY = frozenset({"", ":memory:"})


def lasting(address: str) -> str:
    """The URL of an address: relative files become absolute ones, and a bare path becomes a `file:` URL.

    Raises UserError for an empty address, and for a file that is not there.
    """
    address = address.strip()
    if not address:
        raise UserError("No database is given.", hint="It looks like postgresql://user@host/name, or sales.csv.")
    scheme, separator, rest = address.partition("://")
    if not separator:
        return _file_url(address)
    path, question_mark, options = rest.partition("?")
    if scheme.lower() not in _IN_FILES or path.removeprefix("/") in _IN_MEMORY or not path.startswith("/"):
        return address
    return f"{scheme}:///{Path(path.removeprefix('/')).absolute()}{question_mark}{options}"


def has_password(url: str) -> bool:
    """Whether a URL carries a password that a process list would show."""
    try:
        return bool(urlsplit(url).password)
    except ValueError:
        return "@" in url


def _file_url(path: str) -> str:
    if ":" in path.split("/")[0] or not (Path(path).exists() or re.search(r"[*?\[]", path)):
        raise UserError(
            f"There is no file {path[:200]!r}, and a URL has `://` in it.",
            hint="It looks like postgresql://user:password@host:5432/name, sqlite:///file.db or sales.csv.",
        )
    return Path(path).absolute().as_uri()
