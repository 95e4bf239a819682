"""Reads a question: words become pieces, each with a mark of the vocabulary or the names that it may stand for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from apex.names import Names, Place, key_of
from apex.questions.vocabulary import (
    LINKS,
    LINKS_BACK,
    LINKS_ON,
    NEUTRAL,
    SOFT_MARKS,
    correctable_words,
    longest_phrase,
    marks,
    numbers,
    soft_words,
)
from core.catalog import Table

NAME, UNKNOWN, NUMBER = "name", "unknown", "number"
LONGEST_NAME = 5
LONGEST_NUMBER = 9
LONG_WORD = 9
_ENDINGS = ("d", "ed", "er", "ing")
"""From this length on, two typing errors are forgiven."""
_BARE = NEUTRAL | {NAME, UNKNOWN, "topic", "its", "table", "all"}
_FETCHING = ("list", "show", "display", "print", "get", "give", "return", "fetch", "retrieve", "enumerate", "pull")
"""`list the customers` is a question of its own, whatever came before."""
CORRECTED_WORDS = 30
"""Longer questions are not about a catalog, so their typing errors are not looked at."""

_PART = r'(?:"[^"]+"|`[^`]+`|\[[^\[\]]+\]|[\w$]+)'
_TOKEN = re.compile(
    rf"(?<![\w'])'(?P<quoted>[^']+)'(?!\w)|(?P<dotted>{_PART}(?:\.{_PART})*)(?P<tail>'(?:t|re|ve|ll|d|m)\b)?"
)
_INNER = re.compile(_PART)
_QUOTES = "\"`[]'"
_TYPOGRAPHIC = str.maketrans("‘’ʼ“”„«»", '\'\'\'"""""')
_INSIDE_NAMES = frozenset(
    {"the", "a", "an", "of", "in", "from", "to", "at", "and", "or", "for", "on", "with", "is", "are"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; `parts` are the sides of its dots without quotes; `literal` when it was quoted or dotted."""

    text: str
    folded: str
    parts: tuple[str, ...]
    literal: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one mark, and whatever in the catalog bears that name."""

    words: tuple[Word, ...]
    mark: str
    tables: tuple[Table, ...] = ()
    columns: tuple[Place, ...] = ()
    schemas: tuple[str, ...] = ()
    linked: bool = False
    """It stands where a name would: after `of`, before `table`."""

    @property
    def text(self) -> str:
        """The words without their quotes."""
        return " ".join(".".join(word.parts) for word in self.words)

    @property
    def folded(self) -> str:
        """The words in lower case."""
        return " ".join(word.folded for word in self.words)

    @property
    def is_written_as_name(self) -> bool:
        """It is quoted, dotted, or has the look of an identifier, as `customer_id`."""
        return any(word.literal or "_" in word.text for word in self.words)

    @property
    def is_name(self) -> bool:
        """It names something, known or not."""
        return self.mark in (NAME, UNKNOWN)


@dataclass(frozen=True)
class Reading:
    """A question, read."""

    text: str
    pieces: tuple[Piece, ...] = field(default=())

    @cached_property
    def marks(self) -> frozenset[str]:
        """Every mark that occurs."""
        return frozenset(piece.mark for piece in self.pieces)

    @cached_property
    def names(self) -> tuple[Piece, ...]:
        """The pieces that name something; a schema that only says where a table is does not count."""
        named = tuple(piece for piece in self.pieces if piece.is_name)
        return tuple(piece for piece in named if piece is not self.schema)

    @cached_property
    def schema(self) -> Piece | None:
        """The piece that names a schema, when the question says that it is one."""
        place = self.place("schema")
        if place < 0:
            return None
        known = (piece for piece in self.pieces if piece.is_name and piece.schemas)
        beside = (self.pieces[each] for each in (place + 1, place - 1) if 0 <= each < len(self.pieces))
        return next(known, next((piece for piece in beside if piece.mark == UNKNOWN), None))

    @property
    def number(self) -> int | None:
        """The only number in the question."""
        written = [piece.folded for piece in self.pieces if piece.mark == NUMBER]
        if len(written) != 1 or len(written[0]) > LONGEST_NUMBER:
            return None
        return numbers().get(written[0]) or int(written[0])

    @property
    def is_plain(self) -> bool:
        """It holds a word that people only use when they speak of a catalog."""
        return any(
            piece.mark not in SOFT_MARKS
            and not piece.is_name
            and piece.mark != NUMBER
            and piece.folded not in soft_words()
            for piece in self.pieces
        )

    @property
    def is_bare(self) -> bool:
        """It names something and says nothing else: `and of customers?`"""
        return bool(self.names) and self.marks <= _BARE and not self.holds(*_FETCHING)

    def with_names(self, names: Sequence[Piece]) -> "Reading":
        """The same question about something else: each name takes the place of one of its kind, or stands behind."""
        pieces = list(self.pieces)
        for name in names:
            places = [place for place, piece in enumerate(pieces) if piece.is_name]
            alike = [place for place in places if bool(pieces[place].tables) == bool(name.tables)] or places
            place = alike[-1] if alike else len(pieces)
            pieces[place : place + 1] = [name]
        return Reading(text=self.text, pieces=tuple(pieces))

    def place(self, *wanted: str) -> int:
        """Where the first piece with one of these marks stands; -1 without one."""
        return next((place for place, piece in enumerate(self.pieces) if piece.mark in wanted), -1)

    def holds(self, *words: str) -> bool:
        """Whether one of these words stands in the question."""
        return any(word.folded in words for piece in self.pieces for word in piece.words)


def read(text: str, names: Names | None = None) -> Reading:
    """Read a question; without `names`, what is not in the vocabulary stays unknown."""
    words = words_in(text)
    return Reading(text=text, pieces=tuple(_linked(_merged(_pieces(words, names)))))


def words_in(text: str) -> list[Word]:
    """The words of a text. Quoted words stay together, `'s` is dropped."""
    straight = text.translate(_TYPOGRAPHIC)
    return [_word(found) for found in _TOKEN.finditer(re.sub(r"(?<=\w)'s\b", "  ", straight))]


def _word(found: re.Match[str]) -> Word:
    start, end = found.span()
    if found["quoted"]:
        return Word(found[0], found["quoted"].casefold(), (found["quoted"],), True, start, end)
    parts = tuple(part.strip(_QUOTES) for part in _INNER.findall(found["dotted"]))
    literal = len(parts) > 1 or found["dotted"][0] in _QUOTES
    folded = (".".join(parts) + (found["tail"] or "")).casefold()
    return Word(found[0], folded, parts, literal and not _is_decimal(parts), start, end)


def _is_decimal(parts: Sequence[str]) -> bool:
    return len(parts) == 2 and all(part.isdecimal() for part in parts)


def _pieces(words: Sequence[Word], names: Names | None) -> Iterable[Piece]:
    place = 0
    while place < len(words):
        piece = _next_piece(words, place, names)
        yield piece
        place += len(piece.words)


def _next_piece(words: Sequence[Word], place: int, names: Names | None) -> Piece:
    word = words[place]
    if word.literal:
        return _named((word,), names) or Piece((word,), UNKNOWN)
    name = _longest_name(words, place, names) if names else None
    phrase = _longest_marked(words, place)
    if phrase is None:
        return name or _unmarked(word, names, few=len(words) <= CORRECTED_WORDS)
    if name is None or len(phrase.words) > len(name.words):
        return phrase
    if len(name.words) > len(phrase.words):
        return name
    return Piece(phrase.words, phrase.mark, name.tables, name.columns, name.schemas)


def _longest_marked(words: Sequence[Word], place: int) -> Piece | None:
    for length in range(min(longest_phrase(), len(words) - place), 0, -1):
        run = tuple(words[place : place + length])
        mark = marks().get(tuple(word.folded for word in run))
        if mark:
            return Piece(run, mark)
    return None


def _longest_name(words: Sequence[Word], place: int, names: Names | None) -> Piece | None:
    if words[place].folded in _INSIDE_NAMES:
        return None
    for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
        run = tuple(words[place : place + length])
        if run[-1].folded in _INSIDE_NAMES or any(word.literal for word in run):
            continue
        piece = _named(run, names)
        if piece:
            return piece
    return None


def _named(words: tuple[Word, ...], names: Names | None) -> Piece | None:
    if names is None:
        return None
    *scope, bare = words[0].parts if len(words) == 1 else (" ".join(word.parts[-1] for word in words),)
    key = key_of(bare)
    tables = _scoped_tables(names.tables.get(key, ()), scope, bare)
    columns = _scoped_columns(names.columns.get(key, ()), scope)
    schemas = () if scope else names.schemas.get(key, ())
    if not (tables or columns or schemas):
        return None
    return Piece(words, NAME, tables, columns, schemas)


def _scoped_tables(tables: tuple[Table, ...], scope: Sequence[str], bare: str) -> tuple[Table, ...]:
    """Tables inside the written schema; a name written exactly beats one that only resembles it."""
    if scope:
        tables = tuple(table for table in tables if table.schema.casefold() == scope[-1].casefold())
    for alike in (str, str.casefold):
        exact = tuple(table for table in tables if alike(table.name) == alike(bare))
        if exact:
            return exact
    return tables


def _scoped_columns(columns: tuple[Place, ...], scope: Sequence[str]) -> tuple[Place, ...]:
    if not scope:
        return columns
    keys = [key_of(each) for each in scope]
    return tuple(
        (table, column)
        for table, column in columns
        if key_of(table.name) == keys[-1] and (len(keys) == 1 or key_of(table.schema) == keys[-2])
    )


def _unmarked(word: Word, names: Names | None, *, few: bool) -> Piece:
    if word.folded.isdecimal() or word.folded in numbers():
        return Piece((word,), NUMBER)
    mark = _corrected(word.folded) if few and (names is None or word.folded not in names.words) else None
    return Piece((word,), mark or UNKNOWN)


@lru_cache(maxsize=5_000)
def _corrected(word: str) -> str | None:
    """The mark of a word with a typing error: same first letter, one error, or two in a long word."""
    from rapidfuzz.distance import OSA

    if len(word) < 5:
        return None
    allowed = 1 if len(word) < LONG_WORD else 2
    near = (
        (OSA.distance(word, known, score_cutoff=allowed), mark)
        for known, mark in correctable_words().items()
        if known[0] == word[0] and abs(len(known) - len(word)) <= allowed and not _inflected(word, known)
    )
    distance, mark = min(near, default=(allowed + 1, ""))
    return mark if distance <= allowed else None


def _inflected(word: str, known: str) -> bool:
    """Whether it is another form of the word, and no error: `defaulted` loans are no defaults."""
    return any(word == f"{stem}{ending}" for stem in (known, known.removesuffix("s")) for ending in _ENDINGS)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Unknown words that stand side by side are one unknown name."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and piece.mark == merged[-1].mark == UNKNOWN and not piece.words[0].literal:
            merged[-1] = Piece(merged[-1].words + piece.words, UNKNOWN)
        else:
            merged.append(piece)
    return merged


def _linked(pieces: Sequence[Piece]) -> Iterable[Piece]:
    for place, piece in enumerate(pieces):
        named = piece.is_name or piece.tables or piece.columns
        yield replace(piece, linked=True) if named and _stands_as_name(pieces, place) else piece


def _stands_as_name(pieces: Sequence[Piece], place: int) -> bool:
    before = _neighbour(pieces, place, step=-1)
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    return (
        pieces[place].words[0].literal
        or (before is not None and (before.words[-1].folded in LINKS or before.mark in LINKS_ON))
        or (after is not None and after.mark in LINKS_BACK)
    )


def _neighbour(pieces: Sequence[Piece], place: int, *, step: int) -> Piece | None:
    """The next piece that is more than an article."""
    place += step
    while 0 <= place < len(pieces) and pieces[place].folded in {"the", "a", "an", "my", "our", "this", "that", "each"}:
        place += step
    return pieces[place] if 0 <= place < len(pieces) else None


__all__ = ["NAME", "NEUTRAL", "NUMBER", "UNKNOWN", "Piece", "Reading", "Word", "read", "words_in"]
