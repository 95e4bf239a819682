"""Lists of phrases under headings, as the files of a language have them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def listed(name: str) -> Mapping[str, frozenset[str]]:
    """The phrases of a file of the language, by heading."""
    text = files("apex.language").joinpath("english", name).read_text(encoding="utf8")
    found: dict[str, frozenset[str]] = {}
    for section in text.split("\n[")[1:]:
        heading, phrases = section.split("]", 1)
        found[heading] = frozenset(" ".join(each.split()) for each in phrases.replace("\n", " ").split(","))
    return found
