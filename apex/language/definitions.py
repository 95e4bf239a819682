"""What is calculated stands where it is given a name: `the spread (high minus low)`, `the spread, i.e. high - low`."""

from collections.abc import Iterator, Sequence
from functools import cache

from apex.language.sections import listed
from apex.language.tokens import Token
from apex.language.vocabulary import vocabulary

_ENDS = frozenset(".?!;")
_LONGEST = 4
_NAMED = 4
"""A name has at most so many words."""

Tokens = Sequence[Token]


def defined(tokens: Tokens) -> Tokens:
    """The tokens, with what is calculated instead of its name."""
    if _firsts().isdisjoint(token.folded for token in tokens):
        return tokens
    for at, begin, end, behind in _beside_names(tokens):
        name = _name_before(tokens, at)
        if name < at and _said(tokens[begin:end], "calculates"):
            return defined([*tokens[:name], *tokens[begin:end], *tokens[behind:]])
    return tokens


@cache
def _firsts() -> frozenset[str]:
    """The words with which it may begin that something is calculated: most questions hold none of them."""
    return frozenset(phrase.split()[0] for phrase in listed(_FILE)["calculates"])


def _beside_names(tokens: Tokens) -> Iterator[tuple[int, int, int, int]]:
    """Where a name ends, its definition begins and ends, and where the question goes on."""
    for at, token in enumerate(tokens):
        if token.text == "(":
            end = next((place for place in range(at, len(tokens)) if tokens[place].text == ")"), len(tokens))
            yield at, at + 1, end, end + 1
        elif size := _phrase(tokens, at, "opens"):
            before = at - (at > 0 and tokens[at - 1].text == ",")
            places = range(at + size, len(tokens))
            end = next((place for place in places if tokens[place].text in (",", ")", *_ENDS)), len(tokens))
            yield before, at + size, end, end + (end < len(tokens) and tokens[end].text == ",")


def _name_before(tokens: Tokens, end: int) -> int:
    """Where the name begins that ends here: it holds no word of the language but in `change in price`."""
    start = end
    while start and end - start < _NAMED and _names(tokens[start - 1]):
        start -= 1
    changes = start >= 2 and tokens[start - 1].folded in ("in", "of") and start < end
    if changes and tokens[start - 2].lemma in listed(_FILE)["changes"]:
        return start - 2
    return start


def _names(token: Token) -> bool:
    return token.kind == "word" and (token.folded,) not in vocabulary().marks


def _phrase(tokens: Tokens, at: int, section: str) -> int:
    """How many words the longest phrase has that begins here; 0 where there is none."""
    known = listed(_FILE)[section]
    sizes = (size for size in range(_LONGEST, 0, -1) if at + size <= len(tokens))
    return next((size for size in sizes if " ".join(each.folded for each in tokens[at : at + size]) in known), 0)


def _said(tokens: Tokens, section: str) -> bool:
    return any(_phrase(tokens, at, section) for at in range(len(tokens)))


_FILE = "definitions.txt"
