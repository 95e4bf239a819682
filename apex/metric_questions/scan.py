"""A question on its way to be understood: what is read of each of its words, and what is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from apex.language.moments import Moments
from apex.language.moments_earlier import Earlier
from apex.language.tokens import Token
from apex.linking.link import Link
from apex.linking.values import ValueIndex
from apex.metric_questions.ask import Ask
from apex.metric_questions.names import Match, Named
from apex.metric_questions.reach import Place, Reach, phrase_of
from apex.metric_questions.words import end_of
from apex.model import Model
from core.values.calendar import Calendar
from core.values.findings import Clarification

LONGEST_PLACE = 6


class AskBackError(Exception):
    """A word has several meanings that fit as well."""

    def __init__(self, clarification: Clarification) -> None:
        super().__init__(clarification.question)
        self.clarification = clarification


class CannotError(Exception):
    """It is understood, and cannot be answered; in words."""


class BeyondError(CannotError):
    """It is understood, and more than a plan of metrics can say, so that a model may go on; in words."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A place that is named without a word that groups: it says whose a value is, or from what is chosen."""

    places: tuple[Place, ...]
    start: int
    end: int
    asked: bool = False
    """Whether it is what is chosen from: `which gateway`."""


@dataclass
class Scan:
    """Reads one question; rules look at `words` from a place on and write into `ask`."""

    question: str
    tokens: Sequence[Token]
    matches: Sequence[Match]
    facts: Mapping[str, Named]
    model: Model
    reach: Reach
    values: ValueIndex
    moments: Moments
    ask: Ask
    earlier: Ask | None = None
    """What the question before asked, where this one leans on it."""
    words: list[str] = field(init=False)
    cues: list[Cue] = field(default_factory=list[Cue])
    singular: bool = False
    """Whether one is asked for: `which gateway`, not `which gateways`."""
    against: Earlier | None = None
    """How far back the period lies that another is held against."""
    against_words: str = ""
    between: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """The places of conditions that stand between a share and what it is told apart by."""
    shared: tuple[int, int] = (0, 0)
    """The place of the words that ask for a share."""
    left: list[int] = field(default_factory=list[int])
    """The places of words that no rule reads."""
    seen: set[str] = field(default_factory=set[str])
    """Operators that were read so far."""

    def __post_init__(self) -> None:
        self.words = [token.folded for token in self.tokens]
        self.starts = {match.start: match for match in self.matches}

    @property
    def calendar(self) -> Calendar:
        """How the business counts time."""
        return self.moments.calendar

    @property
    def now(self) -> datetime:
        """When it is asked."""
        return self.moments.moment

    def end_of(self, at: int, meaning: str) -> int:
        """The place behind a phrase of this meaning; `at` where none stands here."""
        return end_of(self.words, at, meaning)

    def number(self, at: int) -> float | None:
        """A number."""
        return self.tokens[at].number if 0 <= at < len(self.tokens) else None

    def word(self, at: int) -> str:
        """A folded word; empty behind the end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def said(self, start: int, end: int) -> str:
        """The words as they are written."""
        return self.question[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    def instead(self, start: int, end: int, words: str) -> str:
        """The question with other words at a place."""
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        return f"{self.question[:first]}{words}{self.question[last:]}"

    def metric_at(self, at: int) -> tuple[str, int] | None:
        """The metric that is named here, and the place behind it."""
        if self.word(at) == "total":
            self.seen.add("total")
        at += self.word(at) in ("the", "a", "total")
        match = self.starts.get(at)
        if match and len(match.ids) > 1:
            raise AskBackError(self._which(match))
        return (next(iter(match.ids)), match.end) if match else None

    def _which(self, match: Match) -> Clarification:
        said = self.said(match.start, match.end)
        names = [self.facts[each].name for each in match.ids]
        return Clarification(
            question=f'"{said}" may mean {" or ".join(names)}. Which one?',
            options=[self.instead(match.start, match.end, name.lower()) for name in names],
        )

    def place_at(self, at: int) -> tuple[tuple[Place, ...], int] | None:
        """What the longest phrase here may group or filter by, and the place behind it."""
        at += self.word(at) in ("the", "a", "each", "every", "our", "their")
        for end in range(min(at + LONGEST_PLACE, len(self.tokens)), at, -1):
            if any(token.kind == "point" for token in self.tokens[at:end]) or self._edges(at, end):
                continue
            phrase = tuple(word for token in self.tokens[at:end] for word in phrase_of(token.text))
            found = self.reach.find(phrase) if phrase else ()
            if found:
                return found, end
        return None

    def _edges(self, at: int, end: int) -> bool:
        """Whether the phrase begins or ends with a word that carries no meaning."""
        return self.words[at] in _LOOSE or self.words[end - 1] in _LOOSE

    def meant(self, words: Sequence[str]) -> Iterator[Link]:
        """Stored codes whose meaning a DataPoint gives in these words; and yes, of a column that says yes or no."""
        phrase = phrase_of(" ".join(words))
        for name in self.reach.tables if phrase else ():
            entity = self.model.entity(name)
            for each in entity.attributes.values() if entity else ():
                for code, meaning in each.meanings.items():
                    if phrase in (phrase_of(meaning), phrase_of(code)):
                        score = 1.0 if phrase == phrase_of(code) else _MEANT
                        yield Link("value", str(name), each.name, code, score, "meaning")
                if each.family == "boolean" and phrase_of(each.name.rpartition("_")[2]) == phrase:
                    yield Link("value", str(name), each.name, True, _MEANT, "meaning")

    def one_place(self, places: Sequence[Place], start: int, end: int) -> Place:
        """The only place that is meant; asks back where several are."""
        if len(places) == 1:
            return places[0]
        options = [f"{each.table.name}.{_column(each)}" for each in places]
        raise AskBackError(
            Clarification(
                question=f'"{self.said(start, end)}" may mean {" or ".join(options)}. Which one?',
                options=[self.instead(start, end, option) for option in options],
            )
        )


_MEANT = 0.95
"""What is left of a score where words are a meaning of a stored value."""
_LOOSE = frozenset({"of", "the", "a", "an", "'s", "in", "for"})


def _column(place: Place) -> str:
    return place.attribute.name if place.attribute else place.words
