"""`Note that revenue refers to the sum of price`, `where margin is defined as ...`: what a word means."""

import re
from functools import cache

from apex.language.sections import listed
from apex.linking.names import NameIndex
from apex.names import common_form
from apex.reading.asides.sentences import any_of, sentences

_TABLE = re.compile(r"\s+(?:in|from|of|on|within)\s+the\s+[\w ]+?\s+tables?$", re.IGNORECASE)
_BY_ITSELF = re.compile(r"\b(?P<word>\w+)\s+(?:if|when|where)\s.*['\"]?\b(?P<value>\w+)\b['\"]?[.?!]?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SUMS = re.compile(r"^(?:sum|total|total amount)(?:\s+of(?:\s+the)?)?\s+", re.IGNORECASE)


def definitions(question: str, names: NameIndex) -> str:
    """Say what is meant wherever the defined word stands."""
    told = sentences(question)
    found: list[tuple[str, str]] = []
    kept: list[str] = []
    for sentence in told:
        clause = _clause().search(sentence)
        whole = clause or (_sentence().match(sentence) if kept else None)
        rest = [each for each in told if each is not sentence] + ([sentence[: clause.start()]] if clause else [])
        if kept and _is_plain(sentence):
            continue
        if whole and _defines(whole, " ".join(rest)):
            found.append((_bare(whole["term"]), whole["meaning"]))
            kept += [f"{sentence[: clause.start()]}{sentence[clause.end() :]}"] if clause else []
        else:
            kept.append(sentence)
    question = " ".join(kept) if found or len(kept) < len(told) else question
    for term, meaning in found:
        question = _meant(question, term, meaning)
    return question


@cache
def _clause() -> re.Pattern[str]:
    """A definition inside a sentence."""
    return re.compile(rf",?\s+where\s+{_term()}\s+(?P<meaning>[^?,;]+?)(?=[.?]?$|[?,;])", re.IGNORECASE)


@cache
def _sentence() -> re.Pattern[str]:
    """A sentence that defines and does nothing else."""
    return re.compile(rf"^(?:{any_of('notes')},?\s+)?{_term()}\s+(?P<meaning>.+?)[.?!]?$", re.IGNORECASE)


def _term() -> str:
    return rf"(?P<term>[\w\- ]{{2,40}}?)\s+(?P<how>{any_of('defines')})"


def _defines(found: re.Match[str], rest: str) -> bool:
    """Whether what is defined is said elsewhere; a mere "is" defines by what is measured."""
    first = found["meaning"].split()[0].casefold()
    if found["how"].casefold() in listed("asides.txt")["plainly defines"]:
        measures = first in listed("asides.txt")["measures"] and len(found["meaning"].split()) > 2
        if not measures:
            return False
    return bool(_said(_bare(found["term"])).search(rest)) and " if " not in f" {found['meaning']} "


def _is_plain(sentence: str) -> bool:
    """`Note that an invoice is paid if its status is 'paid'.`: a word that is defined by itself."""
    found = _BY_ITSELF.search(sentence) if _noted().match(sentence) else None
    return found is not None and found["word"].casefold() == found["value"].casefold()


@cache
def _noted() -> re.Pattern[str]:
    return re.compile(rf"{any_of('notes')}\b", re.IGNORECASE)


def _bare(term: str) -> str:
    return _ARTICLE.sub("", term.strip())


def _said(term: str) -> re.Pattern[str]:
    """The defined words, in the singular or the plural."""
    words = [re.escape(word) for word in term.split()]
    last = common_form(words[-1]) if words[-1].isascii() else words[-1]
    words[-1] = f"(?:{words[-1]}|{re.escape(last)})s?"
    return re.compile(r"\b" + r"[\s\-]+".join(words) + r"\b(?!\s*=)", re.IGNORECASE)


def _meant(question: str, term: str, meaning: str) -> str:
    """The question with the meaning for the word; what was to be added up is not added up twice."""
    meaning = _TABLE.sub("", _ARTICLE.sub("", meaning.strip().rstrip(".")))
    total = re.compile(rf"\b(?:total|overall|sum of)\s+({_said(term).pattern})", re.IGNORECASE)
    if _SUMS.match(meaning):
        question = total.sub(r"\1", question)
        return _said(term).sub(lambda _: f"total {_SUMS.sub('', meaning)}", question)
    return _said(term).sub(lambda _: meaning, question)
