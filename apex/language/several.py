"""Tells several questions that came in one text apart."""

import re
from collections.abc import Sequence

from apex.language.sections import listed

LEAST = 3
"""A question has at least so many words."""

_SENTENCES = re.compile(r"(?<=\?)\s+|\n+(?=[A-Z])")
"""A line that goes on in small letters was only broken."""
_BETWEEN = r"\s*[,;]?\s+(?:{joins})\s+|\s*[,;]\s+"


def questions_in(text: str) -> Sequence[str]:
    """The questions of a text, each as it can be asked alone; the text itself where it is one."""
    sentences = [each.strip() for each in _SENTENCES.split(text) if each.strip()]
    known = listed("several.txt")
    openings = known["asks for"] | known["asks whether"]
    return sentences if len(sentences) > 1 and _stand_alone(sentences, openings) else [text]


def joined_in(sentence: str) -> Sequence[str]:
    """The questions of one sentence, `how many ... and what was ...`; itself where it is one."""
    known = listed("several.txt")
    joins = "|".join(sorted(map(re.escape, known["joins"]), key=len, reverse=True))
    parts = re.split(_BETWEEN.format(joins=joins), sentence, flags=re.IGNORECASE)
    if len(parts) < 2 or not _stand_alone(parts, known["asks for"]):
        return [sentence]
    return [f"{each[:1].upper()}{each[1:].rstrip('?. ')}?" for each in parts]


def _stand_alone(parts: Sequence[str], openings: frozenset[str]) -> bool:
    """Whether each asks, and none but the first leans on another."""
    words = [re.findall(r"\w+", each.casefold()) for each in parts]
    asking = all(len(each) >= LEAST and each[0] in openings for each in words)
    back = listed("several.txt")["points back"]
    return asking and all(back.isdisjoint(each) for each in words[1:])
