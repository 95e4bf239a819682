"""What the words of a question and of a name mean to retrieval: splitting, stems, abbreviations and near words."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"[A-Z]{2,}(?=s$)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z]+")
_VOWEL = re.compile("[aeiouy]")
_CUT = (("ation", 4), ("ment", 4), ("ion", 5))
"""Endings of words that are as good as another word, and how many letters must be left."""

_FINAL = {"e": 3, "y": 7}
"""Last letters that are cut from words longer than this."""

_DERIVED = re.compile("(?<=....)(ship|[ae]nc|ness|[ai]bl|ian|ion|ist|ity|iv|ur|[ae]nt|ag|er|or|e|al|y)$")
"""Endings of stems that come from another word."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no space between words."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of words.txt, by their sign; all but abbreviations are stems."""

    silent: frozenset[str]
    weak: frozenset[str]
    affixes: frozenset[str]
    abbreviations: Mapping[str, tuple[str, ...]]
    near: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """What words.txt says."""
    entries: dict[str, list[list[str]]] = {}
    for line in files("knowledge").joinpath("words.txt").read_text(encoding="utf8").splitlines():
        sign, *words = line.split()
        entries.setdefault(sign, []).append(words)
    near: dict[str, set[str]] = {}
    for words in entries["="]:
        stems = {stem(word) for word in words}
        for each in stems:
            near.setdefault(each, set()).update(stems - {each})
    return Lexicon(
        silent=frozenset(word for words in entries["-"] for word in words),
        weak=frozenset(stem(word) for words in entries["~"] for word in words),
        affixes=frozenset(stem(word) for words in entries["."] for word in words),
        abbreviations=MappingProxyType({short: tuple(map(stem, meant)) for short, *meant in entries[":"]}),
        near=MappingProxyType({word: frozenset(words) for word, words in near.items()}),
    )


def split(text: str) -> Sequence[str]:
    """The words of a name or a sentence in lower case: cut at punctuation, digits and humps, without accents."""
    if text.isascii():
        words = _WORD.findall(text)
    else:
        bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
        words = [part for word in _WORD.findall(bare) for part in _pieces(word)]
    if text.islower():
        return words
    return [part.casefold() for word in words for part in (_CAMEL.findall(word) if word.isascii() else (word,))]


def _pieces(word: str) -> Sequence[str]:
    if len(word) > 2 and _UNSPACED.search(word):
        return [word[place : place + 2] for place in range(len(word) - 1)]
    return (word,)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the endings of plural, past and action; crude, but the same for names and questions.

    A whole stemmer would cost 10 MB and 140 ms at import.
    """
    word = _uninflected(singular(word))
    for ending, least in _CUT:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiou":
        return word[:-1]
    return word[:-1] if len(word) > _FINAL.get(word[-1], len(word)) else word


@lru_cache(maxsize=20_000)
def root(term: str) -> str:
    """What a stem is derived from: performer and performance from perform."""
    return _DERIVED.sub("", term)


def _uninflected(word: str) -> str:
    """A verb without the endings of past and action: tried and trying are try, rated and rating rat."""
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWEL.search(rest):
            return rest
    return word


def singular(word: str) -> str:
    """A word without the ending of plural."""
    if word == "ids":
        return "id"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=20_000)
def terms(word: str) -> tuple[str, ...]:
    """The stems that one word stands for: its own, or those of what it abbreviates."""
    return lexicon().abbreviations.get(word) or (stem(word),)


@lru_cache(maxsize=20_000)
def name_terms(name: str) -> tuple[str, ...]:
    """The stems of a name, in order, each once."""
    return tuple(dict.fromkeys(each for word in split(name) for each in terms(word)))
