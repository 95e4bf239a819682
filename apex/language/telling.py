"""How the numbers of an answer are to be told: `rounded to 2 decimals`, `as a percentage`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from apex.language.sections import listed
from apex.language.tokens import Token, tokenize

Share = Literal["", "percent", "decimal"]
_FILE = "numbers_told.txt"
_LAST = frozenset(".?!;")


@dataclass(frozen=True)
class Telling:
    """`decimals` to round to; `share`, whether a part of a whole is told in percent or as a decimal."""

    decimals: int | None = None
    share: Share = ""
    tokens: Sequence[Token] = ()
    """The words that say it."""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return self.decimals is not None or bool(self.share)


@lru_cache(maxsize=128)
def telling(question: str) -> tuple[Sequence[Token], Telling]:
    """The tokens of a question without what says how numbers are told, and what it says."""
    tokens = tokenize(question)
    if _firsts().isdisjoint(token.folded for token in tokens):
        return tokens, Telling()
    words = [str(int(token.number or 0)) if token.kind == "number" else _word(token) for token in tokens]
    text = " ".join([*words, ""])
    kept: list[Token] = []
    said, done = Telling(), 0
    for found in _pattern().finditer(text):
        begin, end = (text[:place].count(" ") for place in found.span())
        said = Telling(_decimals(found, said), _share(found, said), (*said.tokens, *tokens[begin:end]))
        kept += tokens[done:begin]
        done = end
        if kept and kept[-1].text in _LAST and done < len(tokens) and tokens[done].text in _LAST:
            # Nothing else was said in the sentence.
            done += 1
    return [*kept, *tokens[done:]], said


def _decimals(found: re.Match[str], said: Telling) -> int | None:
    if found["n"]:
        return int(found["n"])
    return 0 if found["whole"] else said.decimals


def _share(found: re.Match[str], said: Telling) -> Share:
    return "percent" if found["percent"] else "decimal" if found["decimal"] else said.share


def _word(token: Token) -> str:
    """A word as it is looked for; what is quoted says nothing."""
    return token.folded if token.kind in ("word", "point") and " " not in token.folded else "''"


@cache
def _firsts() -> frozenset[str]:
    """One of these is in each of the phrases: most questions hold none of them, and are done."""
    last = {phrase.split()[-1] for name in ("places", "percent", "decimal", "whole") for phrase in listed(_FILE)[name]}
    return frozenset(last)


@cache
def _pattern() -> re.Pattern[str]:
    """One phrase, or several joined, with the words that only lead to them."""
    said = {name: f"(?:{'|'.join(map(re.escape, _longest_first(name)))})" for name in listed(_FILE)}
    places = f"{said['rounded']} (?:to )?(?P<n>[0-9]) {said['places']}"
    whole = f"(?:{said['rounded']} )?(?P<whole>{said['whole']})"
    # "As a percentage of the total" says what is divided, "the rating in percent" what a column is called.
    form = f"(?:(?P<percent>{said['percent']})|(?P<decimal>{said['decimal']}))(?= (?:$|[.,?!;)]|{said['behind']} ))"
    leads = f"(?:(?<=[.?!;] ){said['tells']} (?:{said['it']} )*|(?:, )?(?:and )?(?:[(] )?)"
    return re.compile(f"(?:(?<= )|^){leads}(?:(?:and |, )?(?:{places}|{whole}|{form}) (?:[)] )?)+")


def _longest_first(name: str) -> Sequence[str]:
    return sorted(listed(_FILE)[name], key=len, reverse=True)
