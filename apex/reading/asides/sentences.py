"""Where the sentences of a question begin and end, and the phrases of a list as one pattern."""

import re
from functools import cache

from apex.language.sections import listed

_END = re.compile(r"[.?!;](?=\s|$)")
_SHORT = re.compile(r"(?:\b(?:i\.e|e\.g|vs|etc)|\b[A-Z])\Z", re.IGNORECASE)


def sentences(question: str) -> list[str]:
    """The sentences, each with the sign that ends it; `i.e.` ends none."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(question):
        if not _SHORT.search(question[begin : end.start()]):
            found.append(question[begin : end.end()].strip())
            begin = end.end()
    rest = question[begin:].strip()
    return [*found, rest] if rest else found


@cache
def any_of(section: str) -> str:
    """A pattern for every phrase of a section of the asides, the longest first."""
    phrases = sorted(listed("asides.txt")[section], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + ")"
