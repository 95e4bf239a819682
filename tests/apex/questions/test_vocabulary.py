from collections import Counter

from apex.catalog_questions import FORMS
from apex.questions.vocabulary import (
    LINKS_ON,
    NEUTRAL,
    SOFT_MARKS,
    correctable_words,
    longest_phrase,
    marks,
    numbers,
    sections,
    soft_words,
)

LISTS = {"numbers", "correctable", "soft words"}


def test_no_phrase_is_claimed_by_two_marks() -> None:
    phrases = Counter(phrase for mark, each in sections().items() if mark not in LISTS for phrase in each)
    assert [phrase for phrase, count in phrases.items() if count > 1] == []


def test_phrases_are_lower_case_words() -> None:
    assert all(
        phrase == " ".join(phrase.casefold().split()) and phrase for each in sections().values() for phrase in each
    )
    assert longest_phrase() <= 6


def test_marks_that_the_code_speaks_of_exist() -> None:
    known = set(marks().values()) | {"number"}
    assert known >= (SOFT_MARKS | LINKS_ON | NEUTRAL)
    for form in FORMS:
        assert form.allows.union(*form.needs) <= known, form.name


def test_lists_speak_of_known_words() -> None:
    known = {" ".join(words) for words in marks()}
    assert soft_words() <= known
    assert set(correctable_words()) <= known
    assert numbers()["three"] == 3
