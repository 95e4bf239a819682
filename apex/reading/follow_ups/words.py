"""The words that speak of what was asked before."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from apex.language.tokens import Token


@cache
def back() -> Mapping[str, frozenset[str]]:
    """The words that speak of what was asked before, by section."""
    text = files("apex.language").joinpath("english", "back.txt").read_text(encoding="utf8")
    found: dict[str, frozenset[str]] = {}
    for section in text.split("\n[")[1:]:
        heading, listed = section.split("]", 1)
        found[heading] = frozenset(" ".join(each.split()) for each in listed.replace("\n", " ").split(","))
    return found


def begins(tokens: Sequence[Token], section: str) -> bool:
    """Whether a question begins with words of a section."""
    words = [token.folded for token in tokens if token.kind == "word"]
    return any(" ".join(words[:size]) in back()[section] for size in (1, 2, 3))


def says(tokens: Sequence[Token], section: str) -> bool:
    """Whether one of a section's words is said."""
    return any(token.folded in back()[section] for token in tokens)
