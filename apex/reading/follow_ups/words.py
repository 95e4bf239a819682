"""The words that speak of what was asked before."""

from collections.abc import Mapping, Sequence

from apex.language.sections import listed
from apex.language.tokens import Token


def back() -> Mapping[str, frozenset[str]]:
    """The words that speak of what was asked before, by section."""
    return listed("back.txt")


def begins(tokens: Sequence[Token], section: str) -> bool:
    """Whether a question begins with words of a section."""
    words = [token.folded for token in tokens if token.kind != "point"]
    starts = (0, 1) if words[:1] and words[0] in back()["goes before"] else (0,)
    return any(" ".join(words[start : start + size]) in back()[section] for start in starts for size in (1, 2, 3, 4))


def adds(tokens: Sequence[Token]) -> bool:
    """`also show ...`, `show ... as well`: more is wanted than before."""
    words = [token.folded for token in tokens if token.kind != "point"]
    return says(tokens, "more") or any(" ".join(words[-size:]) in back()["more behind"] for size in (1, 2))


def says(tokens: Sequence[Token], section: str) -> bool:
    """Whether one of a section's words is said."""
    return any(token.folded in back()[section] for token in tokens)
