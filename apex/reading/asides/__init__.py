"""Says a question again without what it says beside itself: acronyms, definitions, instructions, parentheses."""

import re
from collections.abc import Callable

from apex.linking.names import NameIndex
from apex.reading.asides.acronyms import acronyms
from apex.reading.asides.clarified import clarified
from apex.reading.asides.definitions import definitions
from apex.reading.asides.instructions import instructions
from apex.reading.asides.parentheses import parentheses
from apex.reading.asides.showing import showing

Aside = Callable[[str, NameIndex], str]

ASIDES: tuple[Aside, ...] = (acronyms, definitions, instructions, showing, parentheses, clarified)
"""Order is design: what is spelled out may be defined, and a definition may stand in parentheses."""

_BESIDE = re.compile(
    r"\(|[.?!;]\s+\w|\bi\.?e\b|\b(?:where|case|only)\b|ing\s+(?:the|their|its|each|only)\b", re.IGNORECASE
)
"""What most questions lack, so that nothing more is looked for."""


def plainly(question: str, names: NameIndex) -> str:
    """The question as one would ask it who adds nothing."""
    if not _BESIDE.search(question):
        return question
    for aside in ASIDES:
        question = aside(question, names)
    return question
