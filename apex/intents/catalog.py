"""Questions about the catalog, recognised before any catalog is known."""

from apex.catalog_questions import form_of
from apex.intents.rule import CATALOG_WORDS, Finding, Heard

_NAME_WORDS = 4


def about_catalog(heard: Heard) -> Finding | None:
    """A question of a known form, in which everything that is not understood stands where a name would."""
    if len(heard.words) > CATALOG_WORDS:
        return None
    form = form_of(heard.reading)
    if form is None or form.about_rows:
        return None
    names = heard.reading.names
    if not heard.reading.is_plain:
        return None
    if not names or (any(piece.linked for piece in names) and all(len(piece.words) <= _NAME_WORDS for piece in names)):
        return Finding(kind="catalog", reason=f"has the form {form.name}")
    return None
