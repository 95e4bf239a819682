"""Chooses the database of a question: by mention, by the conversation, by what they hold, and last the default."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.values import LikelyDatabase

WHICH = "Which database do you mean?"
"""The question back; its reply is no part of the question itself."""

TIE = 0.015
"""Databases that explain a question this much alike (as a share of the best) are as likely."""

LEAST = 0.02
"""A database that explains less than this of a question explains nothing."""

OPTIONS = 5

_BEFORE = r"(?:in|on|from|using|with|at|for|use|ask)\s+(?:the\s+)?"
_AFTER = r"(?:\s+(?:database|db|connection))"


@dataclass(frozen=True, slots=True)
class Routed:
    """The database for a question, why, and how sure; `tied` names those that fit as well.

    `question` is what is left of the question without words that only address the database.
    """

    database: str
    why: str
    certainty: float
    question: str
    tied: tuple[str, ...] = ()


def route(question: str, likely: Sequence[LikelyDatabase], *, last: str = "", follows: bool = False) -> Routed:
    """The database of a question; `last` is the one of the turn before, on which this one leans where it `follows`."""
    names = [each.name for each in likely]
    mentioned = mention(question, names)
    if mentioned:
        name, rest = mentioned
        return Routed(name, f"the question names {name}", 1.0, rest)
    if follows and last in names:
        return Routed(last, f"it follows a question about {last}", 0.95, question)
    return _likeliest(question, likely, last)


def _likeliest(question: str, likely: Sequence[LikelyDatabase], last: str) -> Routed:
    ordered = sorted(likely, key=lambda each: -each.score)
    best = ordered[0]
    if best.score < LEAST:
        name = last if any(each.name == last for each in likely) else _default(likely)
        why = "the conversation is about it" if name == last else "no database stands out, so the default one"
        return Routed(name, why, 0.5, question)
    tied = tuple(each.name for each in ordered if each.score >= (1 - TIE) * best.score)
    if len(tied) == 1:
        second = ordered[1].score if len(ordered) > 1 else 0.0
        certainty = round(0.5 + 0.5 * (best.score - second) / best.score, 3)
        return Routed(best.name, f"{best.name} explains most of the question", certainty, question)
    if last in tied:
        return Routed(last, f"the conversation is about {last}, which fits as well as others", 0.7, question)
    name = _default(likely) if _default(likely) in tied else best.name
    return Routed(name, f"{' and '.join(tied[:OPTIONS])} fit alike", round(1 / len(tied), 3), question, tied[:OPTIONS])


def _default(likely: Sequence[LikelyDatabase]) -> str:
    return next((each.name for each in likely if each.default), likely[0].name)


def mention(question: str, names: Sequence[str]) -> tuple[str, str] | None:
    """The database that a question addresses by name, and the question without that; None where it does not.

    A name alone is no address: `orders` may well be a table.
    """
    for name in sorted(names, key=len, reverse=True):
        spelt = "[`'\"]?" + r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", name))) + "[`'\"]?"
        for pattern in _addresses(spelt):
            found = re.search(pattern, question, re.IGNORECASE)
            rest = (question[: found.start()] + question[found.end() :]).strip() if found else ""
            if found and rest.strip("?.! "):
                return name, rest[0].upper() + rest[1:]
    return None


def _addresses(name: str) -> tuple[str, ...]:
    """How a question may address a database: before it, after it, or in the middle with the word itself."""
    return (
        rf"^\s*{_BEFORE}{name}{_AFTER}?\s*[,:;]\s*",
        rf"^\s*{name}{_AFTER}?\s*:\s+",
        rf"[\s,]*\(?\b{_BEFORE}{name}{_AFTER}\)?(?=[\s?.!]*$)",
        rf"[\s,]*\b{_BEFORE}(?:database|db|connection)\s+{name}(?=\W|$)",
        rf",\s*(?:in|on|from|using)\s+{name}(?=[\s?.!]*$)",
    )
