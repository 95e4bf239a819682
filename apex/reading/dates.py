"""Days as they are written in a question, as one token each: `June 21, 2002`, `the 7th of September 1987`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from apex.language.moments_words import Words
from apex.language.tokens import Token

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z")
_YEAR = re.compile(r"\d{4}\Z")


def with_dates(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with each written day as a quoted ISO date."""
    if not any(_YEAR.match(token.folded) for token in tokens):
        return list(tokens)
    words, found, at = Words(tokens, datetime.min.replace(tzinfo=UTC)), list[Token](), 0
    while at < len(tokens):
        end, day = _month_first(words, at) or _day_first(words, at) or (at + 1, None)
        token = tokens[at]
        if day:
            iso = day.isoformat()
            token = replace(token, text=iso, folded=iso, lemma=iso, end=tokens[end - 1].end, kind="quoted", number=None)
        found.append(token)
        at = end
    return found


def _month_first(words: Words, at: int) -> tuple[int, date] | None:
    behind, month = next(words.meanings(at, "months"), (at, ""))
    day = _DAY.match(words.word(behind)) if month else None
    year_at = behind + 1 + (words.word(behind + 1) == ",")
    return _dated(words, year_at, month, day[1]) if day else None


def _day_first(words: Words, at: int) -> tuple[int, date] | None:
    day = _DAY.match(words.word(at))
    if not day:
        return None
    month_at = at + 1 + (words.word(at + 1) == "of")
    behind, month = next(words.meanings(month_at, "months"), (at, ""))
    year_at = behind + (words.word(behind) in (",", "of"))
    return _dated(words, year_at, month, day[1]) if month else None


def _dated(words: Words, year_at: int, month: str, day: str) -> tuple[int, date] | None:
    if not _YEAR.match(words.word(year_at)):
        return None
    try:
        return year_at + 1, date(int(words.word(year_at)), int(month), int(day))
    except ValueError:
        return None
