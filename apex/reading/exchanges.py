"""A question that was answered by another, in one text: `list the singers | did you mean their names? | yes`."""

from dataclasses import dataclass

from apex.language.tokens import tokenize
from apex.reading.follow_ups.words import back

BETWEEN = " | "
LONGEST = 6
SHORT = 2
"""`Yes please?` asks nothing; what is longer is a question of its own."""


@dataclass(frozen=True)
class Said:
    """One thing that was said; `replies` to a question back, and is to be read with what was asked before; `confirms`
    what a question back took it for."""

    text: str
    replies: bool = False
    confirms: bool = False


def turns_of(question: str) -> list[Said]:
    """What a text with replies comes to, each to be read with the one before."""
    first, *told = question.split(BETWEEN)
    turns = [Said(first)]
    for asked_back, reply in zip(told[::2], told[1::2], strict=False):
        words = [token.folded for token in tokenize(reply) if token.kind != "point"]
        asks = reply.strip().endswith("?")
        if asks and len(words) > SHORT:
            turns = [Said(reply)]
        elif not words or words[0] in back()["yes"]:
            turns += _meant(asked_back)
        else:
            turns.append(Said(reply, replies=True))
    return turns


def _meant(asked_back: str) -> list[Said]:
    """What is to be confirmed, without the words that ask for it."""
    words = asked_back.replace("?", " ").split()
    for size in range(min(LONGEST, len(words)), 0, -1):
        opening = " ".join(words[:size]).casefold()
        if opening in back()["asks back"]:
            return [Said(" ".join(words[size:]), confirms=True)]
    return []
