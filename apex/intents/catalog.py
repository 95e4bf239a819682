"""Questions about the catalog, recognised before any catalog is known."""

from apex.catalog_questions import LONGEST, form_of
from apex.intents.rule import Finding, Heard
from apex.questions.reading import Reading

_NAME_WORDS = 4


def about_catalog(heard: Heard) -> Finding | None:
    """A question of a known form, in which everything that is not understood stands where a name would."""
    if len(heard.words) > LONGEST:
        return None
    reading = heard.reading
    form = form_of(reading)
    if form is None or form.about_rows or not _is_sure(reading, form.name):
        return None
    return Finding(kind="catalog", reason=f"has the form {form.name}")


def _is_sure(reading: Reading, form: str) -> bool:
    """Nothing is named, or what is named stands where a name would in a question that speaks of a catalog."""
    if not reading.names:
        return "its" not in reading.marks or reading.is_plain
    if not any(piece.linked for piece in reading.names) or any(len(each.words) > _NAME_WORDS for each in reading.names):
        return False
    return reading.is_plain or form == "relationships" or any(piece.is_written_as_name for piece in reading.names)
