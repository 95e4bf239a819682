"""The default values of columns."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.subjects import find_column
from apex.catalog_questions.wording import listed, sheet, spoken, spoken_column
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """The default of a column, or all defaults of a table, as SQL."""
    subject = find_column(question)
    if isinstance(subject, Compiled):
        return subject
    table, column = subject.table, subject.column
    name = spoken(table, question.catalog)
    columns = [column] if column else [each for each in table.columns if each.default is not None]
    if column:
        found = f"defaults to {column.default}" if column.default is not None else "has no default"
        words = f"{spoken_column(table, column, question.catalog)} {found}."
    elif columns:
        words = f"In {name}, {listed([f'{each.name} defaults to {each.default}' for each in columns], most=20)}."
    else:
        words = f"No column of {name} has a default."
    return told(
        words,
        sheet(("column", "default"), ([each.name, each.default] for each in columns)),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="defaults are in the stored catalog",
    )


FORM = Form(
    name="defaults",
    needs=(marks("default"),),
    allows=marks("column", "table", "have", "all", "its", "schema", "distinct"),
    names=(0, 2),
    tell=tell,
)
