"""What a question defines itself stands where it speaks of it: `the spread (high minus low)`, `Note that X means Y`."""

from collections.abc import Iterator, Sequence

from apex.language.sections import listed
from apex.language.tokens import Token
from apex.language.vocabulary import vocabulary

_ENDS = frozenset(".?!;")
_LONGEST = 4
_NAMED = 4
"""A name has at most so many words."""

Tokens = Sequence[Token]


def defined(tokens: Tokens) -> Tokens:
    """The tokens, with definitions instead of the names that they define."""
    if not _said(tokens, "calculates") and not _said(tokens, "says"):
        return tokens
    return _beside(_in_sentences(tokens))


def _beside(tokens: Tokens) -> Tokens:
    """`the spread (high minus low)`, `the spread, i.e. high minus low`"""
    for at, begin, end, behind in _beside_names(tokens):
        name = _name_before(tokens, at)
        if name < at and _said(tokens[begin:end], "calculates"):
            return _beside([*tokens[:name], *tokens[begin:end], *tokens[behind:]])
    return tokens


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


def _in_sentences(tokens: Tokens) -> Tokens:
    """`The improvement is defined as before minus after.`"""
    for begin, end in _sentences(tokens):
        first = begin + _phrase(tokens, begin, "before")
        led = first > begin
        first += first < end and tokens[first].folded in ("the", "a", "an")
        verb = next((at for at in range(first + 1, min(end, first + _NAMED + 1)) if _phrase(tokens, at, "says")), None)
        size = _phrase(tokens, verb, "says") if verb else 0
        if verb is None or begin == 0 or not (led or size > 1):
            continue
        name = [token.lemma for token in tokens[first:verb]]
        meaning = tokens[verb + size : end]
        rest = [*tokens[:begin], *tokens[end + 1 :]]
        told = _replaced(rest, name, meaning)
        if told != rest and (_said(meaning, "calculates") or _said(meaning, "measures")):
            return _in_sentences(told)
    return tokens


def _replaced(tokens: Tokens, name: Sequence[str], meaning: Tokens) -> Tokens:
    """The tokens with what a name means, wherever it stands."""
    told: list[Token] = []
    at = 0
    while at < len(tokens):
        if [token.lemma for token in tokens[at : at + len(name)]] == name:
            adds = told and (mark := vocabulary().marks.get((told[-1].folded,))) and mark.name == "total"
            if adds and _said(meaning, "measures"):
                # "The total revenue", where that is a sum.
                told.pop()
            told += meaning
            at += len(name)
            what = tokens[at : at + 2]
            changes = name[-1] in listed(_FILE)["changes"] and len(what) == 2 and what[0].folded in ("in", "of")
            at += 2 * (changes and (what[1].folded,) not in vocabulary().marks)
        else:
            told.append(tokens[at])
            at += 1
    return told


def _sentences(tokens: Tokens) -> Iterator[tuple[int, int]]:
    begin = 0
    for at, token in enumerate(tokens):
        if token.text in _ENDS:
            yield begin, at
            begin = at + 1
    if begin < len(tokens):
        yield begin, len(tokens)


def _phrase(tokens: Tokens, at: int, section: str) -> int:
    """How many words the longest phrase has that begins here; 0 where there is none."""
    known = listed(_FILE)[section]
    sizes = (size for size in range(_LONGEST, 0, -1) if at + size <= len(tokens))
    return next((size for size in sizes if " ".join(each.folded for each in tokens[at : at + size]) in known), 0)


def _said(tokens: Tokens, section: str) -> bool:
    return any(_phrase(tokens, at, section) for at in range(len(tokens)))


_FILE = "definitions.txt"
