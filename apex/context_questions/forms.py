"""Recognises the form of a question by its words alone; the phrases stand in `english.txt`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from apex.intents.phrases import plain
from apex.sections import sections_of

Form = Literal["definition", "owner", "origin", "dependents", "freshness", "path"]
LINEAGE: frozenset[Form] = frozenset({"origin", "dependents", "path"})
"""What is answered by links."""
LONGEST = 200
"""Characters; longer questions ask for more than what a thing is."""

LONGEST_NAME = 100

_VALUE = "value"
_AGAIN = "again"
_NO_FORMS = (_AGAIN, "determiners", "articles", "pronouns", "kind words")
_PLURALS = {"queries": "query", "entities": "entity", "processes": "process"}


@dataclass(frozen=True)
class Asked:
    """What is asked of which names, as they were typed; `kinds` are the only ones that are wanted, if any are said."""

    form: Form
    name: str
    other: str = ""
    kinds: tuple[str, ...] = ()
    kind: str = ""
    """What kind of thing the name is said to be: `the revenue metric`."""
    as_value: bool = False
    """The words ask for a value rather than for a meaning: `what is our revenue`."""
    open: bool = False
    """The words may ask for either: `what is revenue`."""


def asked_of(text: str) -> Asked | None:
    """The form of a question about context, None where it has none; whether its names are known is not looked at."""
    if len(text) > LONGEST:
        return None
    said = plain(text).strip(" .") + " "
    for form, pattern in _patterns():
        found = pattern.fullmatch(said)
        if found:
            return _asked(form, found)
    return None


def asked_again(text: str) -> str:
    """The name that a question only adds to the one before: `what about churn?`; empty where it is another question."""
    said = plain(text).strip(" .") + " " if len(text) <= LONGEST else ""
    found = (re.fullmatch(_pattern(line), said) for line in _sections()[_AGAIN])
    return next((_bare(each["X"])[2] for each in found if each), "")


def is_pronoun(name: str) -> bool:
    """Whether a name stands for one that was said before."""
    return name in _listed("pronouns")


def _asked(form: str, found: re.Match[str]) -> Asked | None:
    parts = found.groupdict()
    determined, kind, name = _bare(parts["X"])
    _, _, other = _bare(parts.get("Y") or "")
    if not name:
        return None
    wanted = kind_of(parts.get("kinds") or "")
    return Asked(
        form="definition" if form == _VALUE else _form(form),
        name=name,
        other=other,
        kind=kind,
        kinds=(wanted,) if wanted else (),
        as_value=form == _VALUE and determined,
        open=form == _VALUE,
    )


def _form(name: str) -> Form:
    return next(each for each in get_args(Form) if each == name)


def kind_of(word: str) -> str:
    """The kind of DataPoint that a word names, in singular or plural; empty where it names none."""
    singular = _PLURALS.get(word, word.removesuffix("s"))
    return next((kind for kind, words in _kind_words().items() if singular in words or word in words), "")


def _bare(name: str) -> tuple[bool, str, str]:
    """Whether `the` or the like stands before a name, which kind it is said to be, and the name itself."""
    if is_pronoun(name):
        return False, "", name
    words = name.split()
    determined = False
    while words and words[0] in (*_listed("determiners"), *_listed("articles")):
        determined |= words[0] in _listed("determiners")
        words = words[1:]
    kind = ""
    if len(words) > 1 and kind_of(words[0]) and words[1] not in ("of", "in"):
        kind, words = kind_of(words[0]), words[1:]
    elif len(words) > 1 and kind_of(words[-1]):
        kind, words = kind_of(words[-1]), words[:-1]
    return determined, kind, " ".join(words).strip("'\" ")


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Every phrase with its form; those that say more come before those that ask for a value."""
    lines = [(form, line) for form, text in _sections().items() if form not in _NO_FORMS for line in text]
    ordered = sorted(lines, key=lambda each: (each[0] == _VALUE, -_weight(each[1])))
    return [(form, re.compile(_pattern(line))) for form, line in ordered]


def _weight(line: str) -> int:
    """How many words a phrase asks for."""
    return sum(not each.startswith("[") for each in line.split())


def _pattern(line: str) -> str:
    """A phrase as a regular expression in which every word is followed by a space."""
    return "".join(
        f"(?:{_choice(each[1:-1])} )?" if each.startswith("[") else f"{_choice(each)} " for each in line.split()
    )


def _choice(words: str) -> str:
    if words in ("X", "Y"):
        return rf"(?P<{words}>\S.{{0,{LONGEST_NAME}}}?)"
    choices = "|".join(re.escape(each.replace("_", " ")) for each in words.split("|"))
    return f"(?P<kinds>{choices})" if words.startswith("things|") else f"(?:{choices})"


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(_sections()[section])


@cache
def _kind_words() -> Mapping[str, frozenset[str]]:
    lines = (line.split(": ") for line in _sections()["kind words"])
    return {kind: frozenset(words.split(", ")) for kind, words in lines}


@cache
def _sections() -> Mapping[str, Sequence[str]]:
    return sections_of("apex.context_questions", "english.txt")
