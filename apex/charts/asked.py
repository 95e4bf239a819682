"""The kind of chart that a question asks for in words."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from apex.sections import sections_of

Kind = Literal["bar", "line", "pie", "scatter", "histogram"]

_NAMED: tuple[Kind, ...] = ("pie", "scatter", "line", "histogram", "bar")
_HINTED: tuple[Kind, ...] = ("pie", "scatter", "line")


def kind_asked(question: str) -> Kind | None:
    """`pie` of "pie chart of orders by region", `line` of "the trend of sales"; None where nothing is said."""
    named: Kind | None = next((kind for kind in _NAMED if speaks_of(question, kind)), None)
    hinted: Kind | None = next((kind for kind in _HINTED if speaks_of(question, f"{kind} hint")), None)
    return named or hinted


def without_chart(question: str) -> str:
    """The question without its request for a chart: `orders by region` of "draw a pie chart of orders by region"."""
    return " ".join(_request().sub(" ", question).split())


def is_wanted(question: str) -> bool:
    """Whether the question asks for a chart at all."""
    return speaks_of(question, "wanted") or any(speaks_of(question, kind) for kind in _NAMED)


def speaks_of(question: str, section: str) -> bool:
    """Whether a phrase of the section stands in the question."""
    return bool(_patterns()[section].search(question))


@cache
def _request() -> re.Pattern[str]:
    asking, shape, drawing, showing = (_patterns()[each].pattern for each in ("asking", "shape", "drawing", "showing"))
    return re.compile(rf"(?:{asking}\s+)?(?:\b(?:an?|the)\s+)?{shape}\s*{drawing}(?:\s+{showing})?", re.IGNORECASE)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: _pattern(" ".join(lines)) for name, lines in sections_of("apex.charts", "words.txt").items()}


def _pattern(text: str) -> re.Pattern[str]:
    phrases = sorted((each.strip() for each in text.split(",") if each.strip()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
