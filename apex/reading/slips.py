"""Slips of the pen in names: one letter wrong, missing, doubled or swapped, where one name fits."""

from collections.abc import Collection, Iterator, Sequence

from apex.language.tokens import Token
from apex.linking.names import NameIndex
from apex.names import common_form

MENDED = 0.95
"""What is left of the certainty of a question that was mended."""
SHORTEST, OTHER = 5, 7
"""In shorter words a letter more or less, or another letter, makes another word."""


def mended(question: str, tokens: Sequence[Token], unread: Collection[str], names: NameIndex) -> tuple[str, list[str]]:
    """The question with likely slips mended, and sentences that say so; `unread` are the only words that may be slips,
    any where there are none."""
    found = [(token, name) for token in tokens if not unread or token.text in unread for name in _meant(token, names)]
    for token, name in reversed(found):
        question = f"{question[: token.start]}{name}{question[token.end :]}"
    return question, [f'"{token.text}" is read as {name}' for token, name in found]


def _meant(token: Token, names: NameIndex) -> Iterator[str]:
    """The only word of a name that one slip away from this one, which nothing else explains."""
    from rapidfuzz.distance import OSA

    word, known = common_form(token.folded), names.vocabulary
    phrase = (token.folded,)
    spoken = phrase in known.marks or phrase in known.verbs or phrase in known.relating or phrase in known.adjectives
    if token.kind != "word" or token.capital or len(word) < SHORTEST or spoken or names.find(phrase):
        return
    near = [
        other for other in names.by_word if _is_likely(word, other) and OSA.distance(word, other, score_cutoff=1) == 1
    ]
    if len(near) == 1:
        yield near[0]


def _is_likely(word: str, other: str) -> bool:
    """Whether nobody would take the one for the other on purpose: they begin and end alike, and are long enough."""
    ends = (word[0], word[-1]) == (other[:1], other[-1:])
    return ends and len(min(word, other, key=len)) >= (OTHER if len(word) == len(other) else SHORTEST)
