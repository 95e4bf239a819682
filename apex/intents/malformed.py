"""Questions that are no questions: empty, endless, unreadable, or without a single word."""

import unicodedata

from apex.intents.rule import Finding, Heard

LONGEST = 4_000
"""Characters of a question."""

_WHITE = frozenset("\t\n\r")
_EXAMPLE = "Ask for example: Which tables are there?"


def malformed(heard: Heard) -> Finding | None:
    """Say what is wrong with a text that cannot be worked on."""
    text = heard.text
    if not text.strip():
        return _unreadable("The question is empty.", reason="no text")
    if len(text) > LONGEST:
        return _unreadable(
            f"The question has {len(text):,} characters; at most {LONGEST:,} are read. Shorten it.",
            reason=f"longer than {LONGEST:,} characters",
        )
    strange = next((place for place, each in enumerate(text) if _is_control(each)), None)
    if strange is not None:
        return _unreadable(
            f"The question holds a control character (U+{ord(text[strange]):04X}) at position {strange + 1}. "
            "Remove it and ask again.",
            reason="a control character",
        )
    if not any(each.isalnum() for each in text) and text.strip() != "?":
        return _unreadable("There is no word in the question, so it is not clear what to look for.", reason="no words")
    return None


def _unreadable(words: str, *, reason: str) -> Finding:
    return Finding(kind="unintelligible", reason=reason, reply=f"{words} {_EXAMPLE}")


def _is_control(each: str) -> bool:
    return unicodedata.category(each) in ("Cc", "Cs") and each not in _WHITE
