"""Lists of phrases under headings, as the files of a language have them."""

from collections.abc import Mapping
from functools import cache

from apex.sections import sections_of


@cache
def listed(name: str) -> Mapping[str, frozenset[str]]:
    """The phrases of a file of the language, by heading."""
    texts = {heading: " ".join(lines) for heading, lines in sections_of("apex.language", f"english/{name}").items()}
    return {heading: frozenset(" ".join(each.split()) for each in text.split(",")) for heading, text in texts.items()}
