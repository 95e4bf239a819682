"""Spans of time as DataPoints write them: `7 days`, `1 month`."""

import re
from typing import NamedTuple, cast

from apex.compile.refusal import RefusalError
from core.values.plans import Grain

_SPAN = re.compile(r"\s*(\d+)\s*(hour|day|week|month|quarter|year)s?\s*\Z", re.IGNORECASE)


class Span(NamedTuple):
    """So many of a unit."""

    length: int
    unit: Grain


def span(text: str, metric: str) -> Span:
    """Read a span; refuses what is none."""
    found = _SPAN.match(text)
    if not found or int(found[1]) < 1:
        raise RefusalError("broken", f"{text!r} of {metric} is no span of time.", hint="For example `7 days`.")
    return Span(int(found[1]), cast(Grain, found[2].lower()))
