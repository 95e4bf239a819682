"""What looks like personal data, by a column's name and by the shape of a value. What does is never stored."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from core.catalog import Column, Table
from core.profile import Scalar

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_SHAPES: Mapping[str, str] = {
    "email": r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
    "ssn": r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])",
    "card": r"(?<![\d.])[3-6]\d(?:[ -]?\d){11,17}(?!\d)",
    "iban": r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b",
    "phone": r"(?<![\d.])\+\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[- .]\d{4}|(?<![\d.-])\d{3}[-. ]\d{3}[-. ]\d{4}(?![\d-])",
    "ip": r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:])",
    "street": r"\b\d{1,5}[a-z]?,? (?:[NSEW]\.? )?(?:[A-Z][\w'.]+ ){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Terrace|Square|Sq)\b"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|gasse|allee) \d{1,4}\b",
    "secret": r"\b(?:sk|pk|rk|ghp|gho|xox[abp])[-_][\w-]{16,}|\beyJ[\w-]{10,}\.[\w-]+|\bAKIA[0-9A-Z]{16}\b"
    r"|-----BEGIN |\$2[abxy]\$\d\d\$|\$argon2",
}


def shape_of(value: str) -> str:
    """Which kind of personal data stands in a value; empty where none does."""
    for name, form in _shapes().items():
        for found in form.finditer(value):
            if _PROOFS.get(name, bool)(found[0]):
                return name
    return ""


def hides(value: Scalar) -> bool:
    """Whether a value must not be stored, whatever its column says. Fractions of numbers are measures, not persons."""
    if value is None or isinstance(value, bool | float):
        return False
    return bool(shape_of(str(value)))


def is_personal(table: Table, column: Column) -> bool:
    """Whether a column holds personal data by its name, and by what its table is about.

    How somebody is reached, addresses of streets, birth dates, documents and secrets are personal everywhere. Names
    are where the table is about private persons, so that `singers.name` and `cities.name` can be found.
    """
    words = _words(column.name)
    if not words or words[-1] in _listed("not") or words[0] in ("is", "has"):
        return False
    if _names(words, "always"):
        return True
    subject = _singular(_words(table.name))
    if any(_has(subject, each) for each in _entries("people")) and _names(words, "names"):
        return True
    own = _own_name(words, subject)
    return own and any(_has(subject, each) for each in _entries("people by name"))


def _own_name(words: list[str], subject: list[str]) -> bool:
    """Whether a column is the plain name of what its table is about: `name`, or `employee_name` in `employees`."""
    return words[-1:] == ["name"] and (len(words) == 1 or words[:-1] == subject)


def _names(words: list[str], section: str) -> bool:
    """Whether a name ends, or ends before a number, with one of the listed ones."""
    bare = words[:-1] if words[-1].isdecimal() and len(words) > 1 else words
    return any(bare[-len(each) :] == each or words[-len(each) :] == each for each in _entries(section))


def _has(words: list[str], wanted: list[str]) -> bool:
    return words[-len(wanted) :] == wanted or words[: len(wanted)] == wanted


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(name)]


def _singular(words: list[str]) -> list[str]:
    return [word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words]


def _luhn(text: str) -> bool:
    digits = [int(each) for each in text if each.isdecimal()]
    doubled = [digit * 2 if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _is_iban(text: str) -> bool:
    bare = text.replace(" ", "")
    digits = "".join(str(int(each, 36)) for each in bare[4:] + bare[:4])
    return int(digits) % 97 == 1


_PROOFS: Mapping[str, Callable[[str], bool]] = {"card": _luhn, "iban": _is_iban}


@cache
def _shapes() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(form) for name, form in _SHAPES.items()}


@cache
def _listed(section: str) -> frozenset[str]:
    text = files("indexers.database").joinpath("personal.txt").read_text(encoding="utf8")
    lines = text.partition(f"[{section}]\n")[2].partition("\n[")[0].splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _entries(section: str) -> tuple[list[str], ...]:
    return tuple(_words(entry) for entry in _listed(section))
