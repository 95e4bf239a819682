"""What the words of the language do in a question: marks, adjectives and verbs, with what they are worth."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apex.language.sections import listed
from apex.language.tokens import Token
from apex.language.vocabulary import Degree, Vocabulary
from apex.linking.values import value_names
from apex.reading.pieces import SIGNS, Piece

MARK, WHOLE, SILENT, VERB = 0.86, 0.05, 0.75, 0.4
"""What a word is worth as part of a mark, of a long one, of one that says nothing, and as a verb."""
LOOSE = 0.3
"""What a unit is worth of which there is no number."""


def marks_at(tokens: Sequence[Token], start: int, words: Vocabulary) -> Iterator[tuple[int, Piece]]:
    """The marks, adjectives and verbs that begin at a place, with how many tokens they have."""
    phrase: tuple[str, ...] = ()
    for size in range(1, min(words.longest, len(tokens) - start) + 1):
        last = tokens[start + size - 1]
        phrase = (*phrase, last.folded)
        if last.kind in ("quoted", "point") or phrase not in words.beginnings:
            return
        part = tuple(tokens[start : start + size])
        before = tokens[start - 1] if start else None
        for piece in _marked(part, phrase, words):
            if piece.value == "some" and size == 1 and (before is None or before.folded != "than"):
                # "Who has some friends": so much is said without it.
                yield size, replace(piece, sign="")
            elif _fits(piece, tokens, start):
                loose = piece.sign == "u" and not measures(before)
                yield size, replace(piece, weight=LOOSE) if loose else piece


def _fits(piece: Piece, tokens: Sequence[Token], start: int) -> bool:
    """`and younger` compares what stands before it only behind a number; `at least 3` are no least ones; `US singers`
    are not ours."""
    if len(piece.tokens) == 1 and piece.tokens[0].text.isupper() and (piece.tokens[0].folded,) in value_names():
        return False
    if piece.sign == "M" and start and tokens[start - 1].folded == "at" and start + 1 < len(tokens):
        return tokens[start + 1].kind != "number"
    if piece.sign == "O" and happens(tokens, start):
        return False
    if piece.sign == "o" and tokens[start].folded == "for" and start + 1 < len(tokens):
        return tokens[start + 1].folded not in ("each", "every")
    if piece.sign != "p":
        return True
    end = start + len(piece.tokens)
    compares = end < len(tokens) and tokens[end].folded == "than"
    return not compares and any(token.kind == "number" for token in tokens[max(0, start - 2) : start])


def _marked(part: tuple[Token, ...], phrase: tuple[str, ...], words: Vocabulary) -> Iterator[Piece]:
    mark, degree, size = words.marks.get(phrase), words.adjectives.get(phrase), len(part)
    if mark:
        value = mark.value or mark.name
        # "largest" compares with what follows it, and implies a column where nothing follows.
        # What is only left out may be a name after all: `kinds of pets`, where pets have a kind.
        weight = MARK * size + WHOLE * (size - 1) if SIGNS[mark.name] or size == 1 else SILENT * size
        degree = degree or _asked_by(mark.name, words)
        yield Piece(SIGNS[mark.name], part, value, degree=degree, weight=weight)
    elif degree:
        yield Piece("HGS"[degree.more], part, degree=degree, weight=MARK * size)
    implied = phrase in words.verbs
    if implied or phrase in words.relating:
        verb = Degree(0, tuple((column, True) for column in words.verbs.get(phrase, ())))
        yield Piece("v", part, degree=verb if implied else None, weight=VERB if size == 1 else MARK * size)


def _asked_by(mark: str, words: Vocabulary) -> Degree | None:
    """`when` and `where` speak of columns, in all of their forms."""
    columns = words.verbs.get((mark,)) if mark in ("when", "where") else None
    return Degree(0, tuple((column, True) for column in columns)) if columns else None


def measures(before: Token | None) -> bool:
    """Whether a unit stands where a number is told in it: `5 degrees`, `in degrees`; elsewhere it is a thing."""
    return before is not None and (before.kind == "number" or before.folded == "in")


def happens(tokens: Sequence[Token], start: int) -> bool:
    """Whether a time follows what could sort, so that it is what happened then: `ordered last month`."""
    following = [token.folded for token in tokens[start + 1 : start + 5]]
    timed = len(following) > 1 and following[0] in listed("beside.txt")["before times"] and "order" not in following
    return timed and tokens[start].folded.endswith("ed")
