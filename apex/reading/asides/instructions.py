"""`Match strings exactly.`, `Use the column price.`: how the answer is to be found, which changes nothing of it."""

import re
from functools import cache

from apex.linking.names import NameIndex
from apex.reading.asides.sentences import any_of, sentences

_LOOK = re.compile(
    r"^(?:please\s+)?(?:use|using|query|join|look\s+at|consider)\s+(?:only\s+|just\s+)?(?:the\s+)?"
    r"(?:(?:columns?|fields?|tables?)\s+[\w, ]{1,60}|[\w, ]{1,60}?\s(?:columns?|fields?|tables?))[.?!]?$",
    re.IGNORECASE,
)
_CASE = re.compile(
    r",?\s*\(?\b(?:(?:using|with|in|do|by|be|as)\s+)?(?:an?\s+)?(?:case[\s\-]*insensitive(?:ly)?|ignoring\s+(?:the\s+)?case)"
    r"(?:\s+(?:matching|match|matches|search|comparison|manner|way))?\)?(?=[\s.,?]|$)",
    re.IGNORECASE,
)

_ONLY = re.compile(
    r"(?P<before>\b(?:considering|including|counting))\s+only\b|\s+only(?=\s*(?:[.?!]|$))", re.IGNORECASE
)


def instructions(question: str, names: NameIndex) -> str:
    """Leave out where to look and how texts are compared: names are looked for everywhere, and texts without case."""
    told = sentences(question)
    kept = [each for each in told if not (_LOOK.match(each) or _compares().match(each))]
    asked = [each for each in kept if not _only().match(each)]
    limits = [found["what"] for each in kept if (found := _only().match(each))]
    if asked and limits:
        # "How many users ...? Only include those that are active.": the question is about these.
        asked[0] = f"{asked[0].rstrip('.?! ')}, considering {', '.join(limits)}?"
    question = " ".join(asked) if 0 < len(asked) < len(told) else question
    return _ONLY.sub(r"\g<before>", _CASE.sub("", question))


@cache
def _only() -> re.Pattern[str]:
    """A sentence that says of which rows the question is."""
    return re.compile(rf"^(?:please\s+)?{any_of('only')}\s+(?:the\s+)?(?P<what>\w[^.?!]*)[.?!]?$", re.IGNORECASE)


@cache
def _compares() -> re.Pattern[str]:
    return re.compile(rf"^(?:please\s+)?{any_of('matching')}\b", re.IGNORECASE)
