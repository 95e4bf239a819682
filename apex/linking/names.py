"""Finds names of tables and columns behind words: whole, without the table's name, in part, shortened, by synonym."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from apex.language.vocabulary import Vocabulary, vocabulary
from apex.linking.flags import truth_of
from apex.linking.forms import (
    LINKING,
    REMEMBERED,
    UNTIL,
    Form,
    Words,
    bag_of,
    content,
    exchanged,
    forms_of,
    lemma,
    phrase_of,
    stems_of,
    words_of_name,
)
from apex.linking.link import Kind, Link
from apex.names import common_form, words_of
from core.catalog import Column, ForeignKey, Table

Key = TypeVar("Key")
Entry = TypeVar("Entry")

LEAST = 0.4
SYNONYM, SHORTENED, STEM = 0.86, 0.9, 0.78
"""What is left of a score where words are found by synonym, by abbreviation, by their stem."""
MODIFIED = 0.88
"""What is left where the noun is the same, and what says more of it stands in another form: `shipping cost`."""
OWN_KEY = 0.88
"""How sure a key is that is called as its table and `id`; what refers to it is rather called so."""
DATED = 0.96
"""How sure a moment is that is called by what was done, and by nothing that says it is one: `paid_on`."""
CODED = 0.95
"""How sure a column is that keeps a code for what is said, where no table tells more of it."""
ROLE = 0.7
"""How sure a table is that a referring column calls otherwise: `author_id` of people."""
TITLED = 0.82
"""How sure a table is whose rows have a name that begins with it."""
_TITLES = (("name",), ("title",))
_IDS = frozenset({"id", "identifier", "code", "key"})
_DIGITS = re.compile(r"(?<=[^\W\d_])(\d+)(?=_)")
_REFERRING = _IDS | {"ref", "reference"}
_OFTEN = frozenset({"hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "annual"})
"""Behind what a table holds they say how often."""
COUNTS = frozenset({"number", "num", "count", "total", "no", "quantity", "amount"})
_COUNTED = frozenset({"count", "total", "cnt", "ct", "num"})
"""With these a name ends that says how many there are."""
_GENERIC = frozenset(
    {"name", "value", "text", "description", "list", "data", "info", "ref",
     "reference", "table", "tbl", "record", "detail", "title", "dim", "fact", "date", "desc", "full", "us", "profile",
     "from", "to"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One name with its words, the last of which is what it is."""

    link: Link
    words: Words


class NameIndex:
    """The names of some tables, under their words; built once per catalog."""

    def __init__(self, tables: Iterable[Table], synonyms: Mapping[str, Sequence[str]] | None = None) -> None:
        self.vocabulary: Vocabulary = vocabulary()
        self.bags: dict[Words, list[Link]] = {}
        self.glued: dict[str, list[Link]] = {}
        self.stems: dict[Words, list[Link]] = {}
        self.by_word: dict[str, list[Name]] = {}
        self.terse: dict[str, list[tuple[str, Link]]] = {}
        """Names of one word, under the letter with which they begin."""
        self._known: dict[Words, Sequence[Link]] = {}
        self.tables = tuple(tables)
        for table in self.tables:
            self._add_table(table)
        for thing, phrases in (synonyms or {}).items():
            self._add_synonyms(thing, phrases)

    @classmethod
    def together(cls, parts: Iterable["NameIndex"], synonyms: Mapping[str, Sequence[str]]) -> "NameIndex":
        """The names of several indexes as one: far cheaper than to take the names of their tables apart again."""
        whole = cls((), {})
        for part in parts:
            whole.tables += part.tables
            add_all(whole.bags, part.bags)
            add_all(whole.glued, part.glued)
            add_all(whole.stems, part.stems)
            add_all(whole.by_word, part.by_word)
            add_all(whole.terse, part.terse)
        for thing, phrases in synonyms.items():
            whole._add_synonyms(thing, phrases)
        return whole

    def find(self, words: Words) -> Sequence[Link]:
        """What a phrase (its folded words) may mean, best first, one link per thing."""
        found = self._known.get(words)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[words] = tuple(self._find(words))
        return found

    def _find(self, words: Words) -> list[Link]:
        if words[0] in LINKING or words[-1] in LINKING:
            # `check-in` is a thing where a table is called so.
            whole = "".join(map(lemma, words)) if len(words) == 2 and words[0] not in LINKING else ""
            return [*(link for link in self.glued.get(whole, ()) if link.kind == "table"), *self._until(words)]
        phrase, whole = phrase_of(words)
        found = [*self.bags.get(phrase.bag, ()), *self.glued.get(whole, ()), *self.glued.get(phrase.glued, ())]
        found += self._until(words)
        found += self._by_stem(phrase) + self._in_part(phrase.key) + self._by_synonym(words)
        if words[0] in COUNTS and words[1:2] == ("of",) and words[0] != "number":
            found += self._by_synonym(("number", *words[1:]))
        if not any(link.score > SHORTENED for link in found):
            found += self._shortened(words)
        if words[0] in COUNTS and len(words) > 2 and words[1] == "of":
            # A number that is kept is meant where there is no table of what is counted.
            rows = any(link.kind == "table" and link.score > SHORTENED for link in self.find(words[2:]))
            found += () if rows else self.bags.get(bag_of((*content(words[2:]), "count")), ())
            found = [link for link in found if self._counts(link)]
        return best_of(found)

    def _until(self, words: Words) -> Sequence[Link]:
        """What is called so with `to` at its end: `date to`, `valid to dates`."""
        return self.bags.get(bag_of((*content(words), UNTIL)), ()) if words[0] != UNTIL and UNTIL in words else ()

    def stored(self, text: str) -> Sequence[Link]:
        """Tables and columns that are written as they are stored: `closed_at`, `is_active`."""
        return self.glued.get("".join(words_of_name(text)), ())

    def named(self, phrase: str) -> list[Link]:
        """Columns that are called so, for words that only imply a column."""
        key = content(phrase.split())
        exact = [*self.bags.get(bag_of(key), ()), *self.glued.get("".join(key), ())]
        return best_of(link for link in exact if link.kind == "column")

    def numbered(self, word: str) -> list[Link]:
        """Columns that hold how many of something there are, also by another word: enrolment for students."""
        phrase = ("number", "of", word)
        found = [link for link in self.find(phrase) if link.kind == "column" and link.why != "part"]
        return found or [link for link in self._by_synonym(phrase) if link.kind == "column"]

    def _counts(self, link: Link) -> bool:
        """Whether the name begins with what says that it counts: `number of cards` is no `card number`."""
        words = words_of_name(link.column)
        return bool(words) and (words[0] in COUNTS or words[-1] in _COUNTED)

    def _add_table(self, table: Table) -> None:
        name = str(table.full_name)
        words = words_of_name(table.name)
        self._add(Link("table", name), words)
        if len(words) == 1:
            self._add_terse(words[0], Link("table", name))
        for key in table.foreign_keys:
            self._add_role(table, words, key)
        self._add_identified(table, words)
        self._add_titled(table, words)
        keys = {*table.primary_key, *(name for key in table.foreign_keys for name in key.columns)}
        for column in table.columns:
            link = Link("column", name, column.name)
            own = words_of_name(column.name)
            if truth_of(column) is not None:
                # Its words describe rows; as a column it is only meant where it is written as one.
                self.glued.setdefault("".join(own), []).append(link)
                continue
            self._add(link, own)
            if own == ("id",):
                self._add(Link("column", name, column.name, score=OWN_KEY), (*words, *own))
            if own[-1:] == ("code",) and own[-2:-1] and own[-2] not in words and column.name not in keys:
                self._add_coded(replace(link, score=CODED), own[:-1], words)
            for called, score in _called(column):
                self._add(Link("column", name, column.name, score=score), called)
            bare = _without_prefix(own, words)
            if bare:
                self._add(Link("column", name, column.name, score=0.97), bare)
            if len(own) == 1 and len(own[0]) >= 2:
                self._add_terse(own[0], link)

    def _add_coded(self, link: Link, bare: Words, table: Words) -> None:
        """A code that refers to nothing is what it stands for: the type of a product is its `product_type_code`."""
        self._add(link, bare)
        own = _without_prefix(bare, table)
        if own:
            self._add(link, own)

    def _add_role(self, table: Table, words: Words, key: ForeignKey) -> None:
        """What a referring column calls the rows of another table: an `author_id` makes people authors."""
        called = words_of_name(key.columns[0])
        role = tuple(word for word in called if word not in _IDS)
        alone = len(key.columns) == 1 and table.primary_key != key.columns
        # What is done, as in `liked_id`, calls nobody.
        noun = 0 < len(role) < len(called) and not role[-1].endswith("ed")
        if not (alone and noun) or set(role) <= set(words):
            return
        if key.table == table.full_name:
            # The mentor of a singer is one of them, and only the column says which.
            self._add(Link("column", str(key.table), key.columns[0], score=DATED), role)
        else:
            self._add(Link("table", str(key.table), score=ROLE, why="part"), role)

    def _add_identified(self, table: Table, words: Words) -> None:
        """What the key calls the rows: members that begin with a `user_id` are users."""
        key, *others = table.primary_key or [column.name for column in table.columns[:1]]
        called = words_of_name(key)
        role = tuple(word for word in called if word not in _IDS)
        refers = any(key in each.columns for each in table.foreign_keys)
        if not others and not refers and 0 < len(role) < len(called) and not set(role) & set(words):
            self._add(Link("table", str(table.full_name), score=ROLE, why="part"), role)

    def _add_titled(self, table: Table, words: Words) -> None:
        """What the name calls the rows: a `book_title` makes those of a `book_club` books."""
        called = next((own for column in table.columns if (own := words_of_name(column.name))[-1:] in _TITLES), ())
        if 0 < len(called[:-1]) < len(words) and set(called[:-1]) < set(words):
            self._add(Link("table", str(table.full_name), score=TITLED, why="part"), called[:-1])

    def _add(self, link: Link, words: Words) -> None:
        for form in forms_of(words):
            scored = link if form.share == 1 else replace(link, score=link.score * form.share)
            self.bags.setdefault(form.bag, []).append(scored)
            self.glued.setdefault(form.glued, []).append(scored)
            self.stems.setdefault(stems_of(form.key), []).append(scored)
            name = Name(scored, form.key)
            for word in set(form.key):
                self.by_word.setdefault(word, []).append(name)

    def _add_terse(self, name: str, link: Link) -> None:
        self.terse.setdefault(name[0], []).append((name, link))

    def _add_synonyms(self, thing: str, phrases: Sequence[str]) -> None:
        table, _, column = thing.partition("|")
        link = Link("column" if column else "table", table, column, why="synonym")
        for phrase in phrases:
            self._add(link, tuple(common_form(word) for word in words_of(phrase)))

    def _by_stem(self, phrase: Form) -> list[Link]:
        if len(phrase.key) == 1 and phrase.key in self.vocabulary.verbs:
            return []
        found = self.stems.get(stems_of(phrase.key), ())
        return [replace(link, score=link.score * self._alike(phrase.key, link), why="stem") for link in found]

    def _alike(self, key: Words, link: Link) -> float:
        """How much is left of a score where stems are the same; the noun says more than what stands before it."""
        own = words_of_name(link.column) if link.kind == "column" and len(key) > 1 else ()
        return MODIFIED if not set(own).isdisjoint(key) else STEM

    def _in_part(self, key: Words) -> list[Link]:
        """Names that hold all these words and more."""
        smallest = min((self.by_word.get(word, []) for word in key), key=len, default=list[Name]())
        held = set(key)
        found: list[Link] = []
        for name in smallest:
            if len(name.words) > len(held) and held.issubset(name.words):
                score = name.link.score * max(_share(held, name.words, name.link.kind), _ending(key, name.words))
                if score >= LEAST:
                    found.append(Link(name.link.kind, name.link.table, name.link.column, score=score, why="part"))
        return found

    def _by_synonym(self, words: Words) -> list[Link]:
        found: list[Link] = []
        for other in exchanged(words):
            exact = [*self.bags.get(other.bag, ()), *self.glued.get(other.glued, ())]
            found += [replace(link, score=link.score * SYNONYM, why="synonym") for link in exact]
            if len(other.key) > 2:
                # `maximum wind speed` is most of `max_wind_speed_mph`.
                found += [replace(link, score=link.score * SYNONYM) for link in self._in_part(other.key)]
        return found

    def _shortened(self, words: Words) -> list[Link]:
        """Names in which every word is shortened to its beginning: `fname`, `stuid`, `lat`."""
        if sum(map(len, words)) < 3 or len(words) > 3 or any((word,) in self.vocabulary.marks for word in words[1:]):
            return []
        first, whole = "".join(words)[0], common_form(next(iter(words)))
        return [
            replace(link, score=SHORTENED * (1.0 if len(words) > 1 else 0.9), why="short")
            for terse, link in self.terse.get(first, ())
            if terse != whole and shortens(terse, words) and _may_be(terse, words)
        ]


def shortens(terse: str, words: Words) -> bool:
    """Whether `terse` is made of beginnings of all these words, in their order."""
    if len(words) == 1:
        return len(terse) >= 3 and words[0].startswith(terse) and len(words[0]) > len(terse)
    if not words or not terse:
        return not words and not terse
    return _splits(terse, words)


def _may_be(terse: str, words: Words) -> bool:
    """A key abbreviates no thing that happens to begin so: `vid` is no visit duration."""
    return not terse.endswith("id") or len(words) < 2 or words[-1].startswith("id")


def _splits(terse: str, words: Words) -> bool:
    if not words:
        return not terse
    first = words[0]
    for size in range(1, min(len(first), len(terse)) + 1):
        if first[:size] != terse[:size]:
            return False
        if _splits(terse[size:], words[1:]):
            return True
    return False


def best_of(links: Iterable[Link]) -> list[Link]:
    """One link per thing, best first."""
    found: dict[tuple[Kind, str, str, object], Link] = {}
    for link in links:
        key = (link.kind, link.table, link.column, link.value)
        if link.score >= LEAST and (key not in found or found[key].score < link.score):
            found[key] = link
    return sorted(found.values(), key=lambda link: -link.score)


def _share(held: set[str], words: Words, kind: Kind) -> float:
    """How much of a name is said; its last word says what it is, generic words say little."""
    missing = [word for word in words if word not in held and len(word) > 1]
    if not missing:
        return 0.95
    share = 1 - len(missing) / len(words)
    if kind == "column" and all(word in _REFERRING for word in missing):
        return 0.52 + 0.24 * share
    if all(word in _GENERIC for word in missing):
        return 0.66 + 0.24 * share
    if all(word in _IDS for word in missing):
        return 0.52 + 0.24 * share
    if kind == "table" and _noun(words) in held:
        return 0.62 + 0.3 * share
    return (0.52 if words[-1] in held else 0.36) + 0.25 * share


def _noun(words: Words) -> str:
    """What rows of a table are: `payment` of `payments_received_daily`."""
    done = vocabulary().relating
    return next((word for word in reversed(words) if word not in _OFTEN and (word,) not in done), words[-1])


def _ending(key: Words, words: Words) -> float:
    """How much of a name is said by its last words in their order: `release year` of `song_release_year`."""
    return 0.82 * (len(key) > 1 and words[-len(key) :] == key)


_MOMENTS = ("date", "time")
_WHEN = frozenset({"on", "at", "ts", "dt", "tm", "tstamp"})


def _called(column: Column) -> Iterator[tuple[Words, float]]:
    """`paid_on` and `paid_at` are the paid date and time; numbers tell `day7_score` and `day30_score` apart."""
    own = words_of_name(column.name)
    if len(own) > 1 and own[-1] in _WHEN and column.type.lower().startswith(_MOMENTS):
        yield from (((*own[:-1], moment), DATED) for moment in ("date", "time"))
    if _DIGITS.search(column.name):
        yield words_of_name(_DIGITS.sub(r" \1 ", column.name)), 1.0


def _without_prefix(own: Words, table: Words) -> Words | None:
    """The column's words without its table's name before them, also where they are written as one word."""
    for prefix in (table, table[-1:], table[:1]):
        if prefix and len(own) > len(prefix) and own[: len(prefix)] == prefix:
            return own[len(prefix) :]
    if len(own) > 1 and len(own[0]) >= 3 and any(word.startswith(own[0]) for word in table):
        return own[1:]
    glued = "".join(own) if len(own) == 1 else ""
    for word in ("".join(table), *table) if glued else ():
        for size in range(min(len(word), len(glued) - 2), 2, -1):
            if glued.startswith(word[:size]):
                return (common_form(glued[size:]),)
    return None


def add_all(index: dict[Key, list[Entry]], more: Mapping[Key, Sequence[Entry]]) -> None:
    """Add what stands under each key to what is there already."""
    for key, entries in more.items():
        index.setdefault(key, []).extend(entries)
