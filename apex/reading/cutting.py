"""Cuts a question into pieces: of all marks, names and values that its words may be, the rows that explain most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from apex.language.sections import listed
from apex.language.tokens import Token
from apex.language.vocabulary import Vocabulary, vocabulary
from apex.linking.forms import stem
from apex.linking.values import ValueIndex, folded_words
from apex.model.words import name_words
from apex.reading.dates import with_dates
from apex.reading.marks import marks_at
from apex.reading.periods import times_by_start
from apex.reading.pieces import SIGNS, Piece, Sentence
from apex.reading.things import LONGEST_NAME, NAME, NUMBER, Known, is_name, things_at

Row = tuple[float, str, tuple[Piece, ...]]
"""Pieces from the beginning up to somewhere, with what they are worth, and their signs."""

KEPT = 4
"""So many ways to cut a question are followed."""
PIECE = 0.12
"""What a piece costs."""
TOLD = 0.95
"""How sure a table is whose whole name is said, though not in one place."""
SHORTENED = 4
"""So many letters a word has at most behind which a point may stand that ends no sentence."""
LETTER = 1.2
"""What a single letter is worth."""
_GOES_ON = ("r", "h", "b", "P", "w", "&", "|")
"""Behind these a participle says what somebody does."""


def cut(tokens: Sequence[Token], known: Known) -> list[Sentence]:
    """The best rows of pieces, best first (Viterbi with several survivors)."""
    tokens = with_dates(tokens)
    tokens = [part for token in tokens for part in _names_of_people(token, known.values)]
    reached: list[list[Row]] = [[(0.0, "", ())], *(list[Row]() for _ in tokens)]
    ends = _pieces_by_start(tokens, known)
    for start in range(len(tokens)):
        best = _apart(reached[start])
        for size, piece in ends[start]:
            # Whether `of all` is one piece or two tells no reading from another.
            sign = piece.sign.replace("b", "")
            reached[start + size] += [
                (weight + piece.weight - PIECE, signs + sign, (*row, piece)) for weight, signs, row in best
            ]
    return [Sentence(tuple(piece for piece in row if piece.sign), weight) for weight, _, row in _apart(reached[-1])]


def _apart(rows: Iterable[Row]) -> list[Row]:
    """The best rows, each read in another way."""
    unique: dict[str, Row] = {}
    for row in sorted(rows, key=itemgetter(0), reverse=True):
        unique.setdefault(row[1], row)
        if len(unique) == KEPT:
            break
    return list(unique.values())


def _pieces_by_start(tokens: Sequence[Token], known: Known) -> list[list[tuple[int, Piece]]]:
    times = times_by_start(tokens, known.now, known.calendar)
    said = frozenset(stem(token.lemma) for token in tokens)
    return [
        [
            *_signs(tokens, start, known),
            *marks_at(tokens, start, known.words),
            *((size, _told(piece, said)) for size, piece in things_at(tokens, start, known)),
            *times[start],
        ]
        for start in range(len(tokens))
    ]


def _told(piece: Piece, said: frozenset[str]) -> Piece:
    """A table is meant rather whose verb is said elsewhere: `payments_received` by `the payment amount received`."""
    if piece.sign not in ("T", "B"):
        return piece
    told = [link for link in piece.links if link.kind == "table" and link.why == "part" and _verbs(link.table) & said]
    if not told:
        return piece
    links = (replace(link, score=TOLD) if link in told else link for link in piece.links)
    return replace(piece, links=tuple(sorted(links, key=lambda link: -link.score)))


@lru_cache(maxsize=10_000)
def _verbs(table: str) -> frozenset[str]:
    """What is done in a table, as its name says behind what it holds."""
    _, *behind = name_words(table.rsplit(".", 1)[-1])
    return frozenset(stem(word) for word in behind if word.endswith("ed") and (word,) in vocabulary().relating)


def _signs(tokens: Sequence[Token], start: int, known: Known) -> Iterator[tuple[int, Piece]]:
    """What a token is by itself: punctuation, a number, a quoted text, or a word that nothing explains."""
    token = tokens[start]
    if token.kind == "point":
        sign = "," if token.text == "," else "." if token.text in ".?!;" and start < len(tokens) - 1 else ""
        yield 1, Piece(sign, (token,), weight=PIECE)
    elif token.kind == "number":
        yield 1, Piece("N", (token,), weight=NUMBER)
        yield from _proper_names(tokens, start, known.words)
    elif token.kind == "quoted":
        yield 1, Piece("J", (token,), weight=NUMBER)
    elif start and len(token.text) == 1 and _is_letter(tokens, start):
        yield 1, Piece("J", (token,), value="letter", weight=LETTER)
    else:
        # A participle that nobody knows relates two things at most.
        unknown = len(token.folded) > 5 and token.folded.endswith(("ed", "ing"))
        unknown = unknown and not _describes(tokens, start, known)
        yield 1, Piece("v" if unknown else "x", (token,), value="unknown", weight=0.02 if unknown else 0.0)
        yield from _proper_names(tokens, start, known.words)


def _is_letter(tokens: Sequence[Token], start: int) -> bool:
    """`the letter a`, and a capital that a text begins or ends with: `whose name starts with S`."""
    before = tuple(token.folded for token in tokens[max(0, start - 2) : start])
    mark = vocabulary().marks.get(before)
    ends = tokens[start].capital and mark is not None and mark.name == "like"
    return ends or tokens[start - 1].lemma in listed("beside.txt")["letters"]


def _describes(tokens: Sequence[Token], start: int, known: Known) -> bool:
    """Whether a participle says which things are meant: "of captured payments", but not "students enrolled in"."""
    if start + 1 >= len(tokens):
        return False
    behind = tokens[start + 1]
    if not tokens[start].folded.endswith("ed"):
        # "The engineering department", but not "students attending courses"
        return (
            start > 0
            and tokens[start - 1].folded in listed("beside.txt")["nouns"]
            and is_name((behind.folded,), known.names)
        )
    next_word, words = (behind.folded,), known.words
    if behind.kind != "word" or behind.capital or next_word in words.marks:
        return False
    if next_word in words.relating and not is_name(next_word, known.names):
        return False
    phrases = (tuple(token.folded for token in tokens[first:start]) for first in range(start))
    before = next((words.marks[phrase] for phrase in phrases if phrase in words.marks), None)
    return start == 0 or (before is not None and SIGNS[before.name] not in _GOES_ON)


def _proper_names(tokens: Sequence[Token], start: int, words: Vocabulary) -> Iterator[tuple[int, Piece]]:
    """Words with capitals inside a sentence are a name, though no known value."""
    # "... of each tier? Leave out ...": a sentence begins, unless a short word was only shortened, as in "St. Louis".
    ended = start > 0 and tokens[start - 1].text in (".", "?", "!")
    sure = ended and (tokens[start - 1].text != "." or (start > 1 and len(tokens[start - 2].text) > SHORTENED))
    begins = start == 0 or (ended and (sure or (tokens[start].folded,) in words.marks))
    if begins:
        return
    numbered = tokens[start].kind == "number"
    for size in range(1 + numbered, min(LONGEST_NAME, len(tokens) - start) + 1):
        part: tuple[Token, ...] = tuple(tokens[start : start + size])
        if part[-1].kind != "word" or not part[-1].capital or len(part[-1].text) < 2:
            return
        if not numbered:
            yield size, Piece("J", part, value="name", weight=NAME * size)
        elif size > 2:
            # `660 Shea Crescent` begins with a number.
            yield size, Piece("J", part, value="name", weight=NUMBER + NAME * (size - 1))


def _names_of_people(token: Token, values: ValueIndex) -> list[Token]:
    """A quoted text that is no value, but whose halves are two values of one row, as first and last names are."""
    words = token.text.split()
    if token.kind != "quoted" or len(words) < 2 or values.find(folded_words(token)):
        return [token]
    for cut_at in range(1, len(words)):
        first, last = words[:cut_at], words[cut_at:]
        found = [values.find(tuple(word.casefold() for word in part)) for part in (first, last)]
        tables = [{link.table for link in links} for links in found]
        if tables[0] & tables[1] and {link.column for link in found[0]} != {link.column for link in found[1]}:
            return [replace(token, text=" ".join(part), folded=" ".join(part).casefold()) for part in (first, last)]
    return [token]
