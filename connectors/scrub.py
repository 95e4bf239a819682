"""Takes values and secrets out of error texts, because an error text is data too."""

import re

_HIDDEN = "…"
# Greedy on purpose: a value may itself hold quotes, so everything from the first quote to the last one goes.
_QUOTED = re.compile(r"\"[\s\S]*\"|'[\s\S]*'|`[\s\S]*`|(?<!\w)[\"'`][\s\S]*")
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:0x[0-9a-fA-F]+|\d[\d.,:eE+-]*)")
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]*@")


def without_values(text: str) -> str:
    """The text with everything quoted and every number replaced by `…`: for errors that may cite data.

    Errors about the statement's own words (unknown column, syntax) need no scrubbing: a repair rests on their names.
    """
    first_line = text.strip().split("\n", 1)[0] if not _QUOTED.search(text) else text
    return one_line(_NUMBER.sub(_HIDDEN, _QUOTED.sub(_HIDDEN, first_line)))


def without_secret(text: str, *secrets: str | None) -> str:
    """The text with the given secrets, and whatever stands before an `@` in a URL, replaced by `***`."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return _CREDENTIALS.sub("***@", text)


def one_line(text: str) -> str:
    """The text on one line of at most 500 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 500 else flat[:499] + _HIDDEN
