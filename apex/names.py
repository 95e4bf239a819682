"""Names as people write them: which tables, columns and schemas of a catalog a few words may mean."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import TypeVar

from core.catalog import Catalog, Column, Table

Place = tuple[Table, Column]
T = TypeVar("T")

LEAST_ALIKE = 65.0
ONE_SLIP = 92.0
SLIP_LENGTH = 5
"""In shorter names one letter makes another word."""

_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "indices": "index",
    "matrices": "matrix", "analyses": "analysis", "criteria": "criterion", "feet": "foot", "mice": "mouse",
}  # fmt: skip
_SOFT_E = ("se", "xe", "ze", "che", "she")


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words inside a name, without case and accents: those of `OrderItems` and `order_items` are the same."""
    return tuple(_WORD.findall(_without_accents(_HUMP.sub(" ", name).casefold())))


@lru_cache(maxsize=20_000)
def common_form(word: str) -> str:
    """A form that singular and plural share; not always a word: `cities` and `city`, `houses` and `house`."""
    if is_plural(word):
        word = _IRREGULAR.get(word) or word[:-1]
    if word.endswith("ie"):
        return f"{word[:-2]}y"
    return word[:-1] if word.endswith(_SOFT_E) else word


def letters_alike(one: str, other: str) -> int:
    """With how many letters alike two words begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def is_plural(word: str) -> bool:
    """Whether a word is written as several of a thing are: `cities` and `people`, but not `course` or `status`."""
    return word in _IRREGULAR or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """What is compared: the common forms of a name's words, run together."""
    return "".join(map(common_form, words_of(name)))


class Names:
    """The names of one catalog, indexed under their keys. Built once per catalog, then only read."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def tables(self) -> dict[str, tuple[Table, ...]]:
        """Tables under the key of their bare name."""
        return _grouped((key_of(table.name), table) for table in self.catalog.tables)

    @cached_property
    def schemas(self) -> dict[str, tuple[str, ...]]:
        """Schemas under their key."""
        return _grouped((key_of(name), name) for name in dict.fromkeys(table.schema for table in self.catalog.tables))

    @cached_property
    def columns(self) -> dict[str, tuple[Place, ...]]:
        """Columns, with their tables, under their key."""
        groups: dict[str, list[Place]] = {}
        named: dict[str, list[Place]] = {}
        """The same lists under the names as they are written, thousands of which are written alike."""
        for table in self.catalog.tables:
            for column in table.columns:
                places = named.get(column.name)
                if places is None:
                    places = named[column.name] = groups.setdefault(key_of(column.name), [])
                places.append((table, column))
        return {key: tuple(places) for key, places in groups.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that occurs in a name of a table, column or schema."""
        names = {column.name for table in self.catalog.tables for column in table.columns}
        names.update(table.name for table in self.catalog.tables)
        names.update(table.schema for table in self.catalog.tables)
        return frozenset(word for name in names for word in words_of(name))

    @cached_property
    def tables_by_word(self) -> dict[str, tuple[Table, ...]]:
        """Tables under each word of their name."""
        return _grouped(
            (word, table)
            for table in self.catalog.tables
            for word in {common_form(each) for each in words_of(table.name)}
        )

    def tables_with_words(self, name: str) -> tuple[Table, ...]:
        """Tables whose names hold every word of `name`."""
        groups = [self.tables_by_word.get(common_form(word), ()) for word in words_of(name)]
        if not groups:
            return ()
        smallest, *others = sorted(groups, key=len)
        held = [{table.full_name for table in group} for group in others]
        return tuple(table for table in smallest if all(table.full_name in names for names in held))

    def close_tables(self, name: str, *, limit: int = 5) -> list[tuple[Table, float]]:
        """Tables with a name like `name` and how alike they are (0 to 100), best first."""
        near = _close(key_of(name), self.tables, limit=limit)
        return [(table, score) for key, score in near for table in self.tables[key]][:limit]

    def close_columns(self, name: str, *, among: Table | None = None, limit: int = 5) -> list[tuple[str, float]]:
        """Keys of columns like `name`, of one table or of all, best first."""
        keys = {key_of(column.name) for column in among.columns} if among else self.columns
        return _close(key_of(name), keys, limit=limit)


def names_of(catalog: Catalog) -> Names:
    """The index of a catalog, kept on the catalog itself as a `cached_property` would be, so that it lives as long."""
    kept = vars(catalog)
    names = kept.get("_names")
    if not isinstance(names, Names):
        names = kept["_names"] = Names(catalog)
    return names


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _close(key: str, keys: Iterable[str], *, limit: int) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    if not key:
        return []
    near = process.extract(key, list(keys), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=limit)
    scored = [(found, max(score, ONE_SLIP if _is_one_slip(key, found) else 0.0)) for found, score, _ in near]
    return sorted(scored, key=lambda pair: -pair[1])


def _is_one_slip(one: str, other: str) -> bool:
    """One letter too many, too few, wrong, or two in the wrong order."""
    from rapidfuzz.distance import OSA

    return len(one) >= SLIP_LENGTH and OSA.distance(one, other, score_cutoff=1) == 1


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
