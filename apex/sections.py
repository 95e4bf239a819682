"""Files of words under headings, in which the rooms keep what people say."""

from collections.abc import Mapping, Sequence
from importlib.resources import files


def sections_of(package: str, file: str) -> Mapping[str, Sequence[str]]:
    """The lines under each heading, without comments; they are read anew each time."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in files(package).joinpath(file).read_text(encoding="utf8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(heading, []).append(line)
    return found
