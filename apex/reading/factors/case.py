"""One reading with everything that its factors are taken from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from pydantic import BaseModel

from apex.language.tokens import Token
from apex.linking.forms import stem
from apex.linking.link import Link
from apex.model import Model
from apex.names import common_form, words_of
from apex.reading.candidate import Candidate
from apex.reading.draft import Ref
from apex.reading.parts import nodes_of
from apex.reading.pieces import Piece
from apex.reading.resolving import refs_of
from apex.reading.settling import Settled
from core.profile import ColumnProfile
from core.values.plans import ColumnOf, Comparison, Measure, Output, Plan, Related

Node = TypeVar("Node", bound=BaseModel)
SILENT = frozenset(
    {"of", "the", "a", "an", "in", "to", "is", "are", "was", "were", "and", "or", "for", "by", "all", "that", "with",
     "what", "which", "who", "have", "has", "do", "does", "did", "from", "on", "at", "their", "its", "each"}
)  # fmt: skip
"""Words that name nothing."""


@dataclass(frozen=True)
class Case:
    """A reading of some words; `margin` is how much it is ahead of the next that compiles, `rivals` are all others."""

    candidate: Candidate
    settled: Settled
    margin: float
    model: Model
    rivals: Sequence[Candidate] = ()
    words: Sequence[Token] = ()

    @property
    def plan(self) -> Plan:
        """The plan that was settled on."""
        return self.settled.plan

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces of the question."""
        return self.candidate.sentence.pieces

    @cached_property
    def signs(self) -> Counter[str]:
        """How many pieces have each sign."""
        return Counter(piece.sign for piece in self.pieces)

    @cached_property
    def nodes(self) -> Sequence[BaseModel]:
        """Everything that the plan is made of, nested plans too."""
        return tuple(nodes_of(self.plan))

    def of(self, kind: type[Node]) -> list[Node]:
        """The parts of the plan of one kind."""
        return [node for node in self.nodes if isinstance(node, kind)]

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Every comparison."""
        return self.of(Comparison)

    @cached_property
    def measures(self) -> list[Measure]:
        """Every aggregate."""
        return self.of(Measure)

    @cached_property
    def places(self) -> set[tuple[str, str]]:
        """The columns that the plan uses."""
        return {(each.table, each.column) for each in self.of(ColumnOf)}

    @cached_property
    def tables(self) -> set[str]:
        """The tables that the plan uses."""
        related = {each.table for each in self.of(Related)} | {each.table for each in self.of(Plan)}
        counted = {each.table for each in self.measures if each.table}
        return related | counted | {table for table, _ in self.places}

    @cached_property
    def shown(self) -> list[ColumnOf]:
        """The plain columns that are shown."""
        return [each.value for each in self.outputs if isinstance(each.value, ColumnOf)]

    @property
    def outputs(self) -> Sequence[Output]:
        """What is shown."""
        return self.plan.outputs

    @cached_property
    def meant(self) -> Sequence[tuple[Ref, Link]]:
        """Every name with what it was taken for."""
        links = ((ref, self.candidate.meaning.of(ref)) for ref in dict.fromkeys(refs_of(self.candidate.draft)))
        return tuple((ref, link) for ref, link in links if link)

    def meant_as(self, kind: str) -> list[tuple[Ref, Link]]:
        """The names that were taken for a table, a column, or a value."""
        return [(ref, link) for ref, link in self.meant if link.kind == kind]

    @cached_property
    def asked(self) -> set[str]:
        """The roots of the words that may name something."""
        return {stem(word.lemma) for word in self.words if word.kind == "word" and word.folded not in SILENT}

    def profile(self, column: ColumnOf) -> tuple[ColumnProfile | None, int]:
        """What was measured of a column, and how many rows its table has."""
        entity = self.model.entity(column.table)
        if entity is None:
            return None, 0
        return self.model.profile.columns.get((entity.name, column.column)), entity.rows or 0


def others(meant: Iterable[tuple[Ref, Link]], close: float) -> int:
    """How many other things of their kind names may mean, in any table, hardly less likely."""
    return sum(
        other.place != link.place and other.score >= link.score - close for ref, link in meant for other in ref.links
    )


@lru_cache(maxsize=20_000)
def roots_of(name: str) -> frozenset[str]:
    """The roots of the words in a name; of a table without its schema."""
    return frozenset(stem(common_form(word)) for word in words_of(name.rsplit(".", 1)[-1]))


def roots_in(pieces: Iterable[Piece]) -> set[str]:
    """The roots of the words in some pieces."""
    return {stem(token.lemma) for piece in pieces for token in piece.tokens if token.kind == "word"} - SILENT
