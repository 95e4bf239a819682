"""The forms in which names and the words of questions are compared."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from apex.compounds import parts_of
from apex.language.vocabulary import vocabulary
from apex.names import common_form, words_of

Words = tuple[str, ...]

LINKING = frozenset(
    {"of", "the", "a", "an", "in", "for", "per", "by", "to", "on", "is", "at", "s", "they", "it", "was", "were"}
)
"""Words that only join others."""
REMEMBERED = 20_000
"""So many phrases are looked up once: questions about one database share most of theirs."""
UNTIL = "to"
"""At the end of a name it tells it from one that ends with `from`."""
_DOUBLED = frozenset("bdgmnprt")
_SHORT = {"ids": "id", "ins": "in", "ups": "up", "outs": "out", "offs": "off"}


class Form(NamedTuple):
    """What a name is found under, as it is written or with its abbreviations written out, which counts less; or what
    words of a question are looked for under."""

    key: Words
    bag: Words
    glued: str
    share: float


@lru_cache(maxsize=REMEMBERED)
def words_of_name(name: str) -> Words:
    """The words of a name in their common form, those that are run together taken apart, without numbers."""
    written = (word.strip("0123456789") or word for word in words_of(name.replace("#", " number ")))
    return tuple(common_form(part) for word in written for part in parts_of(word))


def content(words: Iterable[str]) -> Words:
    """The words that carry meaning, in their common form; all of them where none does."""
    kept = tuple(lemma(word) for word in words if word not in LINKING)
    return kept or tuple(map(lemma, words))


def lemma(word: str) -> str:
    """The form that singular and plural share, of short words too."""
    return _SHORT.get(word) or common_form(word)


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """A form that a verb's forms share: `directed`, `directs`, `directing`."""
    for ending in ("ing", "ed", "er", "or", "ion", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending == "ed" else 4):
            word = word[: -len(ending)]
            # What was doubled before the ending: `shipping`, `planned`.
            doubled = ending != "s" and word[-1:] == word[-2:-1] and word[-1:] in _DOUBLED and len(word) > 3
            word = word[:-1] if doubled else word
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def bag_of(words: Words) -> Words:
    """Words in any order."""
    return tuple(sorted(words))


@lru_cache(maxsize=REMEMBERED)
def stems_of(key: Words) -> Words:
    """The stems of words, in any order."""
    return tuple(sorted(map(stem, key)))


@lru_cache(maxsize=REMEMBERED)
def forms_of(words: Words) -> Sequence[Form]:
    """The forms of a name; thousands of tables share most names of their columns."""
    known = vocabulary().abbreviations
    whole = known.get("".join(words))
    # A column that is called `No` and nothing else may be one of yes and no.
    written = (whole,) if whole and words != ("no",) else words
    if written == ("no",):
        return [_form(written, "no")]
    long = tuple(common_form(part) for word in written for part in known.get(word, word).split())
    return [
        _form(_telling(form), "".join(form), 1.0 if form == words else 0.98) for form in dict.fromkeys((words, long))
    ]


@lru_cache(maxsize=REMEMBERED)
def phrase_of(words: Words) -> tuple[Form, str]:
    """What words of a question are looked for under, and all of them as one word."""
    lemmas = tuple(map(lemma, words))
    # "Order the pets by age" names two things, though a column may be called `pet_age`; so does "drugs per class".
    key = lemmas if "by" in words or ("per" in words and len(words) > 2) else content(words)
    return _form(key, "".join(key)), "".join(lemmas)


@lru_cache(maxsize=REMEMBERED)
def exchanged(words: Words) -> Sequence[Form]:
    """The phrase with one part of it exchanged for a synonym."""
    known, found = vocabulary(), list[Form]()
    size, forms = len(words), tuple(map(common_form, words))
    for start in range(size):
        longest = max(known.exchanged.get(words[start], 0), known.exchanged.get(forms[start], 0))
        for end in range(start + 1, min(size, start + longest) + 1):
            others = known.synonyms.get(words[start:end]) or known.synonyms.get(forms[start:end], ())
            keys = [content((*words[:start], *other, *words[end:])) for other in others]
            found += [_form(key, "".join(key)) for key in keys]
    return found


def _telling(form: Words) -> Words:
    """The words that carry meaning, of those that are in their common form already: of another the form is another."""
    kept = tuple("id" if word == "ids" else word for word in form if word not in LINKING)
    return (*kept, *form[-1:]) if kept and form[-1] == UNTIL else kept or form


def _form(key: Words, glued: str, share: float = 1.0) -> Form:
    return Form(key, bag_of(key), glued, share)
