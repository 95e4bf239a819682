"""What of a model's own words may be shown: it may have obeyed something in the data that it was told about.

Its query is judged by the guard. Its words are only as good as the question and the query, which people can read: so
a number, a code or an address that stands in neither is left out, and so is a sentence that recites the instructions.
"""

import re
from collections.abc import Iterator

from core.values import Draft

RECITED_WORDS = 8
"""So many words in a row are no coincidence."""
LEFT_OUT = "…"
_ADDRESS = re.compile(r"!?\[[^\]]*\]\([^)]*\)|\b\w+://\S+|\bwww\.\S+|<[^>]*>", re.IGNORECASE)
_CODE = re.compile(r"[\w@#$%&*+=/-]*\d[\w@#$%&*+=/.,:-]*|\S{41,}")
_PLAIN_NUMBER = re.compile(r"\d{1,2}%?")
_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]+")


def grounded(draft: Draft, *, question: str, instructions: str) -> Draft:
    """The draft with its words trimmed to what question and query account for."""
    known = f"{question} {draft.sql}".lower()
    recited = set(_runs(instructions))

    def shown(text: str) -> str:
        visible = _INVISIBLE.sub(" ", text).strip()
        return "" if recited.intersection(_runs(visible)) else _without_hearsay(visible, known)

    assumptions = [each for each in map(shown, draft.assumptions) if each]
    abstained = (shown(draft.abstained) or "The model gave no reason that can be shown.") if draft.abstained else ""
    words = {"explanation": shown(draft.explanation), "assumptions": assumptions, "abstained": abstained}
    return draft.model_copy(update=words)


def _without_hearsay(text: str, known: str) -> str:
    def kept(found: re.Match[str]) -> str:
        token = found[0].rstrip(".,:")
        trusted = token.lower() in known or token.replace(",", "") in known or _PLAIN_NUMBER.fullmatch(token)
        return found[0] if trusted else LEFT_OUT

    return _CODE.sub(kept, _ADDRESS.sub(LEFT_OUT, text))


def _runs(text: str) -> Iterator[str]:
    words = [each.lower() for each in _WORD.findall(text)]
    for place in range(len(words) - RECITED_WORDS + 1):
        yield " ".join(words[place : place + RECITED_WORDS])
