"""What of a database's URL may be shown: its place and a name for it, never its secrets."""

import re
from urllib.parse import unquote, urlsplit

_SECRET_PARAMETER = re.compile(r"(?i)([?&;][^=&;]*(?:pass|pwd|secret|token|key|credential)[^=&;]*=)[^&;]*")


def scrub_url(url: str) -> str:
    """The URL with its password and secret parameters replaced by `***`; also the key under which a place is known.

    A password may hold unescaped `/`, `@` and `:`, so the user part ends at the last `@` before the parameters.
    """
    head, separator, rest = url.partition("://")
    if not separator:
        return url
    before, mark, parameters = rest.partition("?")
    user, at, host = before.rpartition("@")
    name, colon, _ = user.partition(":")
    shown = f"{head}://{name}{':***' if colon else ''}{at}{host}"
    return shown + _SECRET_PARAMETER.sub(r"\1***", mark + parameters)


def label(url: str) -> str:
    """A short name for the database behind a URL: its last path segment without an ending, else its host."""
    shown = scrub_url(url)
    path = unquote(urlsplit(shown).path if "://" in shown else shown).rstrip("/")
    last = path.rpartition("/")[2]
    stem = re.sub(r"\.(sqlite3?|db3?|duckdb|csv|tsv|parquet|jsonl?|ndjson|xlsx)$", "", last, flags=re.IGNORECASE)
    name = re.sub(r"[^\w-]+", "_", stem).strip("_")
    return name or urlsplit(shown).hostname or "database"
