"""Finds DataPoints by their words, in this process."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest

from core.catalog import Catalog, Table
from core.datapoint import DataPoint
from core.values import FoundDataPoint
from knowledge.index import DERIVED, GUESSED, LEAST_LIKENESS, NEAR, rarity
from knowledge.words import lexicon, root, split, terms

COMMON = 1_000
NAME, TEXT = 1.0, 0.4
"""What a match in the name or a synonym counts, and one in any other of its words."""

LEAST_LETTERS, GUESSES = 4, 20
"""From which length on unknown words are compared with all known ones, and how many of a question are."""


class LexicalFacts:
    """An inverted index over DataPoints."""

    def __init__(self, datapoints: Sequence[DataPoint]) -> None:
        """Index them; about 0.5 s for 10,000."""
        self._datapoints = datapoints
        self._strengths: dict[str, dict[int, float]] = defaultdict(dict)
        self._names: list[int] = []
        for place, each in enumerate(datapoints):
            names = {term for text in (each.name, *each.synonyms) for term in terms_of(text)}
            self._names.append(max(1, len(set(terms_of(each.name)))))
            for term in terms_of(each.text()):
                self._strengths[term][place] = NAME if term in names else TEXT

    def spread(self, term: str) -> int:
        """How many DataPoints have a term."""
        return len(self._strengths.get(term, ()))

    def rank(self, question: str, *, limit: int = 20) -> list[FoundDataPoint]:
        """DataPoints for a question, best first; scores are shares of the question's weight."""
        scores: dict[int, float] = defaultdict(float)
        whole = 0.0
        meant = [(each, share) for each, share in self._meant(question).items() if each in self._strengths]
        for term, share in sorted(meant, key=lambda each: (self.spread(each[0]), each[0])):
            strengths = self._strengths[term]
            weight = share * rarity(len(strengths), len(self._datapoints))
            whole += weight
            # A common word only tells apart what a rarer one has found.
            places = list(scores) if scores and len(strengths) > COMMON else strengths
            for place in places:
                scores[place] += weight * strengths.get(place, 0.0)
        best = nsmallest(
            limit, scores, key=lambda place: (-scores[place], self._names[place], self._datapoints[place].id)
        )
        return [found(self._datapoints[place], scores[place] / whole) for place in best]

    def _meant(self, question: str) -> Mapping[str, float]:
        """The stems to look for; those that no DataPoint has as the nearest that one has, which count less."""
        said = dict.fromkeys(terms_of(question), 1.0)
        unknown = [term for term in said if term not in self._strengths and not term.isdigit()][:GUESSES]
        for term in unknown:
            for other, share in self._instead(term):
                said[other] = max(share, said.get(other, 0.0))
        return said

    def _instead(self, term: str) -> Iterator[tuple[str, float]]:
        known = self._strengths.keys()
        near = dict.fromkeys(lexicon().near.get(term, frozenset()) & known, NEAR)
        near |= dict.fromkeys(self._derived.get(root(term), ()), DERIVED)
        if near or len(term) < LEAST_LETTERS or term in lexicon().weak:
            yield from near.items()
            return
        # imported here because most questions are spelt right
        from rapidfuzz import fuzz, process

        guess = process.extractOne(term, list(known), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        if guess:
            yield guess[0], GUESSED

    @cached_property
    def _derived(self) -> Mapping[str, Sequence[str]]:
        """The terms of each root."""
        derived: dict[str, list[str]] = defaultdict(list)
        for term in self._strengths:
            derived[root(term)].append(term)
        return derived


def terms_of(text: str) -> Iterator[str]:
    """The stems of a text that say something."""
    silent = lexicon().silent
    return (term for word in split(text) if word not in silent for term in terms(word))


def found(datapoint: DataPoint, score: float) -> FoundDataPoint:
    """A DataPoint as it is handed on."""
    return FoundDataPoint(
        id=datapoint.id, kind=datapoint.kind, score=round(min(1.0, score), 4), version=datapoint.version
    )


def tables_of(
    datapoints: Mapping[str, DataPoint], found: Sequence[FoundDataPoint], catalog: Catalog
) -> Mapping[str, float]:
    """The tables that found DataPoints speak of, `schema.table`, each with the best of their scores."""
    tables: dict[str, float] = {}
    for each in found:
        for link in datapoints[each.id].links():
            for end in (link.source, link.target):
                for table in _named(end, catalog)[:1]:
                    name = str(table.full_name)
                    tables[name] = max(each.score, tables.get(name, 0.0))
    return tables


def _named(thing: str, catalog: Catalog) -> Sequence[Table]:
    """The tables that `table:DATABASE/TABLE` or `column:DATABASE/TABLE.COLUMN` may mean; none for other things."""
    kind, _, name = thing.partition(":")
    if kind not in ("table", "column"):
        return ()
    parts = name.partition("/")[2].split(".")
    *schema, table = parts[:-1] if kind == "column" and len(parts) > 1 else parts
    return catalog.candidates(table, schema[-1] if schema else None)
