"""One reading of a question, with everything that speaks for and against it."""

from dataclasses import dataclass, field

from apex.reading.draft import Draft
from apex.reading.pieces import Sentence
from apex.reading.resolving import Meaning
from core.values.plans import Plan


@dataclass(frozen=True)
class Candidate:
    """One reading with everything that speaks for and against it."""

    plan: Plan
    sentence: Sentence
    draft: Draft
    meaning: Meaning
    signs: str
    score: float
    notes: tuple[str, ...] = ()
    follows: bool = False
    """Whether it changes the plan of the question before."""


@dataclass(frozen=True)
class Candidates:
    """All readings of a question, best first."""

    found: tuple[Candidate, ...] = ()
    failures: tuple[str, ...] = field(default=())
    contradiction: str = ""
    """What is said of rows and cannot hold of any."""
