"""Folds what a user replied to a clarification into the question, so that it can be read as if asked that way."""

from collections.abc import Sequence

from apex.names import key_of
from apex.questions.reading import words_in
from core.values import Exchange

LONGEST_RUN = 5
_SENTENCE = 5
"""A reply of this many words, or one that ends in a question mark, is a new question."""
_YES = frozenset(
    {"yes", "y", "yep", "yeah", "ok", "okay", "sure", "right", "correct", "exactly", "yes please", "that one"}
)


def fold(question: str, exchanges: Sequence[Exchange]) -> str:
    """The question with every reply worked in, oldest first."""
    for exchange in exchanges:
        question = _with_reply(question, exchange)
    return question


def _with_reply(question: str, exchange: Exchange) -> str:
    options = exchange.clarification.options
    reply = exchange.reply.strip()
    if reply.casefold().rstrip(".!") in _YES and len(options) == 1:
        reply = options[0]
    if not reply:
        return question
    if reply.endswith("?") or (reply not in options and len(reply.split()) >= _SENTENCE):
        return reply
    return _in_place(question, reply) or f"{question} ({reply})"


def _in_place(question: str, reply: str) -> str | None:
    """The question with the words that the reply makes precise replaced by it; None when there are none."""
    words = words_in(question)
    named = words_in(reply)
    if len(named) != 1:
        return None
    keys = [key_of(part) for part in named[0].parts]
    runs = (
        (start, end)
        for length in range(LONGEST_RUN, 0, -1)
        for start in range(len(words) - length + 1)
        for end in [start + length]
    )
    near: list[tuple[float, int, int]] = []
    for start, end in runs:
        likeness = _likeness("".join(key_of(word.parts[-1]) for word in words[start:end]), keys)
        near.append((likeness, words[start].start, words[end - 1].end))
    likeness, start, end = max(near, default=(0.0, 0, 0))
    return f"{question[:start]}{reply}{question[end:]}" if likeness >= 75 else None


def _likeness(key: str, keys: Sequence[str]) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(key, keys[-1]) if key else 0.0
