"""Some rows of a table: `show me 5 rows from public.users`."""

from apex.catalog_questions.form import NUMBER, CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, ready
from apex.catalog_questions.statements import sample_rows
from apex.catalog_questions.subjects import find_table
from core.values import Compiled

USUAL, MOST = 10, 1_000


def tell(question: CatalogQuestion) -> Compiled | None:
    """As many rows as asked for, in no particular order."""
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    wanted = 1 if question.reading.holds("row", "record", "entry") else USUAL
    limit = min(question.reading.number or wanted, MOST)
    assumptions = [*subject.assumptions, "Rows come in the order in which the database hands them out."]
    if question.reading.number is None:
        assumptions.append(f"{limit} rows were taken, since no number was given.")
    return ready(
        sample_rows(subject.table, question.catalog.dialect, limit=limit),
        tables=[subject.table],
        assumptions=assumptions,
        follow_ups=about(subject.table, question.catalog, but="sample"),
        reason="rows as they are",
    )


FORM = Form(
    name="sample_rows",
    needs=(marks("sample", "row"),),
    allows=marks(
        "table", "view", "all", "its", "have", "first", "row", "like", "schema", "describe", "distinct", NUMBER
    ),
    names=(0, 1),
    tell=tell,
)
