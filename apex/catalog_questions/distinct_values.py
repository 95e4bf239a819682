"""The distinct values of a column: `which values does orders.status have?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, ready
from apex.catalog_questions.statements import distinct_values
from apex.catalog_questions.subjects import find_column
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """One statement that lists them."""
    subject = find_column(question)
    if isinstance(subject, Compiled):
        return subject
    if subject.column is None:
        return None
    return ready(
        distinct_values(subject.table, subject.column, question.catalog.dialect),
        tables=[subject.table],
        assumptions=subject.assumptions,
        follow_ups=about(subject.table, question.catalog),
        reason="the distinct values of one column",
    )


FORM = Form(
    name="distinct_values",
    needs=(marks("distinct"),),
    allows=marks("column", "table", "have", "all", "its", "schema"),
    names=(1, 2),
    tell=tell,
)
