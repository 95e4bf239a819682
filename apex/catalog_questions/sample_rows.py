"""Some rows of a table: `show me 5 rows from public.users`."""

from apex.catalog_questions.form import NUMBER, CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, ready
from apex.catalog_questions.statements import sample_rows
from apex.catalog_questions.subjects import find_table
from apex.questions.reading import Reading
from core.values import Compiled

USUAL = 10


def tell(question: CatalogQuestion) -> Compiled | None:
    """As many rows as asked for, in no particular order."""
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    limit = _limit(question)
    notes = ["Rows come in the order in which the database hands them out."]
    if limit and question.reading.number is None:
        notes.append(f"{limit} rows were taken, since no number was given.")
    return ready(
        sample_rows(subject.table, question.catalog.dialect, limit=limit),
        tables=[subject.table],
        assumptions=subject.assumptions,
        notes=notes,
        follow_ups=about(subject.table, question.catalog, but="sample"),
        reason="rows as they are",
    )


def _limit(question: CatalogQuestion) -> int | None:
    """The number that was asked for; none for all rows, where the limit of the house holds."""
    if question.reading.number is not None:
        return question.reading.number
    if "all" in question.reading.marks or question.reading.holds("everything"):
        return None
    return 1 if question.reading.holds("row", "record", "entry") else USUAL


def _speaks_of_rows(reading: Reading) -> bool:
    """Not of a column, as in `the names of all entries`."""
    return reading.is_plain or not reading.holds("name", "names")


FORM = Form(
    name="sample_rows",
    needs=(marks("sample", "row"),),
    allows=marks(
        "table", "view", "all", "its", "have", "first", "row", "like", "schema", "describe", "distinct", NUMBER
    ),
    names=(0, 1),
    shape=_speaks_of_rows,
    tell=tell,
)
