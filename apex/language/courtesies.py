"""Leaves out what people say before and behind a question: `hello!`, `thanks, and`, `please`."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from apex.language.sections import listed
from apex.language.tokens import Token, tokenize

LONGEST = 5


@lru_cache(maxsize=128)
def asked(question: str) -> tuple[Token, ...]:
    """The tokens of a question, without courtesies around it; all of them where nothing else is said."""
    tokens = tokenize(question)
    kept = tokens
    while (behind := _without_opening(kept)) is not kept:
        kept = behind
    while (before := _without_close(kept)) is not kept:
        kept = before
    return tuple(kept or tokens)


def courtesies() -> Mapping[str, frozenset[str]]:
    """The courtesies of the language, by where they stand."""
    return listed("courtesies.txt")


def _without_opening(tokens: list[Token]) -> list[Token]:
    for size in range(min(LONGEST, len(tokens) - 1), 0, -1):
        phrase, behind = _phrase(tokens[:size]), tokens[size:]
        ends = behind[0].kind == "point"
        if phrase in courtesies()["before"] or (ends and phrase in courtesies()["before a point"]):
            return _without_points(behind)
    return tokens


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
    return " ".join(token.folded for token in tokens)
