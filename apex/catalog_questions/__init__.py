"""Questions about the catalog itself, answered without a model. One file is one form; `FORMS` is the order of trying."""

from collections.abc import Sequence

from apex.catalog_questions import (
    count_columns,
    count_rows,
    count_tables,
    list_columns,
    list_tables,
    sample_rows,
)
from apex.catalog_questions.form import CatalogQuestion, Form
from apex.names import names_of
from apex.questions.reading import Reading, read
from core.catalog import Catalog
from core.values import Compiled, Remembered

FORMS: tuple[Form, ...] = (
    count_columns.FORM,
    count_rows.FORM,
    count_tables.FORM,
    list_columns.FORM,
    sample_rows.FORM,
    list_tables.FORM,
    count_rows.BARE_FORM,
)


def answer_from_catalog(
    text: str, catalog: Catalog, *, turns: Sequence[Remembered] = (), databases: Sequence[str] = ()
) -> Compiled | None:
    """What the catalog says to a question, or None when the question is not about the catalog."""
    names = names_of(catalog)
    recent = turns[-1].tables if turns else []
    question = CatalogQuestion(reading=read(text, names), names=names, recent=recent, databases=databases)
    for form in FORMS:
        compiled = form.tell(question) if form.fits(question.reading) else None
        if compiled:
            return compiled
    return None


def form_of(reading: Reading) -> Form | None:
    """The form that a question seems to have while nothing is known of the catalog."""
    return next((form for form in FORMS if form.fits(reading)), None)
