"""What the names of tables and columns say about references, without a look at the data."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from apex.compounds import parts_of

INITIALS = 4
"""Of so many letters at most is the beginning of a word that stands for it."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name, cut at underscores, digits and capital letters, and where two are written as one."""
    return tuple(part for word in _WORDS.findall(name) for part in parts_of(word.lower()))


@cache
def singulars(word: str) -> frozenset[str]:
    """What a word may be the plural of, and itself."""
    found = {word}
    if word.endswith("ies"):
        found |= {word[:-3] + "y", word[:-1]}
    elif word.endswith("es"):
        found |= {word[:-1], word[:-2]}
    elif word.endswith("s") and not word.endswith("ss"):
        found.add(word[:-1])
    if word == "people":
        found |= {"person"}
    return frozenset(found)


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names mean the same but for plurals."""
    if len(one) == len(other) and all(singulars(a) & singulars(b) for a, b in zip(one, other, strict=True)):
        return True
    return bool(one and other) and bool(singulars("".join(one)) & singulars("".join(other)))


def ends_with(name: Sequence[str], ending: Sequence[str]) -> bool:
    """Whether a name ends in the other, with a role before it: `from_airport_id` in `airport_id`."""
    return len(name) > len(ending) > 0 and same(name[-len(ending) :], ending)


@cache
def subject(table: str) -> tuple[str, ...]:
    """What a table is about: its name without what says nothing."""
    found = words(table)
    while len(found) > 1 and found[0] in listed("prefixes"):
        found = found[1:]
    return found


@cache
def is_key(column: str) -> bool:
    """Whether a column's name tells that it identifies something."""
    found = words(column)
    return bool(found) and (found[-1] in listed("key words") or (len(found) == 1 and found[0].endswith("id")))


def without_key_word(column: Sequence[str], about: Sequence[str] = ()) -> tuple[str, ...]:
    """What a key identifies: `customer` for `customer_id`, `stu` for `stuid` of students, nothing for `id`."""
    if column and column[-1] in listed("key words"):
        return tuple(column[:-1])
    if len(column) == 1 and column[0].endswith("id") and any(word.startswith(column[0][:-2]) for word in about):
        return (column[0][:-2],)
    return tuple(column)


def without_number(column: Sequence[str]) -> tuple[str, ...]:
    """The words without a number at their end: `club_id_1` and `club_id_2` are the same in two roles."""
    return tuple(column[:-1]) if len(column) > 1 and column[-1].isdecimal() else tuple(column)


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word of `short` begins the word of `long` in its place: `dept` and `department`."""
    if len(short) != len(long) or same(short, long):
        return False
    return all(len(a) >= 3 and a[0] == b[0] and _in_order(a, b) for a, b in zip(short, long, strict=True))


def is_initial(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one word is the beginning of the only word of the other, or made of the first letters of its words."""
    if len(short) != 1 or not long:
        return False
    begins = len(long) == 1 and long[0].startswith(short[0]) and len(short[0]) <= INITIALS and short != long
    return begins or (len(short[0]) > 1 and short[0] == "".join(word[0] for word in long))


def is_parent(column: str) -> bool:
    """Whether a column leads to another row of the same table."""
    return "_".join(words(column)) in listed("parents")


def is_superior(column: str, about: Sequence[str]) -> bool:
    """Whether a column leads to somebody in a table about people who work."""
    return "_".join(words(column)) in listed("superiors") and bool(singulars(about[-1]) & listed("people"))


def without_role(column: Sequence[str]) -> tuple[str, ...]:
    """The words without a number or a role behind what they name: `airport_id` for `airport_from_id`."""
    name = without_number(column)
    if len(name) > 2 and name[-1] in listed("key words") and name[-2] in listed("roles"):
        return (*name[:-2], name[-1])
    return name


def _in_order(letters: Iterable[str], word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


@cache
def listed(section: str) -> frozenset[str]:
    """The words of one list."""
    text = files("indexers.database.relations").joinpath("words.txt").read_text(encoding="utf8")
    lines = text.partition(f"[{section}]\n")[2].partition("\n[")[0].splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
