"""Leaves out what asks nothing: `hello!` before a question, `please` behind it, and how its answer is to be made."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from apex.language.sections import listed
from apex.language.telling import telling
from apex.language.tokens import Token

LONGEST = 6
"""So many words the longest courtesy has."""
_ENDS = (".", "?", "!", ";")


@lru_cache(maxsize=128)
def asked(question: str) -> tuple[Token, ...]:
    """The tokens of a question, without courtesies, ways of working and how numbers are told; all where nothing
    else is said."""
    tokens = list(telling(question)[0])
    kept = tokens
    while (behind := _without_opening(kept)) is not kept:
        kept = behind
    while (before := _without_close(kept)) is not kept:
        kept = before
    return tuple(_without_manner(kept) or tokens)


def _without_manner(tokens: list[Token]) -> list[Token]:
    """Without how tables are to be joined, or how dates are to be written, up to the end of the sentence."""
    firsts = _firsts()
    if not any(token.folded in firsts for token in tokens):
        return tokens
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].folded in firsts and _says_how(tokens, at):
            at = next((end for end in range(at, len(tokens)) if tokens[end].text in _ENDS), len(tokens))
            kept = kept[:-1] if kept and kept[-1].text in (",", *_ENDS) else kept
        else:
            kept.append(tokens[at])
            at += 1
    return kept


def _says_how(tokens: Sequence[Token], at: int) -> bool:
    begins = at == 0 or tokens[at - 1].text in _ENDS
    known = courtesies()["by what way"] | (courtesies()["in what form"] if begins else frozenset[str]())
    return any(_phrase(tokens[at : at + size]) in known for size in range(1, LONGEST + 1))


@cache
def _firsts() -> frozenset[str]:
    """The words with which it may begin: most questions hold none of them, and are done."""
    known = courtesies()["by what way"] | courtesies()["in what form"]
    return frozenset(phrase.split()[0] for phrase in known)


def courtesies() -> Mapping[str, frozenset[str]]:
    """The courtesies of the language, by where they stand."""
    return listed("courtesies.txt")


def _without_opening(tokens: list[Token]) -> list[Token]:
    if not tokens or tokens[0].folded not in _leads():
        return tokens
    for size in range(min(LONGEST, len(tokens) - 1), 0, -1):
        phrase, behind = _phrase(tokens[:size]), tokens[size:]
        if phrase in courtesies()["before"] or phrase in courtesies()[_section(behind[0])]:
            return _without_points(behind)
    return tokens


@cache
def _leads() -> frozenset[str]:
    """The words with which openings begin."""
    openings = (phrase for section in courtesies() if section.startswith("before") for phrase in courtesies()[section])
    return frozenset(phrase.split()[0].removesuffix("'s") for phrase in openings)


def _section(behind: Token) -> str:
    """What else asks nothing before this: `nice!`, `I was wondering which ...`."""
    if behind.kind == "point":
        return "before a point"
    return "before a question" if behind.folded in courtesies()["questions"] else "before"


def _without_points(tokens: list[Token]) -> list[Token]:
    place = next((place for place, token in enumerate(tokens) if token.kind != "point"), len(tokens))
    return tokens[place:]


def _without_close(tokens: list[Token]) -> list[Token]:
    end = len(tokens) - (tokens[-1].text in ".!?" if tokens else 0)
    for size in range(min(LONGEST, end - 1), 0, -1):
        if _phrase(tokens[end - size : end]) in courtesies()["behind"]:
            kept = tokens[: end - size]
            return kept[:-1] if kept[-1].kind == "point" else kept
    return tokens


def _phrase(tokens: Sequence[Token]) -> str:
    return " ".join(token.folded for token in tokens).replace(" 's", "'s")
