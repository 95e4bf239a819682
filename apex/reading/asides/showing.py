"""`the top 5 states by revenue, showing the customers`: what is shown is said anew, as by a second sentence."""

import re
from functools import cache

from apex.linking.names import NameIndex
from apex.reading.asides.sentences import any_of


def showing(question: str, names: NameIndex) -> str:
    """Let a sentence begin where it is said what is shown."""
    return _showing().sub(". Return ", question)


@cache
def _showing() -> re.Pattern[str]:
    what = r"(?=(?:the|their|its|each|only)\b)"
    return re.compile(rf"(?<=\w)(?:,|\)\s*,?|\s)\s*(?:and\s+)?{any_of('shows')}\s+(?:me\s+)?{what}", re.IGNORECASE)
