"""The type of a column, or of all columns of a table: `what type is orders.total?`"""

from apex.catalog_questions import list_columns
from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.subjects import find_column
from apex.catalog_questions.wording import sheet, spoken_column
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """The engine's own name of the type."""
    subject = find_column(question)
    if isinstance(subject, Compiled):
        return subject
    if subject.column is None:
        return list_columns.tell(question) if question.reading.is_plain else None
    table, column = subject.table, subject.column
    return told(
        f"{spoken_column(table, column, question.catalog)} is of type {column.type}"
        f"{' and may be NULL' if column.nullable else ' and is never NULL'}.",
        sheet(("column", "type", "nullable"), [[column.name, column.type, column.nullable]]),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="the type is in the stored catalog",
    )


FORM = Form(
    name="column_type",
    needs=(marks("type"),),
    allows=marks("column", "table", "have", "all", "its", "row", "schema", "describe", "distinct"),
    names=(0, 2),
    tell=tell,
)
