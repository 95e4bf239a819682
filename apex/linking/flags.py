"""Columns that say yes or no, behind the word in their name: `active` and `inactive` customers have `is_active`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from apex.linking.link import Link
from apex.names import words_of
from apex.sections import sections_of
from core.catalog import Column, Table
from core.profile import Scalar

_BEFORE = frozenset({"is", "has", "was", "are", "have", "had"})
_BEHIND = frozenset({"flag", "ind", "indicator", "yn"})
_OPPOSITES = ("in", "un", "non")
_BOOLEAN = ("bool", "tinyint(1)")
_WHOLE = ("int", "tinyint", "smallint", "bigint", "bit")


def flags_of(tables: Iterable[Table]) -> Iterator[tuple[tuple[str, ...], Link]]:
    """The words of every such column, with the value that its rows have where the word holds."""
    for table in tables:
        for column in table.columns:
            truth = truth_of(column)
            bare = _bare(words_of(column.name)) if truth is not None else ()
            if not bare or truth is None:
                continue
            yield bare, Link("value", str(table.full_name), column.name, truth, why="flag")
            no = type(truth)(0)
            others = {*(prefix + bare[0] for prefix in _OPPOSITES), *_contraries().get(bare[0], ())}
            for other in others if len(bare) == 1 else ():
                yield (other,), Link("value", str(table.full_name), column.name, no, why="flag")


def truth_of(column: Column) -> bool | int | None:
    """What yes is in a column that says yes or no; a number is a flag only where its name says so."""
    return _truth(column.name, column.type)


@lru_cache(maxsize=20_000)
def _truth(name: str, type: str) -> bool | int | None:
    kind, words = type.lower(), words_of(name)
    if kind.startswith(_BOOLEAN):
        return True
    return 1 if _bare(words) != words and kind.startswith(_WHOLE) else None


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those that only say that it is a flag."""
    start = 1 if words and words[0] in _BEFORE else 0
    end = len(words) - 1 if words and words[-1] in _BEHIND else len(words)
    return words[start:end]


def truth_of_values(values: Sequence[Scalar]) -> Scalar:
    """What yes is among all values of a column, where they only say yes and no; None where they say more."""
    said = {str(value).strip().casefold(): value for value in values if value is not None}
    return next((said[yes] for yes, no in _answers() if yes in said and said.keys() <= {yes, no}), None)


def _answers() -> tuple[tuple[str, str], ...]:
    return _pairs("yes and no")


@cache
def _contraries() -> Mapping[str, set[str]]:
    """What is not so, by what is: `closed` by `open`, and the other way round."""
    found: dict[str, set[str]] = {}
    for one, other in _pairs("contraries"):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


@cache
def _pairs(section: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition(":") for line in sections_of("apex.language", "english/flags.txt")[section])
    return tuple((one.strip(), other.strip()) for one, _, other in pairs)
