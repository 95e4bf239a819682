"""Slips of the pen in the names of things that are defined: one letter wrong, missing, doubled or swapped."""

from apex.context_questions.facts import Facts
from apex.context_questions.forms import LINEAGE, Asked
from apex.names import SLIP_LENGTH, key_of, names_of
from core.values import Clarification

_OPTIONS = 8


def mended(name: str, asked: Asked, facts: Facts) -> str | Clarification | None:
    """The only known name that is one slip away; a question back where there are several, None where there is none."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    key, places = key_of(name), names_of(facts.catalog)
    # The name of a column is no slip, though this form of question does not ask for columns.
    if len(key) < SLIP_LENGTH or key in places.columns:
        return None
    tables = {each: tables[0].name for each, tables in places.tables.items()}
    spelt = {**facts.spelt, **tables} if asked.form in LINEAGE else {**tables, **facts.spelt}
    near = [
        spelt[each] for each, _, _ in extract(key, list(spelt), scorer=OSA.distance, score_cutoff=1, limit=_OPTIONS)
    ]
    if len(near) > 1:
        return Clarification(question=f"Nothing is called {name}. Which one do you mean?", options=sorted(near))
    return near[0] if near else None
