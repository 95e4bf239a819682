"""States that a noun speaks of before "rate": the completion rate counts what is completed."""

from collections.abc import Iterator, Sequence
from functools import cache

from apex.linking.link import Link
from apex.linking.values import ValueIndex
from apex.sections import sections_of

RATE = "rate"


def states_of(noun: str, values: ValueIndex) -> tuple[Link, ...]:
    """The stored values that mean the state of a noun; the first form of the word that is one tells."""
    for form in _forms(noun):
        found = values.find((form,))
        if found:
            return tuple(found)
    return ()


def _forms(noun: str) -> Iterator[str]:
    yield noun
    for ending, others in _endings():
        if noun.endswith(ending):
            yield from (noun.removesuffix(ending) + other for other in others)


@cache
def _endings() -> Sequence[tuple[str, tuple[str, ...]]]:
    lines = (line.partition(":") for line in sections_of("apex.language", "english/rates.txt")[""])
    return tuple((noun.strip(), tuple(each.strip() for each in states.split(","))) for noun, _, states in lines)
