"""An inverted index over a catalog: which tables have a word in their names, columns or comments."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from core.catalog import Table
from knowledge.words import lexicon, name_terms, root, split, stem, terms

Strengths = dict[int, float]
"""How strongly each of some tables has a word, 0 to 1."""

COLUMN, COMMENT, SCHEMA = 0.8, 0.25, 0.35
"""What a match counts beside one in the table's own name."""

NAME_SHARE, COLUMN_SHARE = 0.25, 0.3
"""The part of a match's worth that shrinks with the number of words in the name."""

PHRASE, PHRASE_COLUMN = 0.55, 0.95
"""What two neighbouring words add that stand in one name, and what that counts in a column's."""

NEAR, DERIVED, SHORTENED = 0.4, 0.5, 0.25
"""What a match counts through a near word, one of the same root, and a name that begins the word."""

WEAK, GUESSED, DIGITS = 0.6, 0.5, 0.3
"""What a match counts of a word of arithmetic, of a misspelt one, and of a number."""

SHORTEST, LONGEST, CUT = 3, 4, 3
"""How long names are that shorten a word, and how much they leave out at least."""

CHARACTERS, WORDS, GUESSES = 10_000, 500, 20
"""How much of a question is read, and how many of its unknown words are compared with every known one."""

LEAST_LIKENESS, EXACT = 82, 100

_ORDER = re.compile(
    r"\b(?:in|by)\s+(?:\w+\s+){0,2}order\b(?:\s+(?:of|by))?|\border(?:ed)?\s+(?:by|of)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tables that match something of a question, how strongly, and how much that is worth."""

    strengths: Strengths
    weight: float


class Index:
    """Terms and the tables that have them."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.strengths: dict[str, Strengths] = {}
        self.schemas: dict[str, list[int]] = {}
        self.names = [_name(table) for table in tables]
        self._phrases: dict[str, set[int]] = defaultdict(set)
        self._owner: list[int] = []
        several = len({table.schema for table in tables}) > 1
        for place, table in enumerate(tables):
            self._add(place, table)
            if several:
                for term in name_terms(table.schema):
                    self.schemas.setdefault(term, []).append(place)

    def _add(self, place: int, table: Table) -> None:
        name = self.names[place]
        self._note(place, name, 1 - NAME_SHARE + NAME_SHARE / max(1, len(name)))
        self._phrase(place, name)
        for column in table.columns:
            words = name_terms(column.name)
            self._note(place, words, COLUMN * (1 - COLUMN_SHARE + COLUMN_SHARE / max(1, len(words))))
            self._phrase(~place, words)
        comments = [table.comment, *(column.comment for column in table.columns)]
        for text in comments:
            if text:
                said = (each for word in split(text) if word not in lexicon().silent for each in terms(word))
                self._note(place, said, COMMENT)

    def _note(self, place: int, words: Iterable[str], strength: float) -> None:
        for term in words:
            have = self.strengths.setdefault(term, {})
            if strength > have.get(place, 0.0):
                have[place] = strength

    def _phrase(self, owner: int, words: Sequence[str]) -> None:
        """Note a name of several words, so that neighbouring words of a question find it; `~place` is a column's."""
        if len(words) > 1:
            for term in words:
                self._phrases[term].add(len(self._owner))
            self._owner.append(owner)

    def knows(self, term: str) -> bool:
        """Whether any table has the term."""
        return term in self.strengths or term in self.schemas

    def _means(self, term: str) -> bool:
        return self.knows(term) or any(self.knows(near) for near in lexicon().near.get(term, ()))

    def wanted(self, question: str) -> Mapping[str, float]:
        """The stems to look for, with what a match of each counts."""
        words = words_of(question)
        meant = lexicon()
        wanted: dict[str, float] = {}
        for word in words:
            if word in meant.silent:
                continue
            for term in terms(word):
                wanted[term] = DIGITS if term.isdigit() else WEAK if term in meant.weak else 1.0
        for one, other in pairwise(words):
            for term in (*terms(one + other), *terms(stem(one) + other)):
                if self.knows(term):
                    wanted[term] = 1.0
        for term, weight in tuple(self._misspelt(wanted)):
            wanted.setdefault(term, weight)
        return wanted

    def _misspelt(self, wanted: Iterable[str]) -> Iterator[tuple[str, float]]:
        """What the unknown ones of the wanted words are misspelt for, or written as one word."""
        weak = lexicon().weak
        unknown = (
            term
            for term in wanted
            if len(term) >= 4 and not term.isdigit() and term not in weak and not self._means(term)
        )
        for term in islice(unknown, GUESSES):
            yield from self._likeliest(term)

    def _likeliest(self, term: str) -> Iterator[tuple[str, float]]:
        # imported here because most questions are spelt right
        from rapidfuzz import fuzz, process

        spellings, meant = self._spellings
        found = process.extractOne(term, spellings, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        if found:
            _, likeness, place = found
            yield from dict.fromkeys(meant[place], 1.0 if likeness == EXACT else GUESSED).items()

    @cached_property
    def _spellings(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Every word that may be meant, and every table's name written as one word, with the terms they stand for."""
        words = {term: (term,) for term in self.strengths if len(term) >= 4}
        spelt = {"".join(name): name for name in self.names if len(name) > 1} | words
        return list(spelt), list(spelt.values())

    def evidence(self, question: str, wanted: Mapping[str, float]) -> Iterator[Evidence]:
        """What of the question which tables match: its words, and neighbouring words that stand in one name."""
        for term, weight in wanted.items():
            strengths = self._meaning(term)
            if term in self.schemas:
                strengths = dict.fromkeys(self.schemas[term], SCHEMA) | strengths
            if strengths:
                yield Evidence(strengths, weight)
        silent = lexicon().silent
        words = [word for word in words_of(question) if word not in silent]
        for one, other in {pair for pair in pairwise(words) if pair[0] != pair[1]}:
            first, second = self._phrases.get(terms(one)[0]), self._phrases.get(terms(other)[0])
            if first and second and (both := first & second):
                yield Evidence(self._owners(both), PHRASE)

    def _meaning(self, term: str) -> Strengths:
        """The tables that have the term or, less strongly, a word that people use for it."""
        exact = self.strengths.get(term, {})
        found: Strengths = {}
        for strengths, share in self._alike(term):
            for place, strength in strengths.items():
                found[place] = max(share * strength, found.get(place, 0.0))
        if not found:
            return exact
        for place, strength in exact.items():
            found[place] = max(strength, found.get(place, 0.0))
        return found

    def _alike(self, term: str) -> Iterator[tuple[Strengths, float]]:
        """The tables of other words that may mean the same, and what a match of each counts."""
        shares = dict.fromkeys(
            (term[:size] for size in range(SHORTEST, LONGEST + 1) if len(term) >= size + CUT), SHORTENED
        )
        shares |= dict.fromkeys(lexicon().near.get(term, ()), NEAR)
        shares |= dict.fromkeys(self._derived.get(root(term), ()), DERIVED)
        return (
            (self.strengths[each], share) for each, share in shares.items() if each != term and each in self.strengths
        )

    @cached_property
    def _derived(self) -> Mapping[str, Sequence[str]]:
        """The terms of each root."""
        found: dict[str, list[str]] = defaultdict(list)
        for term in self.strengths:
            found[root(term)].append(term)
        return found

    def _owners(self, names: Iterable[int]) -> Strengths:
        found: Strengths = {}
        for owner in map(self._owner.__getitem__, names):
            place, strength = (owner, 1.0) if owner >= 0 else (~owner, PHRASE_COLUMN)
            found[place] = max(strength, found.get(place, 0.0))
        return found


def words_of(question: str) -> Sequence[str]:
    """The words of a question, but for those that only say in which order rows are wanted."""
    return split(_ORDER.sub(" ", question[:CHARACTERS]))[:WORDS]


def rarity(several: float, of: int) -> float:
    """What it says to be one of `several` among `of`; weak matches make less than one of several each."""
    return math.log(1 + of / max(1.0, several))


def _name(table: Table) -> tuple[str, ...]:
    """The terms of a table's name; what only says how it is kept counts as nothing while something else is left."""
    every = name_terms(table.name)
    return tuple(term for term in every if term not in lexicon().affixes) or every
