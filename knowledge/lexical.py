"""Finds the tables of a question by its words: what one group of tables explains together beats scattered matches."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest, nsmallest
from math import exp, log1p

from core.catalog import Catalog, Table
from core.profile import Relation
from core.values import Found, FoundValue, Retrieval
from knowledge.groups import groups, members
from knowledge.index import Evidence, Index, rarity
from knowledge.joins import between, neighbours
from knowledge.words import name_terms, split, terms

PATH, LOOKUP = 0.95, 0.18
"""What a table counts that joins two found ones, and one that a found one refers to or is referred to by."""

VALUE, KNOWN_VALUE, ONE_WORD = 1.1, 0.1, 0.75
"""What a stored value counts that the question names, where its words are also names, and where it is one word."""

OUTDONE = 0.24
"""What a match counts where another table of the group matches better."""

ALONE = 0.13
"""What a group's worth gives to each of its tables, whatever they match themselves."""

SHARPNESS = 0.5
"""How fast less likely groups fall back: each unit of worth that is missing takes the same share away."""

STRICTNESS = 0.63
"""How much more a group's lesser tables fall back while other groups are as likely."""

BREADTH, EXTENT = 0.35, 0.08
"""How much less a match says in a table, or in a schema, of many columns."""

GROUPS = 20
ANCHORS = 5
ANCHOR_SHARE = 0.2
KEEP_SHARE = 0.05
ENOUGH = 8
FAMILY = 2
NEIGHBOURS = 50
COMMON = 500
"""A match of so many tables is looked up only in groups that something rarer has found."""

_NUMBER = re.compile(r"\d+")


class LexicalKnowledge:
    """Knowledge that is nothing but the catalog: names, comments and keys, with found relations."""

    def __init__(self, catalog: Catalog, *, relations: Iterable[Relation] = ()) -> None:
        """Index the catalog; about 0.3 s for 50,000 columns."""
        self._catalog = catalog
        self._places = {table.full_name: place for place, table in enumerate(catalog.tables)}
        self._edges = neighbours(catalog, self._places, relations)
        self._group_of = groups(catalog.tables, self._edges)
        self._members = members(self._group_of)
        self._index = Index(catalog.tables)
        self._schemas = len({table.schema for table in catalog.tables})
        self._breadth = [1 + BREADTH * log1p(len(table.columns) / 10) for table in catalog.tables]

    async def find(self, question: str, *, limit: int = 20) -> Sequence[Found]:
        """Tables for `question`, best first, closed over foreign keys."""
        return self.rank(question, limit=limit)

    async def ground(self, question: str, *, limit: int = 20) -> Retrieval:
        """The same as all that is found: a catalog holds neither DataPoints nor values."""
        return Retrieval(tables=self.rank(question, limit=limit))

    def rank(
        self,
        question: str,
        *,
        limit: int = 20,
        values: Sequence[FoundValue] = (),
        beside: Mapping[str, float] | None = None,
    ) -> list[Found]:
        """The same, for callers that have no loop.

        `values` are stored values that the question names, `beside` scores (0 to 1) that tables have from elsewhere.
        """
        wanted = self._index.wanted(question)
        worth, own = self._weighed([*self._index.evidence(question, wanted), *self._of_values(values)])
        self._add_beside(beside or {}, worth, own)
        scores, reasons = self._scores(worth, own)
        best = self._pruned(self._best(scores), question, limit)
        best += self._fill(best, limit)
        valued = {each.table for each in values}
        return [
            self._found(place, scores.get(place, 0.0), reasons.get(place, ""), wanted, valued) for place in best[:limit]
        ]

    def explains(self, question: str) -> bool:
        """Whether any word of a question that may name something is known here."""
        return any(self._index.evidence(question, self._index.wanted(question)))

    def likeness(self, question: str, *, values: Sequence[FoundValue] = ()) -> Mapping[str, float]:
        """The share of a question that each schema explains, 0 to 1: comparable, for all rest on the same rarities.

        Of two that explain as much, the one that holds less else is likelier to be meant.
        """
        wanted = self._index.wanted(question)
        evidence = [*self._index.evidence(question, wanted), *self._of_values(values)]
        found: dict[str, float] = {}
        whole = 0.0
        for each in evidence:
            best: dict[str, float] = {}
            for place, strength in each.strengths.items():
                schema = self._catalog.tables[place].schema
                best[schema] = max(strength, best.get(schema, 0.0))
            worth = each.weight * rarity(sum(best.values()), self._schemas)
            whole += worth
            for schema, strength in best.items():
                found[schema] = found.get(schema, 0.0) + worth * strength
        return {schema: score / whole / self._extent[schema] for schema, score in found.items()}

    @cached_property
    def _extent(self) -> Mapping[str, float]:
        """How much each schema speaks of, slowly growing with its columns."""
        columns: Counter[str] = Counter()
        for table in self._catalog.tables:
            columns[table.schema] += len(table.columns)
        return {schema: 1 + EXTENT * log1p(several) for schema, several in columns.items()}

    def _of_values(self, values: Sequence[FoundValue]) -> Iterable[Evidence]:
        """The tables of each phrase that is a stored value."""
        phrases: dict[str, dict[int, float]] = defaultdict(dict)
        for each in values:
            table = self._catalog.by_text.get(each.table)
            if table:
                phrases[each.phrase][self._places[table.full_name]] = each.score
        for phrase, strengths in phrases.items():
            words = split(phrase)
            known = all(self._index.knows(term) for word in words for term in terms(word))
            weight = VALUE * (KNOWN_VALUE if known else 1) * (ONE_WORD if len(words) == 1 else 1)
            yield Evidence(strengths, weight)

    def _weighed(self, evidence: Sequence[Evidence]) -> tuple[dict[int, float], dict[int, float]]:
        """What each group explains of the question, and what each table does within its group."""
        worth: dict[int, float] = {}
        own: dict[int, float] = {}
        for each in sorted(evidence, key=lambda each: len(each.strengths)):
            common = len(each.strengths) > COMMON and bool(worth)
            places = self._within(worth, each) if common else each.strengths
            best: dict[int, float] = {}
            for place, strength in places.items():
                group = self._group_of[place]
                if strength > best.get(group, 0.0):
                    best[group] = strength
            several = len(each.strengths) if common else sum(best.values())
            among_groups = each.weight * rarity(several, len(self._members))
            among_tables = each.weight * rarity(sum(each.strengths.values()), len(self._places))
            for group, strength in best.items():
                worth[group] = worth.get(group, 0.0) + among_groups * strength
            for place, strength in places.items():
                outdone = OUTDONE if strength < best[self._group_of[place]] else 1.0
                gain = among_tables * strength * outdone / self._breadth[place]
                own[place] = own.get(place, 0.0) + gain
        return worth, own

    def _within(self, worth: Mapping[int, float], each: Evidence) -> dict[int, float]:
        likely = nlargest(10 * GROUPS, worth, key=lambda group: worth[group])
        places = (place for group in likely for place in self._members[group])
        return {place: each.strengths[place] for place in places if place in each.strengths}

    def _add_beside(self, beside: Mapping[str, float], worth: dict[int, float], own: dict[int, float]) -> None:
        """Let what was found elsewhere count as one more match of a rare word."""
        rare = rarity(1, len(self._places))
        for name, score in beside.items():
            table = self._catalog.by_text.get(name)
            if table:
                place = self._places[table.full_name]
                own[place] = own.get(place, 0.0) + score * rare
                group = self._group_of[place]
                worth[group] = max(worth.get(group, 0.0), score * rare)

    def _scores(self, worth: Mapping[int, float], own: Mapping[int, float]) -> tuple[dict[int, float], dict[int, str]]:
        """The tables of the likeliest groups: a group's worth, shared out by what its tables explain themselves."""
        scores: dict[int, float] = {}
        reasons: dict[int, str] = {}
        likeliest = nlargest(GROUPS, worth, key=lambda group: worth[group])
        heights = {group: exp(SHARPNESS * (worth[group] - worth[likeliest[0]])) for group in likeliest}
        total = sum(heights.values())
        gains: dict[int, dict[int, float]] = {group: {} for group in likeliest}
        for place in sorted(own):
            if self._group_of[place] in gains:
                gains[self._group_of[place]][place] = own[place]
        for group, gained in gains.items():
            most = max(gained.values(), default=0.0) or 1.0
            shares = {place: gain / most for place, gain in gained.items()}
            for place, share in self._joined(shares):
                if share > shares.get(place, 0.0):
                    shares[place], reasons[place] = share, "foreign key"
            height = heights[group]
            doubt = 1 - height / total
            for place, share in shares.items():
                score = height * (ALONE + (1 - ALONE) * share ** (1 + STRICTNESS * doubt))
                # A table that a lesser group refers to stands for what its own group makes of it.
                scores[place] = max(score, scores.get(place, 0.0))
                reasons.setdefault(place, "name")
        return scores, reasons

    def _joined(self, shares: Mapping[int, float]) -> list[tuple[int, float]]:
        """Tables that join the best of a group, and those beside them."""
        best = nlargest(ANCHORS, shares, key=lambda place: shares[place])
        anchors = [place for place in best if shares[place] >= ANCHOR_SHARE]
        found = [(place, PATH * share) for place, share in between(self._edges, anchors, shares)]
        for place in anchors:
            found += [(near, LOOKUP * shares[place]) for near in self._edges[place][:NEIGHBOURS]]
        return found

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

    def _pruned(self, best: Sequence[int], question: str, limit: int) -> list[int]:
        """Of many tables that differ only in a number, the first few, and those that the question names."""
        kept: list[int] = []
        families: Counter[tuple[str, str]] = Counter()
        question = question.lower()
        for place in best:
            if len(kept) == limit:
                break
            table = self._catalog.tables[place]
            family = (table.schema, _NUMBER.sub("0", table.name))
            families[family] += 1
            if families[family] <= FAMILY or table.name.lower() in question:
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

    def _found(self, place: int, score: float, why: str, wanted: Mapping[str, float], valued: Collection[str]) -> Found:
        table = self._catalog.tables[place]
        columns = _matching_columns(table, wanted)
        if why == "name" and not any(term in wanted for term in name_terms(table.name)):
            why = "column" if columns else "value" if str(table.full_name) in valued else "comment"
        scale = 2 * rarity(1, len(self._places))
        return Found(table=str(table.full_name), score=round(score / (score + scale), 4), columns=columns, why=why)


def _matching_columns(table: Table, wanted: Mapping[str, float]) -> list[str]:
    """The columns whose names have wanted terms, the fullest matches first."""
    shares: dict[str, float] = {}
    for column in table.columns:
        name = name_terms(column.name)
        share = sum(wanted.get(term, 0.0) for term in name) / len(name) if name else 0.0
        if share > 0.2:
            shares[column.name] = share
    return sorted(shares, key=lambda name: -shares[name])[:8]
