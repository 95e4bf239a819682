"""`AOV (average order value)`, `average order value (AOV)`: what is spelled out once, and said in short elsewhere."""

import re

from apex.language.sections import listed
from apex.linking.names import NameIndex, shortens

_SPELLED = re.compile(r"\b(?P<short>[A-Z][A-Za-z]{0,6}[A-Z])\s*\((?:i\.e\.,?\s*)?(?P<long>[A-Za-z][A-Za-z \-]+)\)")
_SHORTENED = re.compile(r"(?P<before>(?:[A-Za-z]+[ \-]+){2,8})\((?P<short>[A-Z][A-Za-z]{0,6}[A-Z])\)")


def acronyms(question: str, names: NameIndex) -> str:
    """Say what the letters stand for, or the letters where a column is called so."""
    for found in [*_SPELLED.finditer(question)]:
        if _stand_for(found["short"], found["long"]):
            question = _said(question, found["short"], found["long"], found.group(), names)
    for found in [*_SHORTENED.finditer(question)]:
        words = re.split(r"[ \-]+", found["before"].strip())
        begins = [at for at in range(len(words)) if words[at].casefold() not in listed("asides.txt")["small"]]
        long = next((" ".join(words[at:]) for at in begins if _are(found["short"], words[at:])), "")
        if long:
            question = _said(question, found["short"], long, f" ({found['short']})", names, spelled=True)
    return question


def _said(question: str, short: str, long: str, whole: str, names: NameIndex, *, spelled: bool = False) -> str:
    named = any(link.kind == "column" for link in names.find((short.casefold(),)))
    if named:
        return question.replace(whole, "" if spelled else short)
    question = question.replace(whole, "" if spelled else long)
    return re.sub(rf"\b{short}\b", long, question)


def _stand_for(short: str, long: str) -> bool:
    return _are(short, re.split(r"[ \-]+", long.strip()))


def _are(short: str, words: list[str]) -> bool:
    """Whether the letters are those with which the words begin; small words may be passed over."""
    letters, small = short.casefold(), listed("asides.txt")["small"]
    told = [word.casefold() for word in words]
    kept = [word for word in told if word not in small]
    if len(kept) < 2:
        return False
    first = ("".join(word[0] for word in told), "".join(word[0] for word in kept))
    return letters in first or any(shortens(letters, tuple(kept[:size])) for size in range(2, len(kept) + 1))
