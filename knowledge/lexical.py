"""Finds the tables of a question by its words: an inverted index over a catalog's names and comments."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import islice, pairwise

from core.catalog import Catalog, Table
from core.values import Found
from knowledge.joins import between, neighbours
from knowledge.words import lexicon, name_terms, split, terms

Postings = dict[str, list[int]]

NEAR, WEAK, GUESSED = 0.4, 0.3, 0.7
"""What a match counts through a near word, of a word of arithmetic, and of a misspelt one."""

COLUMN, COMMENT, SCHEMA = 0.4, 0.2, 0.3
"""What a match counts beside one in the table's own name."""

PATH, LOOKUP = 0.9, 0.3
"""What a table counts that joins two found ones, and one that a found one refers to."""

WHOLE_NAME = 1.6
ANCHORS = 6
ANCHOR_SHARE = 0.45
KEEP_SHARE = 0.1
ENOUGH = 8
FAMILY = 2
NEIGHBOURS = 50

CHARACTERS, WORDS, GUESSES = 10_000, 500, 20
"""How much of a question is read, and how many of its unknown words are compared with every known one."""

LEAST_LIKENESS = 82

_NUMBER = re.compile(r"\d+")


class LexicalKnowledge:
    """Knowledge that is nothing but the catalog: names, comments and foreign keys."""

    def __init__(self, catalog: Catalog) -> None:
        """Index the catalog; about 0.15 s for 50,000 columns."""
        self._catalog = catalog
        self._places = {table.full_name: place for place, table in enumerate(catalog.tables)}
        self._edges = neighbours(catalog, self._places)
        self._index = _Index(catalog.tables)

    async def find(self, question: str, *, limit: int = 20) -> Sequence[Found]:
        """Tables for `question`, best first, closed over foreign keys."""
        return self.rank(question, limit=limit)

    def rank(self, question: str, *, limit: int = 20) -> list[Found]:
        """The same, for callers that have no loop."""
        wanted = self._index.wanted(question)
        scores = self._index.scores(wanted)
        reasons = dict.fromkeys(scores, "name")
        direct = self._best(scores)[:limit]
        for place, score in self._joined(direct, scores):
            if score > scores.get(place, 0.0):
                scores[place], reasons[place] = score, "foreign key"
        best = self._pruned(self._best(scores), question, limit)
        best += self._fill(best, limit)
        return [self._found(place, scores.get(place, 0.0), reasons.get(place, ""), wanted) for place in best[:limit]]

    def _best(self, scores: Mapping[int, float]) -> list[int]:
        """Best first, without stragglers."""
        least = KEEP_SHARE * max(scores.values(), default=0.0)
        kept = [place for place, score in scores.items() if score >= least]
        return sorted(kept, key=lambda place: (-scores[place], *self._standing[place]))

    @cached_property
    def _standing(self) -> Sequence[tuple[int, int, int]]:
        """How tables of equal score follow each other: search path, then the ones others refer to, then the larger."""
        order = {schema: place for place, schema in enumerate(self._catalog.search_path)}
        incoming = self._catalog.referenced_by
        return [
            (order.get(table.schema, len(order)), -len(incoming.get(table.full_name, ())), -(table.row_estimate or 0))
            for table in self._catalog.tables
        ]

    def _joined(self, direct: Sequence[int], scores: Mapping[int, float]) -> Iterable[tuple[int, float]]:
        if not direct:
            return
        anchors = [place for place in direct[:ANCHORS] if scores[place] >= ANCHOR_SHARE * scores[direct[0]]]
        for place, score in between(self._edges, anchors, scores):
            yield place, PATH * score
        for place in direct[:ANCHORS]:
            for key in self._catalog.tables[place].foreign_keys:
                if key.table in self._places:
                    yield self._places[key.table], LOOKUP * scores[place]

    def _pruned(self, best: Sequence[int], question: str, limit: int) -> list[int]:
        """Of many tables that differ only in a number, the first few, and those that the question names."""
        kept: list[int] = []
        members: Counter[str] = Counter()
        question = question.lower()
        for place in best:
            if len(kept) == limit:
                break
            name = self._catalog.tables[place].name
            family = _NUMBER.sub("0", name)
            members[family] += 1
            if members[family] <= FAMILY or name.lower() in question:
                kept.append(place)
        return kept

    def _fill(self, best: Sequence[int], limit: int) -> list[int]:
        """The rest of a small catalog, for a model reads it faster than we can be sure; of a large one neighbours.

        Tables with keys to several of the found ones come first: they may join what only values of the question name.
        """
        links = Counter(near for place in best[:ENOUGH] for near in self._edges[place][:NEIGHBOURS])
        small = len(self._catalog.tables) <= limit or not best
        places = set(range(len(self._catalog.tables)) if small else links) - set(best)
        room = limit if small else max(0, ENOUGH - len(best))
        return nsmallest(room, places, key=lambda place: (-links[place], *self._standing[place], place))

    def _found(self, place: int, score: float, why: str, wanted: Mapping[str, float]) -> Found:
        table = self._catalog.tables[place]
        columns = _matching_columns(table, wanted)
        if why == "name" and not any(term in wanted for term in name_terms(table.name)):
            why = "column" if columns else "comment"
        return Found(
            table=str(table.full_name), score=round(score / (score + self._index.scale), 4), columns=columns, why=why
        )


class _Index:
    """Terms and the tables that have them, in names, columns and comments."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.names: Postings = {}
        self.columns: Postings = {}
        self.comments: Postings = {}
        self._several_schemas = len({table.schema for table in tables}) > 1
        self._schemas: Postings = {}
        self._name_terms = [_name(table) for table in tables]
        for place, table in enumerate(tables):
            self._add(place, table)
        self._count = len(tables)
        self.scale = self._weight(1) * 2
        self._whole = [sum(self._name_weight(term) for term in name) for name in self._name_terms]
        self._breadth = [1 + math.log1p(len(table.columns) / 20) for table in tables]

    def _add(self, place: int, table: Table) -> None:
        _post(self.names, self._name_terms[place], place)
        _post(self.columns, {term for column in table.columns for term in name_terms(column.name)}, place)
        comments = [table.comment, *(column.comment for column in table.columns)]
        words = {word for text in comments if text for word in split(text)} - lexicon().silent
        _post(self.comments, {term for word in words for term in terms(word)}, place)
        if self._several_schemas:
            _post(self._schemas, name_terms(table.schema), place)

    def _weight(self, tables: int) -> float:
        return math.log(1 + self._count / tables)

    def _name_weight(self, term: str) -> float:
        return self._weight(len(self.names[term]))

    def knows(self, term: str) -> bool:
        return term in self.names or term in self.columns or term in self.comments or term in self._schemas

    def wanted(self, question: str) -> Mapping[str, float]:
        """The stems to look for, with what a match of each counts."""
        words = split(question[:CHARACTERS])[:WORDS]
        meant = lexicon()
        wanted: dict[str, float] = {}
        for word in words:
            if word in meant.silent:
                continue
            for term in terms(word):
                wanted[term] = WEAK if term in meant.weak else 1.0
        for one, other in pairwise(words):
            for term in terms(one + other):
                if self.knows(term):
                    wanted[term] = 1.0
        for term, weight in tuple(self._instead_of(wanted)):
            wanted[term] = max(wanted.get(term, 0.0), weight)
        return wanted

    def _instead_of(self, wanted: Iterable[str]) -> Iterable[tuple[str, float]]:
        """Near words of the wanted ones, and what the unknown ones are misspelt for."""
        for term in wanted:
            for near in lexicon().near.get(term, ()):
                yield near, NEAR
        unknown = (term for term in wanted if len(term) >= 4 and not term.isdigit() and not self.knows(term))
        for term in islice(unknown, GUESSES):
            for guess in self._likeliest(term):
                yield guess, GUESSED

    def _likeliest(self, term: str) -> Sequence[str]:
        # imported here because most questions are spelt right
        from rapidfuzz import fuzz, process

        found = process.extractOne(term, self._spellings.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        return self._spellings[found[0]] if found else ()

    @cached_property
    def _spellings(self) -> Mapping[str, Sequence[str]]:
        """Every word that may be meant, and every table's name written as one word, with the terms they stand for."""
        words = {term: (term,) for term in (self.names | self.columns) if len(term) >= 4}
        return {"".join(name): name for name in self._name_terms if len(name) > 1} | words

    def scores(self, wanted: Mapping[str, float]) -> dict[int, float]:
        """Every table that has a wanted term, with its raw score."""
        named: dict[int, float] = {}
        matched: dict[int, float] = {}
        aside: dict[int, float] = {}
        for term, counts in wanted.items():
            weight = self._name_weight(term) if term in self.names else 0.0
            for place in self.names.get(term, ()):
                named[place] = named.get(place, 0.0) + counts * weight
                matched[place] = matched.get(place, 0.0) + weight
            self._add_aside(aside, term, counts)
        scores = {place: score / self._breadth[place] for place, score in aside.items()}
        for place, score in named.items():
            share = min(1.0, matched[place] / self._whole[place])
            whole = WHOLE_NAME if share > 0.99 else 0.3 + 0.7 * share
            scores[place] = scores.get(place, 0.0) + score * whole
        return scores

    def _add_aside(self, aside: dict[int, float], term: str, counts: float) -> None:
        for postings, share in ((self.columns, COLUMN), (self.comments, COMMENT), (self._schemas, SCHEMA)):
            places = postings.get(term, ())
            if not places or (self._count > 200 and len(places) > 0.5 * self._count):
                continue
            gain = counts * share * self._weight(len(places))
            for place in places:
                aside[place] = aside.get(place, 0.0) + gain


def _name(table: Table) -> tuple[str, ...]:
    """The terms of a table's name; what only says how it is kept counts as nothing while something else is left."""
    every = name_terms(table.name)
    return tuple(term for term in every if term not in lexicon().affixes) or every


def _post(postings: Postings, found: Iterable[str], place: int) -> None:
    for term in found:
        if term in postings:
            postings[term].append(place)
        else:
            postings[term] = [place]


def _matching_columns(table: Table, wanted: Mapping[str, float]) -> list[str]:
    """The columns whose names have wanted terms, the fullest matches first."""
    shares: dict[str, float] = {}
    for column in table.columns:
        name = name_terms(column.name)
        share = sum(wanted.get(term, 0.0) for term in name) / len(name) if name else 0.0
        if share > 0.2:
            shares[column.name] = share
    return sorted(shares, key=lambda name: -shares[name])[:8]
