"""Which metrics and queries a question names: by name, synonym or id, with other words between, in either order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apex.language.tokens import Token
from apex.metric_questions.words import end_of
from apex.model import Model
from apex.names import common_form, words_of
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint

Phrase = tuple[str, ...]
Named = MetricDataPoint | QueryDataPoint

NUMBER, MONEY = "#", "$"
"""What `how many` and `number of` have in common, and `how much` and `amount`."""
LINKS = frozenset(
    {"are", "is", "was", "were", "who", "that", "which", "have", "has", "had", "of", "the", "with", "a", "an"}
)
ASIDE = frozenset({"with", "a", "an"})
"""Between two words these tell of something else: `volume with payment ...`."""
_COUNTS = frozenset({"number", "count"})
_AMOUNTS = frozenset({"amount", "money"})
_LITTLE = 0.5
"""What the words for number and amount weigh against others, where names compete for words."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word that carries meaning, in its common form, and the tokens that it stands for."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Some tokens that name one metric or query, or several as well."""

    start: int
    end: int
    ids: tuple[str, ...]
    weight: float
    weak: bool = False
    """Whether a table is called the same, so that its rows may be meant as well."""


@dataclass(frozen=True)
class MetricNames:
    """Every name of the metrics and queries of a model, under their words; built once per model."""

    facts: Mapping[str, Named]
    phrases: Mapping[Phrase, tuple[str, ...]]
    longest: int
    by_word: Mapping[str, tuple[str, ...]]
    """The metrics in whose names a word occurs."""
    names: Mapping[str, frozenset[str]]
    """The names of each, run together, without the words for a number."""

    def matches(self, tokens: Sequence[Token], tables: Mapping[str, object]) -> list[Match]:
        """The names in a question, the longest first to claim their words, in the order of the question."""
        items = list(items_of(tokens))
        found = [each for at in range(len(items)) for each in self._at(items, at, tokens, tables)]
        kept: list[Match] = []
        for each in sorted(found, key=lambda each: (-each.weight, each.end - each.start)):
            if all(each.end <= other.start or each.start >= other.end for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda each: each.start)

    def _at(
        self, items: Sequence[Item], at: int, tokens: Sequence[Token], tables: Mapping[str, object]
    ) -> Iterator[Match]:
        run: list[Item] = []
        for item in items[at : at + self.longest]:
            if run and not _linked(tokens, run[-1].end, item.start):
                return
            run.append(item)
            words = tuple(each.word for each in run)
            ids = self.phrases.get(words) or self._turned(run, tokens)
            if ids:
                weight = sum(_LITTLE if word in (NUMBER, MONEY) else 1 for word in words)
                weak = any(self._is_table(each, tables) for each in ids)
                yield Match(run[0].start, run[-1].end, ids, weight, weak=weak)

    def _is_table(self, name: str, tables: Mapping[str, object]) -> bool:
        """Whether a table is called like a metric too."""
        return not self.names[name].isdisjoint(tables)

    def _turned(self, run: Sequence[Item], tokens: Sequence[Token]) -> tuple[str, ...]:
        """`Customers who are active`, `volume of payments`: two words the other way round."""
        if len(run) != 2 or any(token.folded in ASIDE for token in tokens[run[0].end : run[1].start]):
            return ()
        return self.phrases.get((run[1].word, run[0].word), ())


def items_of(tokens: Sequence[Token]) -> Iterator[Item]:
    """The words that carry meaning; `how many` and `number of` are one word."""
    folded = [token.folded for token in tokens]
    at = 0
    while at < len(tokens):
        counting = end_of(folded, at, "counting")
        if counting > at:
            yield Item(NUMBER, at, counting)
            at = counting
        elif folded[at : at + 2] == ["how", "much"]:
            yield Item(MONEY, at, at + 2)
            at += 2
        else:
            word = _common(folded[at])
            if tokens[at].kind == "word" and word not in LINKS:
                yield from (Item(_common(each), at, at + 1) for each in words_of(tokens[at].text)[:4])
            at += 1


def _linked(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether only words without a meaning of their own stand between two places."""
    return all(token.folded in LINKS for token in tokens[start:end])


def phrase_of(name: str) -> Phrase:
    """The words of a name that carry meaning."""
    words = [word for word in words_of(name) if word not in LINKS]
    return tuple(_common(word) for word in words)


def _common(word: str) -> str:
    if word in _COUNTS:
        return NUMBER
    return MONEY if word in _AMOUNTS else common_form(word)


def metric_names(model: Model) -> MetricNames:
    """The names of a model's metrics and queries, kept on the model itself, so that they live as long."""
    kept = vars(model)
    names = kept.get("_metric_names")
    if not isinstance(names, MetricNames):
        names = kept["_metric_names"] = _built(model)
    return names


def _built(model: Model) -> MetricNames:
    facts: dict[str, Named] = {**model.metrics, **model.queries}
    phrases: dict[Phrase, dict[str, None]] = {}
    words: dict[str, dict[str, None]] = {}
    for fact in facts.values():
        for phrase in {phrase_of(name) for name in _names(fact)} - {()}:
            phrases.setdefault(phrase, {})[fact.id] = None
            if len(phrase) == 2 and NUMBER not in phrase and MONEY not in phrase:
                phrases.setdefault(("".join(phrase),), {})[fact.id] = None
            for word in phrase:
                words.setdefault(word, {})[fact.id] = None
    return MetricNames(
        facts=facts,
        phrases={phrase: tuple(ids) for phrase, ids in phrases.items()},
        longest=max(map(len, phrases), default=0),
        by_word={word: tuple(ids) for word, ids in words.items()},
        names={each.id: frozenset(_glued(phrase_of(name)) for name in _names(each)) for each in facts.values()},
    )


def _glued(phrase: Phrase) -> str:
    return "".join(word for word in phrase if word not in (NUMBER, MONEY))


def _names(fact: Named) -> Iterable[str]:
    yield from (fact.name, fact.id.rpartition(".")[2], *fact.synonyms)
    if isinstance(fact, QueryDataPoint):
        yield from fact.questions
