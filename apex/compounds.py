"""Cuts names that are written as one word: `joindate`, `custname`, and `txcustid` with what all names there begin with.

Databases that fold what is not quoted make `joindate` of `JoinDate`; so that nothing but the words tells where it ends.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from apex.sections import sections_of

Words = tuple[str, ...]

SHORTEST = 6
"""Shorter names are one word."""
LEAST = 3
"""Shorter parts occur in too many words, but for those of `_ENDINGS`."""
_REST, _LONG = 4, 8
"""Of so many letters at least is a word that is not known, and so long is a name that begins with an abbreviation."""
_VOWELS = frozenset("aeiouy")
_ENDINGS = frozenset({"id", "by", "at", "on", "ts", "dt"})


@lru_cache(maxsize=20_000)
def parts_of(word: str) -> Words:
    """The words that one is made of, without what stands before them and cannot be said; itself where it is one."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()) or word in _known():
        return (word,)
    unsaid = _unsaid(word)
    for place in unsaid:
        rest = _cut(word[place:])
        if rest and (place >= _REST or len(rest) > 1 or len(word) >= _LONG):
            return rest
    rests = [word[place:] for place in unsaid if len(word) - place >= _REST and word[place] not in _VOWELS]
    return _cut(word) or ((rests[-1],) if rests and len(word) >= _LONG else (word,))


def _cut(word: str) -> Words | None:
    """The fewest known words that make it up; before a name any one word may stand."""
    known, found = _known(), list[Words]()
    if word in known or word.removesuffix("s") in known or word == "id":
        return (word,)
    for place in range(LEAST, len(word) - 1):
        last = word[place:]
        if last not in (known if len(last) >= LEAST else _ENDINGS):
            continue
        before = _cut(word[:place])
        if before is None and last == "name" and place >= _REST and _VOWELS & set(word[:place]):
            before = (word[:place],)
        if before:
            found.append((*before, last))
    return min(found, key=len, default=None)


def _unsaid(word: str) -> Sequence[int]:
    """After how many of the first letters a word may begin, where none begins with these: `tbtx` of `tbtxamount`."""
    vowel = next((place for place, letter in enumerate(word) if letter in _VOWELS), 0)
    onsets = _listed("beginnings")
    found = [place for place in range(vowel, -1, -1) if vowel - place < 2 or word[place:vowel] in onsets]
    return [place for place in found if place > 1] if 0 not in found else ()


@cache
def _known() -> frozenset[str]:
    return _listed("words")


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(" ".join(sections_of("apex", "compounds.txt")[section]).split())
