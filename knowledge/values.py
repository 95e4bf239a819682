"""Finds stored values that the words of a question name: "Boeing" leads to manufacturers.name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.catalog import TableName
from core.profile import ColumnValues
from core.values import FoundValue
from knowledge.words import lexicon, singular, split

LONGEST = 6
"""So many words a phrase may have."""

READ = 60
"""So many words of a question are read for values."""

KEPT_CHARACTERS = 80
"""Longer texts are prose, which no question quotes whole."""

BEGINS, LEAST_LIKENESS, LEAST_LETTERS = 0.8, 83.0, 5
"""What a value counts that begins with the phrase; from which likeness and length on a misspelt one counts."""

NEAR_PREFIX = 4
EVERYWHERE = 100
"""A phrase that stands in more columns than this says nothing about any of them."""

_QUOTED = re.compile(r"[\"“”]([^\"“”]{1,80})[\"“”]|(?<!\w)['‘]([^'‘’]{1,80})['’](?!\w)")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[^\W\d_a-z][\w&.'-]*(?:\s+[^\W\d_a-z][\w&.'-]*)*")


class Lookup(Protocol):
    """Where values are found."""

    async def look_up(
        self, keys: Sequence[str], *, exact: Sequence[str], starts: Sequence[str]
    ) -> Sequence[tuple[str, str, str, str, str, str]]:
        """Database, schema, table, column, folded and stored text of what equals, or begins with, the given texts."""
        ...


class Store(Protocol):
    """Where values are kept."""

    async def save(
        self, key: str, table: TableName, column: str, values: Sequence[tuple[str, str]], *, complete: bool
    ) -> bool:
        """Keep the values of a column."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a question: as written, folded, and whether they look like a name (quoted, or with a capital)."""

    text: str
    folded: str
    named: bool
    place: tuple[int, int]


async def keep_values(store: Store, key: str, found: ColumnValues) -> bool:
    """Index the values of a column; False where they are there already."""
    folded = {text: value for value in found.values if 0 < len(value) <= KEPT_CHARACTERS and (text := fold(value))}
    return await store.save(key, found.table, found.column, list(folded.items()), complete=found.complete)


async def find_values(store: Lookup, question: str, keys: Sequence[str]) -> Mapping[str, list[FoundValue]]:
    """Of every database the values that the question names, longest phrases first; one look-up for all of them."""
    phrases = list(phrases_of(question))
    if not phrases or not keys:
        return {}
    exact = list(dict.fromkeys(each.folded for each in phrases))
    rows = await store.look_up(keys, exact=exact, starts=list(_starts(phrases)))
    return _matched(rows, phrases)


def fold(text: str) -> str:
    """A text without case, accents, punctuation and plurals."""
    return " ".join(singular(word) for word in split(text))


def phrases_of(question: str) -> Iterator[Phrase]:
    """Every run of words that may name a value."""
    spoken = [(match.group(), match.span()) for match in re.finditer(r"[^\W_]+", question)][:READ]
    named = [match.span() for pattern in (_QUOTED, _NAME) for match in pattern.finditer(question)]
    silent = lexicon().silent
    for start in range(len(spoken)):
        for end in range(start + 1, min(start + LONGEST, len(spoken)) + 1):
            place = (spoken[start][1][0], spoken[end - 1][1][1])
            text = question[place[0] : place[1]]
            folded = fold(text)
            looks_so = any(left <= place[0] and place[1] <= right for left, right in named)
            if len(folded) > 1 and not (end - start == 1 and _says_nothing(folded, silent, named=looks_so)):
                yield Phrase(text, folded, looks_so, (start, end))


def _says_nothing(word: str, silent: frozenset[str], *, named: bool) -> bool:
    return (word in silent and not named) or (word.isdigit() and not named)


def _starts(phrases: Iterable[Phrase]) -> Iterator[str]:
    """How values begin that continue a name, or spell it otherwise."""
    for each in phrases:
        if each.named:
            yield f"{each.folded} "
            if len(each.folded) >= LEAST_LETTERS:
                yield each.folded[:NEAR_PREFIX]


def _matched(
    rows: Iterable[tuple[str, str, str, str, str, str]], phrases: Sequence[Phrase]
) -> Mapping[str, list[FoundValue]]:
    stored: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for key, schema, table, column, folded, value in rows:
        stored[folded].append((key, f"{schema}.{table}", column, value))
    found: dict[str, list[FoundValue]] = defaultdict(list)
    taken: list[tuple[int, int]] = []
    for phrase in sorted(phrases, key=lambda each: (each.place[0] - each.place[1], each.place)):
        if any(left <= phrase.place[0] and phrase.place[1] <= right for left, right in taken):
            continue
        folded, score = _best(phrase, stored)
        if folded is not None and len(stored[folded]) <= EVERYWHERE:
            taken.append(phrase.place)
            for key, table, column, value in dict.fromkeys(stored[folded]):
                one = FoundValue(table=table, column=column, value=value, phrase=phrase.text, score=round(score, 3))
                found[key].append(one)
    return found


def _best(phrase: Phrase, stored: Mapping[str, object]) -> tuple[str | None, float]:
    """The stored text that a phrase names, and how surely."""
    if phrase.folded in stored:
        return phrase.folded, 1.0
    if not phrase.named:
        return None, 0.0
    longer = [each for each in stored if each.startswith(f"{phrase.folded} ")]
    if longer:
        return min(longer, key=len), BEGINS
    if len(phrase.folded) < LEAST_LETTERS:
        return None, 0.0
    from rapidfuzz import fuzz, process

    near = process.extractOne(phrase.folded, list(stored), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return (near[0], near[1] / 100 * BEGINS) if near else (None, 0.0)
