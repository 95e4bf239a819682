"""`tickets that are open, i.e. closed_at is null`: what is said again in the words of the database."""

import re
from functools import cache

from apex.linking.names import NameIndex
from apex.reading.asides.sentences import any_of


def clarified(question: str, names: NameIndex) -> str:
    """Say it in the words of the database alone, where it is a measure or a condition."""
    question = _measure().sub(r"\g<ask>\g<meaning>", question)
    return _condition().sub(lambda found: f" whose {found['meaning']}", question)


@cache
def _measure() -> re.Pattern[str]:
    """`the churn, i.e. the number of accounts that left`."""
    return re.compile(
        rf"(?P<ask>\bthe\s+)[^,.?]{{2,60}},?\s+{_said()}(?:the\s+)?(?P<meaning>{any_of('measures')}\s+of\b)", re.I
    )


@cache
def _condition() -> re.Pattern[str]:
    """`who left, i.e. churned_on is not null`; instead of the clause before, where there is one."""
    clause = r"(?:\s+(?:that|who|which)\s+[^,.?;]*?)?"
    return re.compile(rf"{clause},?\s+{_said()}(?:(?:that|whose|where)\s+)?(?P<meaning>\w+\s+(?:is|are|was|=)\b)", re.I)


def _said() -> str:
    return rf"{any_of('that is')}(?!\w),?\s+"
