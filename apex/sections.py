"""Files of words under headings, in which the rooms keep what people say."""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

_HEADING = re.compile(r"\[([^\]]+)\]")


def sections_of(package: str, file: str) -> Mapping[str, Sequence[str]]:
    """The lines under each heading, and under none those before the first, without comments; read anew each time."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in files(package).joinpath(file).read_text(encoding="utf8").splitlines():
        if named := _HEADING.fullmatch(line):
            heading = named[1]
        elif line and not line.startswith("#"):
            found.setdefault(heading, []).append(line)
    return found
