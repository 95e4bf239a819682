"""Tells English from other languages, by script and by the small words that every sentence has."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from apex.intents.rule import Finding, Heard
from apex.sections import sections_of

ENGLISH = "English"
_LAST_LATIN = 0x24F
_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "Russian or another language in Cyrillic letters",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "THAI": "Thai",
    "DEVANAGARI": "Hindi",
}


def other_language(heard: Heard) -> Finding | None:
    """Without a model only English is understood; with one, any language is a question about data."""
    language = language_of(heard)
    if language == ENGLISH:
        return None
    if heard.model:
        return Finding(kind="data", reason=f"a question in {language}, for the model")
    return Finding(
        kind="unintelligible",
        reason=f"written in {language}, and there is no model",
        reply=f"This seems to be {language}. Without a model only English is understood; ask in English, or configure "
        "a model (DATACHAT_MODEL, OPENAI_API_KEY) that understands other languages.",
    )


def language_of(heard: Heard) -> str:
    """The language of a question; English unless another one is plain."""
    letters = [each for each in heard.text if each.isalpha()]
    foreign = [each for each in letters if ord(each) > _LAST_LATIN]
    if len(foreign) * 2 > len(letters):
        return _script(foreign[0])
    words = [word.folded for word in heard.words if not word.literal]
    scores = {language: sum(word in known for word in words) for language, known in small_words().items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 2 and scores[best] > scores[ENGLISH] else ENGLISH


@cache
def small_words() -> Mapping[str, frozenset[str]]:
    """The small words of each language."""
    found = sections_of("apex.intents", "languages.txt")
    return {language: frozenset(" ".join(lines).split()) for language, lines in found.items()}


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return _SCRIPTS.get(name, "a language other than English")
