"""Folds what a user replied to a clarification into the question, so that it can be read as if asked that way."""

from collections.abc import Sequence

from apex.names import key_of
from apex.questions.reading import Word, words_in
from core.values import Exchange

LONGEST_RUN = 5
_SENTENCE = 5
"""A reply of this many words, or one that ends in a question mark, is a new question."""
_OPTION = 3
"""An option of this many words is a question too; shorter ones are names."""
_ALIKE = 75.0
_TELLING = 4
"""Shorter words are found inside too many names to mean anything."""
_YES = frozenset(
    {"yes", "y", "yep", "yeah", "ok", "okay", "sure", "right", "correct", "exactly", "yes please", "that one"}
)

_NO = frozenset({"no", "n", "nope", "nah", "no thanks", "not that", "none", "neither", "wrong"})


def is_yes(reply: str) -> bool:
    """Whether a reply agrees to what is asked."""
    return reply.strip().casefold().rstrip(".!") in _YES


def is_no(reply: str) -> bool:
    """Whether a reply only says that something else is meant."""
    return reply.strip().casefold().rstrip(".!") in _NO


def fold(question: str, exchanges: Sequence[Exchange]) -> str:
    """The question with every reply worked in, oldest first."""
    for exchange in exchanges:
        question = _with_reply(question, exchange)
    return question


def _with_reply(question: str, exchange: Exchange) -> str:
    options = exchange.clarification.options
    reply = exchange.reply.strip()
    if is_yes(reply) and len(options) == 1:
        reply = options[0]
    if not reply:
        return question
    if reply.endswith("?") or len(words_in(reply)) >= (_OPTION if reply in options else _SENTENCE):
        return reply
    return _in_place(question, reply) or f"{question} ({reply})"


def _in_place(question: str, reply: str) -> str | None:
    """The question with the words that the reply makes precise replaced by it; None when there are none."""
    words, named = words_in(question), words_in(reply)
    if len(named) != 1:
        return None
    wanted = key_of(named[0].parts[-1])
    starts = range(len(words))
    runs = [
        words[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in starts
        if words[start + length - 1 :]
    ]
    best = max(runs, key=lambda run: _likeness(_key(run), wanted), default=words)
    if _likeness(_key(best), wanted) < _ALIKE:
        return None
    return f"{question[: best[0].start]}{reply}{question[best[-1].end :]}"


def _key(run: Sequence[Word]) -> str:
    return "".join(key_of(word.parts[-1]) for word in run)


def _likeness(key: str, wanted: str) -> float:
    """How alike two names are; that one holds the other counts too, but less."""
    from rapidfuzz import fuzz

    held = 0.9 * fuzz.partial_ratio(key, wanted) if len(key) >= _TELLING else 0.0
    return max(fuzz.ratio(key, wanted), held) if key else 0.0
