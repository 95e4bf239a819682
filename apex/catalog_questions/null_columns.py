"""Which columns may be NULL, or whether one may."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.subjects import find_column
from apex.catalog_questions.wording import counted, listed, sheet, spoken, spoken_column
from core.catalog import Column
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """A yes or no for a column, a list for a table; `mandatory` and `not null` ask for the opposite."""
    subject = find_column(question)
    if isinstance(subject, Compiled):
        return subject
    table, column = subject.table, subject.column
    name = spoken(table, question.catalog)
    wanted = "not null" not in question.reading.marks
    columns = [column] if column else [each for each in table.columns if each.nullable is wanted]
    if column:
        words = f"{spoken_column(table, column, question.catalog)} {_may(column)} be NULL."
    else:
        can = "may be NULL" if wanted else "may not be NULL"
        names = listed([each.name for each in columns], most=30)
        words = f"{counted(len(columns), 'column')} of {name} {can}" + (f": {names}." if columns else ".")
    return told(
        words,
        sheet(("column", "type", "nullable"), ([each.name, each.type, each.nullable] for each in columns)),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="nullability is in the stored catalog",
    )


def _may(column: Column) -> str:
    return "may" if column.nullable else "may not"


FORM = Form(
    name="null_columns",
    needs=(marks("null", "not null"),),
    allows=marks("column", "table", "have", "all", "its", "row", "schema", "distinct"),
    names=(0, 2),
    tell=tell,
)
