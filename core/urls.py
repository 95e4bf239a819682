"""What of a database's URL may be shown: its place and a name for it, never its secrets."""

import re
from urllib.parse import unquote, urlsplit

# Up to the last @ on purpose: a password that was not percent-encoded may hold any of : / ? # @.
_PASSWORD = re.compile(r"(://[^:/?#@]*):.*@", re.DOTALL)
_SECRET_OPTION = re.compile(
    r"([?&;][^=&;#]*(?:pass|pwd|secret|token|key|credential|signature)[^=&;#]*=)[^&;#]*", re.IGNORECASE
)
_ENDING = re.compile(r"\.(sqlite3?|db3?|duckdb|csv|tsv|parquet|jsonl?|ndjson|xlsx)$", re.IGNORECASE)


def scrub_url(url: str) -> str:
    """The URL with its password, and options that look like secrets, as `***`; rather too much than too little."""
    return _SECRET_OPTION.sub(r"\1***", _PASSWORD.sub(r"\1:***@", url))


def label(url: str) -> str:
    """A short name for the database behind a URL: its last path segment without an ending, else its host."""
    shown = scrub_url(url)
    path = unquote(urlsplit(shown).path if "://" in shown else shown).rstrip("/")
    stem = _ENDING.sub("", path.rpartition("/")[2])
    name = re.sub(r"[^\w-]+", "_", stem).strip("_")
    return name or urlsplit(shown).hostname or "database"
