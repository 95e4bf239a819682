"""Finds stored values behind words: as written, in another form of the word, or by another name for the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from apex.language.tokens import Token, tokenize
from apex.linking.forms import stem
from apex.linking.link import Link
from apex.linking.names import add_all
from apex.names import common_form, words_of
from apex.sections import sections_of
from core.catalog import TableName
from core.profile import Profile
from core.values.findings import FoundValue

Words = tuple[str, ...]

LONGEST = 12
"""Values of more words are texts, which nobody quotes unmarked."""
OTHER_FORM, OTHER_NAME, AKIN = 0.9, 0.88, 0.8
ROOT = 4
"""Of so many letters at least is a word that has other forms."""
_ADJECTIVES = ("ful", "al")


class ValueIndex:
    """The known values of some tables, under their words; `base` holds more of them."""

    def __init__(
        self,
        values: Iterable[tuple[str, str, str]],
        base: "ValueIndex | None" = None,
        *,
        flags: Iterable[tuple[Words, Link]] = (),
    ) -> None:
        self.base = base
        self.exact: dict[Words, list[Link]] = {}
        self.forms: dict[Words, list[Link]] = {}
        self.glued: dict[str, list[Link]] = {}
        self.roots: dict[str, list[Link]] = {}
        self.reach: dict[str, int] = {}
        """How many words a value has at most that begins with a word."""
        self.longest = base.longest if base else 0
        for table, column, value in values:
            words = words_in(value)
            if 0 < len(words) <= LONGEST:
                self._add(Link("value", table, column, value, why="value"), words)

        for words, link in flags:
            self._add(link, words)

    @classmethod
    def together(cls, parts: Iterable["ValueIndex"]) -> "ValueIndex":
        """The values of several indexes as one."""
        whole = cls(())
        for part in parts:
            whole.longest = max(whole.longest, part.longest)
            for word, size in part.reach.items():
                whole.reach[word] = max(size, whole.reach.get(word, 0))
            add_all(whole.exact, part.exact)
            add_all(whole.forms, part.forms)
            add_all(whole.glued, part.glued)
            add_all(whole.roots, part.roots)
        return whole

    def _add(self, link: Link, words: Words) -> None:
        forms = tuple(map(common_form, words))
        self.longest = max(self.longest, len(words))
        self.reach[forms[0]] = max(len(words), self.reach.get(forms[0], 0))
        self.exact.setdefault(words, []).append(link)
        self.forms.setdefault(forms, []).append(link)
        self.glued.setdefault("".join(words), []).append(link)
        if len(words) == 1 and len(words[0]) >= ROOT:
            self.roots.setdefault(_root(words[0]), []).append(link)

    def find(self, words: Words) -> list[Link]:
        """Values behind folded words."""
        found = list[Link]()
        if words and len(words) <= self.reach.get(common_form(words[0]), 0):
            found += self.exact.get(words) or _scored(self.forms.get(tuple(map(common_form, words)), ()), OTHER_FORM)
        if not found and len(words) > 1:
            found = _scored(self.glued.get("".join(words), ()), OTHER_FORM)
        for other, columns in value_names().get(words, {}).items():
            links = self.exact.get(other, ())
            found += _scored(
                (link for link in links if not columns or columns & set(words_of(link.column))), OTHER_NAME
            )
        return [*found, *self.base.find(words)] if self.base else found

    def akin(self, word: str) -> list[Link]:
        """Values that are another form of a word: the state `success` of what is `successful`."""
        found = _scored(self.roots.get(_root(word), ()), AKIN) if len(word) >= ROOT else []
        return [*found, *self.base.akin(word)] if self.base else found


def _root(word: str) -> str:
    """What a noun, a verb and their adjectives share: `promotional` and `promotion`, `failed` and `fail`."""
    ending = next((each for each in _ADJECTIVES if word.endswith(each) and len(word) - len(each) >= ROOT), "")
    return stem(word.removesuffix(ending)).rstrip("s")


def words_in(value: str) -> Words:
    """The folded words of a value, cut as a question is."""
    plain = value.strip()
    if plain.isalnum():
        return (plain.casefold(),)
    return tuple(word for token in tokenize(value) for word in folded_words(token))


def folded_words(token: Token) -> Words:
    """A token's words; signs between words are no words."""
    if token.kind == "point":
        return ()
    return tuple(token.folded.split()) if token.kind == "quoted" else (token.folded,)


def values_of(profile: Profile, tables: Iterable[TableName]) -> Iterator[tuple[str, str, str]]:
    """Every measured text value of some tables."""
    for name in tables:
        measured = profile.tables.get(name)
        for column in measured.columns if measured else ():
            texts = [value for value, _ in column.top if isinstance(value, str)]
            texts += [value for value in column.samples if isinstance(value, str)]
            yield from ((str(name), column.name, text) for text in dict.fromkeys(texts))


def found_values(values: Sequence[FoundValue]) -> Iterator[tuple[str, str, str]]:
    """The values that retrieval found, each once, however often the question and the replies name it."""
    return iter(dict.fromkeys((each.table, each.column, each.value) for each in values))


@cache
def value_names() -> Mapping[Words, Mapping[Words, frozenset[str]]]:
    """Other names of the same value, each with the words of the columns in which it means that; none for any."""
    found: dict[Words, dict[Words, frozenset[str]]] = {}
    for line in sections_of("apex.language", "english/values.txt")[""]:
        hint, _, listed = line.rpartition(":")
        said, _, stored = listed.partition(">")
        names = [tuple(name.split()) for name in said.split(",")]
        codes = [tuple(code.split()) for code in stored.split(",") if code.strip()]
        for name in names:
            others = codes or [other for other in names if other != name]
            found.setdefault(name, {}).update({other: frozenset(hint.split()) for other in others})
    return found


def _scored(links: Iterable[Link], score: float) -> list[Link]:
    return [Link("value", link.table, link.column, link.value, score, "like value") for link in links]
