"""What the values of a column look like, told from the ones that were seen."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from indexers.database.personal import shape_of

_MOST = 0.8
"""Of the values must look alike."""
_FREE_WORDS = 7
_FREE_CHARACTERS = 60

_FORMS: Mapping[str, str] = {
    "uuid": r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    "url": r"(?:https?|ftp)://\S+|www\.\S+\.\w+\S*",
    "date": r"\d{4}-\d\d-\d\d",
    "timestamp": r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?",
    "date_text": r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.]\d\d?[/.]\d\d?|\d{1,2}[ -][A-Z][a-z]{2,8}[ -,]+\d{2,4}"
    r"|[A-Z][a-z]{2,8} \d{1,2},? \d{4}",
    "time": r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AaPp][Mm])?",
    "number_text": r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?",
    "code": r"[A-Z0-9]{2,12}(?:[-_][A-Z0-9]{1,12}){0,4}",
}
_FEWEST_CODES = {"currency": 3, "country": 5, "language": 5}
_CODE_WORDS: Mapping[str, str] = {
    "currency": r"curr",
    "country": r"countr|nation|iso",
    "language": r"lang|locale",
}


def patterns_of(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """The patterns of a column of this name with these different values, most telling first."""
    seen = [value for value in values if value.strip()]
    if not seen:
        return ()
    found = [_personal(seen), *_codes(name, seen)]
    found += [form for form, matches in _forms().items() if _share(seen, matches) >= _MOST][:1]
    if _share(seen, _is_json) >= _MOST:
        found.append("json")
    if not any(found) and is_free_text(seen):
        found.append("free_text")
    return tuple(dict.fromkeys(each for each in found if each))


def is_free_text(values: Sequence[str]) -> bool:
    """Whether the values are sentences rather than names."""
    words = sum(len(value.split()) for value in values) / len(values)
    return words >= _FREE_WORDS or sum(map(len, values)) / len(values) >= _FREE_CHARACTERS


def personal_share(values: Sequence[str]) -> float:
    """Which part of the values looks like personal data."""
    return _share(values, lambda value: bool(shape_of(value))) if values else 0.0


def _personal(values: Sequence[str]) -> str:
    """The kind of personal data that most values are."""
    shapes = [shape_of(value) for value in values]
    likely = max(set(shapes), key=shapes.count)
    return likely if likely and shapes.count(likely) >= len(values) / 2 else ""


def _codes(name: str, values: Sequence[str]) -> list[str]:
    """Which lists of codes hold all the values, where the name or their number makes chance unlikely."""
    return [
        kind
        for kind, codes in _listed_codes().items()
        if all(value in codes for value in values)
        and (re.search(_CODE_WORDS[kind], name, re.IGNORECASE) or len(set(values)) >= _FEWEST_CODES[kind])
    ]


def _share(values: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(bool(holds(value)) for value in values) / len(values)


def _is_json(value: str) -> bool:
    if value[:1] not in "{[":
        return False
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        # What was cut off is still a document by its beginning.
        return bool(re.match(r'\{\s*"[^"]*"\s*:', value))
    return True


@cache
def _forms() -> Mapping[str, Callable[[str], re.Match[str] | None]]:
    return {name: re.compile(form).fullmatch for name, form in _FORMS.items()}


@cache
def _listed_codes() -> Mapping[str, frozenset[str]]:
    lines = files("indexers.database").joinpath("codes.txt").read_text(encoding="utf8").splitlines()
    found: dict[str, set[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            kind, *codes = line.split()
            found.setdefault(kind, set()).update(codes)
    return {kind: frozenset(codes) for kind, codes in found.items()}
