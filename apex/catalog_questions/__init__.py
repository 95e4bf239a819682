"""Questions about the catalog itself, answered without a model: one file is one form, `FORMS` the order of trying."""

from collections.abc import Collection, Sequence

from apex.catalog_questions import (
    column_type,
    count_all_rows,
    count_columns,
    count_rows,
    count_tables,
    defaults,
    describe_table,
    distinct_values,
    empty_tables,
    engine,
    hidden_objects,
    keys,
    list_columns,
    list_databases,
    list_schemas,
    list_tables,
    list_views,
    meaning,
    null_columns,
    relationships,
    sample_rows,
    sizes,
    tables_with_column,
)
from apex.catalog_questions.form import CatalogQuestion, Form
from apex.catalog_questions.twofold import two_meanings
from apex.names import Names, names_of
from apex.questions.reading import UNKNOWN, Reading, read, words_in
from core.catalog import Catalog, TableName
from core.values import Compiled, Remembered

LONGEST = 40
"""Words of a question; longer ones are not about a catalog."""

FORMS: tuple[Form, ...] = (
    hidden_objects.FORM,
    engine.FORM,
    list_databases.FORM,
    empty_tables.FORM,
    sizes.FORM,
    count_all_rows.FORM,
    count_rows.FORM,
    count_columns.FORM,
    tables_with_column.FORM,
    relationships.FORM,
    relationships.BETWEEN,
    keys.FOREIGN,
    keys.PRIMARY,
    keys.UNIQUE,
    null_columns.FORM,
    defaults.FORM,
    column_type.FORM,
    meaning.FORM,
    describe_table.FORM,
    describe_table.DETAILS,
    list_columns.FORM,
    sample_rows.FORM,
    distinct_values.FORM,
    count_tables.FORM,
    list_views.FORM,
    list_schemas.FORM,
    list_tables.FORM,
    count_rows.BARE_FORM,
)
"""What asks for more comes before what it contains: `tables with a column`, then `columns`, then `tables`."""


def answer_from_catalog(
    text: str,
    catalog: Catalog,
    *,
    turns: Sequence[Remembered] = (),
    databases: Sequence[str] = (),
    ruled: Collection[TableName] = (),
) -> Compiled | None:
    """What the catalog says to a question, or None when the question is not about the catalog."""
    if len(words_in(text)) > LONGEST:
        return None
    names = names_of(catalog)
    reading = read(text, names)
    recent = turns[-1].tables if turns else []
    for read_as in (reading, *_continued(reading, turns, names)):
        question = CatalogQuestion(reading=read_as, names=names, recent=recent, databases=databases, ruled=ruled)
        compiled = _by_form(question)
        if compiled:
            return compiled
    return None


def form_of(reading: Reading) -> Form | None:
    """The form that a question seems to have while nothing is known of the catalog."""
    return next((form for form in FORMS if form.fits(reading)), None)


def _by_form(question: CatalogQuestion) -> Compiled | None:
    reading = question.reading
    twofold = two_meanings(question)
    if twofold and form_of(reading):
        return twofold
    certain = reading.is_plain and not any(piece.mark == UNKNOWN and not piece.linked for piece in reading.pieces)
    for form in FORMS:
        compiled = form.tell(question) if form.fits(reading) and not form.is_shadowed(reading) else None
        if compiled and (certain or form.about_rows or _is_exact(compiled)):
            return compiled.model_copy(update={"reason": f"{form.name}: {compiled.reason}"})
    return None


def _is_exact(compiled: Compiled) -> bool:
    """It answers, and no name had to be guessed."""
    return compiled.status in ("told", "ready") and compiled.confidence == 1.0


def _continued(reading: Reading, turns: Sequence[Remembered], names: Names) -> Sequence[Reading]:
    """The last catalog question with the names of this one: `and of customers?` after `the columns of orders`."""
    if not reading.is_bare or not turns or turns[-1].source != "catalog":
        return ()
    earlier = (read(turn.question, names) for turn in reversed(turns))
    whole = next((each for each in earlier if not each.is_bare), None)
    return [whole.with_names(reading.names)] if whole else []
