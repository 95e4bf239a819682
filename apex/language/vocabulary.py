"""The vocabulary of a language: marks, adjectives, verbs, synonyms, abbreviations and numbers, all read from files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from apex.sections import sections_of

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a phrase does in a question: `compare` with the value `>=`, `each`, `not`, ..."""

    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Degree:
    """An adjective: `more` says comparative (1), superlative (2) or neither (0); `columns` which it speaks of.

    Each column comes with whether more of the adjective is a larger value there.
    """

    more: int
    columns: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Vocabulary:
    """Everything that is known of one language."""

    marks: Mapping[Phrase, Mark]
    adjectives: Mapping[Phrase, Degree]
    qualities: Mapping[str, Degree]
    verbs: Mapping[Phrase, tuple[str, ...]]
    relating: frozenset[Phrase]
    directions: Mapping[str, frozenset[str]]
    """Prepositions with the words of columns that say where something comes from, or goes to."""
    synonyms: Mapping[Phrase, Sequence[Phrase]]
    abbreviations: Mapping[str, str]
    numbers: Mapping[str, str]
    longest: int
    beginnings: frozenset[Phrase]
    """How marks, adjectives and verbs begin, and they themselves."""
    exchanged: Mapping[str, int]
    """The words with which phrases begin that have synonyms, and how many words the longest of these has."""


@cache
def vocabulary(language: str = "english") -> Vocabulary:
    """The vocabulary of a language, read once."""
    marks = dict(_marks(language))
    adjectives = dict(_adjectives(language))
    verbs = {tuple(form.split()): columns for forms, columns in _lines(language, "verbs") for form in forms}
    relating = frozenset(tuple(each.split()) for each in _listed(*_sections(language, "relating")[""]))
    phrases = [*marks, *adjectives, *verbs, *relating]
    synonyms = _synonyms(language)
    return Vocabulary(
        marks=marks,
        adjectives=adjectives,
        qualities={noun[0]: adjectives[tuple(of[0].split())] for noun, of in _lines(language, "qualities")},
        verbs=verbs,
        relating=relating,
        directions={each: frozenset(words) for forms, words in _lines(language, "directions") for each in forms},
        synonyms=synonyms,
        abbreviations={forms[0]: long[0] for forms, long in _lines(language, "abbreviations")},
        numbers={forms[0]: value[0] for forms, value in _lines(language, "numbers")},
        longest=max(map(len, phrases)),
        beginnings=frozenset(phrase[:size] for phrase in phrases for size in range(1, len(phrase) + 1)),
        exchanged={phrase[0]: len(phrase) for phrase in sorted(synonyms, key=len)},
    )


def _sections(language: str, name: str) -> Mapping[str, Sequence[str]]:
    return sections_of("apex.language", f"{language}/{name}.txt")


def _listed(*lines: str) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(each.split()) for each in " ".join(lines).split(", "))))


def _lines(language: str, name: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for line in _sections(language, name)[""]:
        forms, meant = line.split(":", 1)
        yield _listed(forms), _listed(meant)


def _marks(language: str) -> Iterator[tuple[Phrase, Mark]]:
    for heading, lines in _sections(language, "marks").items():
        name, _, value = heading.partition(": ")
        for phrase in _listed(*lines):
            yield tuple(phrase.split()), Mark(name, value)


def _adjectives(language: str) -> Iterator[tuple[Phrase, Degree]]:
    for forms, columns in _lines(language, "adjectives"):
        signed = tuple((column[1:], column[0] == "+") for column in columns)
        for more, form in enumerate(forms):
            yield tuple(form.split()), Degree(more, signed)


def _synonyms(language: str) -> Mapping[Phrase, Sequence[Phrase]]:
    """Every phrase with all others that stand on a line with it."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for line in _sections(language, "nouns")[""]:
        phrases = [tuple(phrase.split()) for phrase in _listed(line)]
        for phrase in phrases:
            found.setdefault(phrase, {}).update(dict.fromkeys(other for other in phrases if other != phrase))
    return {phrase: tuple(others) for phrase, others in found.items()}
