"""Finds the names and values that begin at a place of a question, with what they are worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from apex.language.sections import listed
from apex.language.tokens import Token
from apex.language.vocabulary import Vocabulary, vocabulary
from apex.linking.forms import LINKING
from apex.linking.link import Link
from apex.linking.names import COUNTS, NameIndex
from apex.linking.rates import RATE, states_of
from apex.linking.values import ValueIndex, folded_words
from apex.model.words import name_words
from apex.reading.marks import MARK, happens, measures
from apex.reading.pieces import SIGNS, Piece
from core.values.calendar import Calendar

LONGEST_NAME = 6
CLOSE, SURELY, UNIT, PARTLY = 0.42, 0.88, 0.84, 0.42
"""A meaning may be so much weaker than the best of the same words; so sure is one that shares its noun, a unit that is
a name, and what could ask but stands where a noun does."""
VALUE, RATHER_NAME, NAME = 1.05, 0.6, 0.45
"""What a word is worth as part of a value (and of one that a table is called like), and of a name."""
NUMBER = 0.8
"""What a number is worth."""
NOUN = 0.7
"""How sure a table is whose rows are called by a part of its name."""
_LEADS = frozenset({"in", "of", "be", "total", "average", "minimum", "maximum"})
"""Behind these marks a verb that only relates may be a state that something is in: `the total buy amount`."""
_ASKED_FOR = frozenset({"", "*", "A", "#", "E", "d", "M", "t", "%"})
"""Before these, and before what is no mark, stands what asks, at the beginning of a sentence."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the words of a question may name."""

    names: NameIndex
    values: ValueIndex
    words: Vocabulary
    now: datetime | None = None
    calendar: Calendar = field(default_factory=Calendar)


def known_of(
    names: NameIndex, values: ValueIndex, *, now: datetime | None = None, calendar: Calendar | None = None
) -> Known:
    """Names, values and the vocabulary together; without `now` no times are read."""
    return Known(names=names, values=values, words=vocabulary(), now=now, calendar=calendar or Calendar())


def things_at(tokens: Sequence[Token], start: int, known: Known) -> Iterator[tuple[int, Piece]]:
    """Names and values that begin here."""
    if tokens[start].kind == "point":
        return
    yield from _rated(tokens, start, known)
    longest = max(LONGEST_NAME, known.values.longest)
    shared = _shared(tokens, start, known.names) if tokens[start].kind == "word" else ()
    if shared:
        yield 1, Piece("C", (tokens[start],), links=shared, weight=1.0)
    words, plain = tuple[str, ...](), True
    for size in range(1, min(longest, len(tokens) - start) + 1):
        last = tokens[start + size - 1]
        words += folded_words(last)
        plain = plain and last.kind in ("word", "number")
        if last.kind == "point" or (last.kind == "number" and size == 1):
            continue
        part = tuple(tokens[start : start + size])
        values = () if _is_none(tokens, start, size, known.words) else _values(part, words, known, tokens, start)
        if values:
            yield size, _valued(part, words, values, known.names, begins=start == 0)
        elif part[0].kind == "quoted" and words:
            yield from _quoted(part[0], words, known.names)
        if size <= LONGEST_NAME and plain and not (size == 1 and _only_asks(tokens, start, known.words)):
            named = list(_named(part, words, known.names, tokens, start))
            yield from named or _called(part, known.words)


def _valued(
    part: tuple[Token, ...], words: tuple[str, ...], values: Sequence[Link], names: NameIndex, *, begins: bool
) -> Piece:
    """The piece of words that may be values; a name is rather one, unless it is written as a value is."""
    best = max(link.score for link in values)
    kept = tuple(link for link in values if link.score >= best - 0.05)
    written = 0.3 if part[0].kind == "quoted" else 0.1 if part[0].capital and not begins else 0.0
    worth = VALUE * best
    if any(link.why == "flag" or isinstance(link.value, bool) for link in kept):
        # "Which doctors accept new patients": those who do are meant, and not whether they do.
        worth = VALUE
    elif not written and (is_name(words, names) or _are_rows(words, values, names)):
        worth = RATHER_NAME * best
    return Piece("V", part, links=kept, weight=worth * len(part) + written)


def _rated(tokens: Sequence[Token], start: int, known: Known) -> Iterator[tuple[int, Piece]]:
    """`the completion rate`, where something may be completed."""
    if start + 1 < len(tokens) and tokens[start + 1].lemma == RATE:
        states = states_of(tokens[start].folded, known.values)
        if states:
            yield 2, Piece("%", tuple(tokens[start : start + 2]), value=RATE, links=states, weight=2 * VALUE)


def _is_none(tokens: Sequence[Token], start: int, size: int, words: Vocabulary) -> bool:
    """Whether `no` says of what follows that there is none: `no goalies`."""
    behind = tokens[start + 1 : start + 2]
    alone = size == 1 and tokens[start].folded == "no"
    return alone and any(token.kind == "word" and (token.folded,) not in words.marks for token in behind)


def _values(
    part: tuple[Token, ...], words: tuple[str, ...], known: Known, tokens: Sequence[Token], start: int
) -> Sequence[Link]:
    """The stored values that words may be."""
    if len(part) == 1 and _only_exists(tokens, start):
        return ()
    found = known.values.find(words)
    if len(part) == 1 and part[0].kind == "word" and (not found or not _is_meant(part, known.words)):
        described = _describing(found or known.values.akin(words[0]), tokens, start, known)
        if described:
            return described
    if len(part[0].text) == 2 and not part[0].text.isupper() and known.names.find(words):
        # An `id` is rather a column than Idaho.
        found = [link for link in found if link.why != "like value"]
    if len(part) == 1 and part[0].kind == "word" and not part[0].capital:
        # In `star rating` a `star` of that column says nothing of its own.
        found = [link for link in found if link.why == "flag" or part[0].lemma not in name_words(link.column)]
    if not found or _is_meant(part, known.words):
        return found
    # A verb that only relates two things may be a state that something is in (`completed`), or a noun (`in travel`).
    leads = known.words.marks.get((tokens[start - 1].folded if start else "",))
    state = part[0].folded.endswith("ed") or (leads is not None and leads.name in _LEADS)
    return found if state and (part[0].folded,) not in known.words.marks else ()


def _describing(links: Sequence[Link], tokens: Sequence[Token], start: int, known: Known) -> Sequence[Link]:
    """Values of the table that is named behind them: `buy orders`, and `successful payments` of the state `success`."""
    behind = tokens[start + 1] if links and start + 1 < len(tokens) else None
    if behind is None or behind.kind != "word" or (tokens[start].folded,) in known.words.marks:
        return ()
    named = known.names.find((behind.folded,))
    tables = {link.table for link in named if link.kind == "table" and link.score >= SURELY}
    return [link for link in links if link.table in tables]


def _is_meant(part: tuple[Token, ...], words: Vocabulary) -> bool:
    """A value that is also a common word is meant only where it is written as a name."""
    phrase = tuple(token.folded for token in part)
    first = next(iter(part))
    if len(part) > 1 or first.kind in ("quoted", "number"):
        return True
    common = phrase in words.marks or phrase in words.relating
    return not common or (first.capital and first.start > 0) or first.folded in ("yes", "no")


def _only_asks(tokens: Sequence[Token], start: int, words: Vocabulary) -> bool:
    """`Return the name`: what a sentence begins with is no table of returns."""
    mark = words.marks.get((tokens[start].folded,))
    begins = start == 0 or tokens[start - 1].text in (".", "?", "!")
    if not begins or mark is None or mark.name != "ask" or start + 1 >= len(tokens):
        return False
    behind = words.marks.get((tokens[start + 1].folded,))
    return tokens[start + 1].kind == "word" and (behind is None or SIGNS[behind.name] in _ASKED_FOR)


def _only_exists(tokens: Sequence[Token], start: int) -> bool:
    """`orders placed in May`, `the orders that were placed`: any of them, and not those of the state `placed`."""
    before = tokens[start - 1].folded if start else ""
    behind = tokens[start + 1] if start + 1 < len(tokens) else None
    if tokens[start].kind != "word" or tokens[start].folded not in listed("existing.txt")["existing"] or not before:
        return False
    described = behind is not None and behind.kind == "word" and (behind.folded,) not in vocabulary().marks
    mark = vocabulary().marks.get((before,))
    clause = before in listed("beside.txt")["happened"] or (mark is not None and SIGNS[mark.name] == "r")
    marked = mark is not None and mark.name not in ("ask", "order")
    return clause or not (described or before in listed("beside.txt")["states"] or marked)


def _quoted(token: Token, words: tuple[str, ...], names: NameIndex) -> Iterator[tuple[int, Piece]]:
    """A column that is named in quotes, where no value is."""
    links = tuple(link for link in names.find(words) if link.kind == "column" and link.score >= SURELY)
    if links:
        yield 1, Piece("C", (token,), links=links, weight=NUMBER + 0.3)


def _are_rows(words: tuple[str, ...], values: Sequence[Link], names: NameIndex) -> bool:
    """Whether rows of a table are called so, in the plural, in which no value is."""
    several = words[-1].endswith("s") and all(link.why == "like value" for link in values)
    return several and any(link.kind == "table" and link.score >= NOUN for link in names.find(words))


def is_name(words: tuple[str, ...], names: NameIndex) -> bool:
    """Whether words are the whole name of a table or a column; what was done is a state, whatever tells when."""
    kinds = ("table",) if words[-1].endswith("ed") else ("table", "column")
    return any(link.kind in kinds and link.why == "name" and link.score >= SURELY for link in names.find(words))


def _called(part: tuple[Token, ...], words: Vocabulary) -> Iterator[tuple[int, Piece]]:
    """`names` and `age`, where no column is called so: by what rows are called, and how old they are, is known."""
    if len(part) == 1 and part[0].lemma in words.qualities:
        yield 1, Piece("H", part, degree=words.qualities[part[0].lemma], weight=NAME)
    called = part[-1].lemma == "name" and (len(part) == 1 or part[0].folded == "full")
    if called or (part[-1].lemma == "id" and len(part) == 1):
        yield len(part), Piece("C", part, weight=NAME * len(part))


def _named(
    part: tuple[Token, ...], words: tuple[str, ...], names: NameIndex, tokens: Sequence[Token], start: int
) -> Iterator[tuple[int, Piece]]:
    before = tokens[start - 1] if start else None
    if len(part) == 1 and part[0].kind == "number":
        return
    if any("_" in word for word in words):
        # Names may be written as they are stored: `device_type`.
        words = tuple(each for word in words for each in word.split("_") if each) or words
    links = names.find(words)
    if not links and len(part) == 1 and "_" in part[0].text:
        links = names.stored(part[0].text)
    if len(words) == 1 and words in names.vocabulary.marks:
        # A word of the language is a name only where it is one exactly.
        least, why = SURELY, ("name",)
        mark = names.vocabulary.marks[words].name
        if mark == "unit" and measures(before):
            least, why = UNIT, ("name", "synonym")
        elif mark == "unit" or (mark in ("ask", "order") and _is_thing(tokens, start)):
            least, why = PARTLY, ("name", "part", "synonym", "stem", "short")
        links = [link for link in links if link.why in why and link.score >= least]
    elif len(words) == 1 and words in names.vocabulary.relating:
        # "Sales made in June" speaks of no `payments_made`.
        links = [link for link in links if link.kind != "table" or link.why != "part"]
    if links:
        kept = tuple(link for link in links if link.score >= links[0].score - CLOSE)
        kinds = {link.kind for link in kept if link.score >= links[0].score - 0.12}
        sign = "B" if len(kinds) == 2 else "T" if "table" in kinds else "C"
        yield len(part), Piece(sign, part, links=kept, weight=links[0].score * _weight(words))


def _is_thing(tokens: Sequence[Token], start: int) -> bool:
    """Whether what could ask or sort is a thing, or done with one: `each order`, `who ordered in May`."""
    before = tokens[start - 1].folded if start else ""
    return before in listed("beside.txt")["things"] or happens(tokens, start)


def _weight(words: tuple[str, ...]) -> float:
    """Linking words inside a name say less, but in `number of ...`, where they keep it from being a count."""
    linking = sum(word in LINKING for word in words)
    return len(words) - linking * (1 - MARK if words[0] in COUNTS else 0.6)


def _shared(tokens: Sequence[Token], start: int, names: NameIndex) -> tuple[Link, ...]:
    """`first and last name`: the noun behind the last word belongs to the first, too."""
    place = start + 1
    while place + 2 < len(tokens) and tokens[place].folded in (",", "and", "or", "&"):
        place += 1 + (tokens[place].folded == "," and tokens[place + 1].folded in ("and", "or"))
        if place + 1 >= len(tokens):
            return ()
        noun = tokens[place + 1].folded
        both = [names.find((tokens[each].folded, noun)) for each in (start, place)]
        if all(links and links[0].score >= SURELY for links in both) and both[0][0].place != both[1][0].place:
            return tuple(link for link in both[0] if link.kind == "column")
        place += 1
    return ()
