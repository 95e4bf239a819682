"""What hundreds of people would type: every phrasing reaches its form, and the gate calls it a catalog question."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from apex.catalog_questions import FORMS, answer_from_catalog
from apex.intents import tell_intent
from core.catalog import Catalog

ROWS = {"count_entities"}


def _cases() -> Iterator[tuple[str, str, str]]:
    form, words = "", ""
    for line in Path(__file__).with_name("phrasings.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("== "):
            form, _, words = (part.strip() for part in line.removeprefix("== ").partition("|"))
        elif line and not line.startswith("#"):
            yield form, words, line


CASES = list(_cases())


@pytest.mark.parametrize(("form", "words", "question"), CASES, ids=[case[2] for case in CASES])
def test_every_phrasing_is_answered(form: str, words: str, question: str, catalog: Catalog) -> None:
    databases = ["shop", "archive"]
    compiled = answer_from_catalog(question, catalog, databases=databases)
    assert compiled is not None, "no form"
    assert compiled.status in ("told", "ready"), compiled
    assert words in compiled.words + compiled.sql
    assert compiled.reason.startswith(f"{form}: ")


@pytest.mark.parametrize(("form", "question"), [(form, question) for form, _, question in CASES])
def test_the_gate_knows_what_kind_it_is(form: str, question: str) -> None:
    assert tell_intent(question).kind in (("data",) if form in ROWS else ("catalog", "data"))


def test_most_are_called_catalog_questions_before_a_catalog_is_known() -> None:
    kinds = [tell_intent(question).kind for form, _, question in CASES if form not in ROWS]
    assert kinds.count("catalog") / len(kinds) >= 0.9


def test_each_form_has_many_phrasings() -> None:
    counts = Counter(form for form, _, _ in CASES)
    assert set(counts) >= {form.name for form in FORMS} - {"between_tables"}
    assert all(count >= 5 for count in counts.values()), counts
