"""Turns lists of phrases into patterns: one phrase per line, with the few signs that regular expressions lend."""

import re


def any_of(phrases: str) -> re.Pattern[str]:
    """A pattern that is any one of these lines."""
    return re.compile(alternatives(phrases))


def alternatives(phrases: str) -> str:
    """The lines as one group, to be put into a larger pattern."""
    lines = (line.strip() for line in phrases.splitlines())
    return f"(?:{'|'.join(line for line in lines if line)})"


def plain(text: str) -> str:
    """The text in lower case, without signs but `'`, `:` and `-`, with single spaces."""
    return " ".join(re.sub(r"[^\w\s':.+*/=-]|[.](?!\w)", " ", text.casefold().replace("’", "'")).split())
