"""The columns of a table: `what columns does orders have?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.subjects import find_table
from apex.catalog_questions.wording import counted, listed, sheet, spoken
from core.catalog import Table
from core.values import Compiled, Result


def tell(question: CatalogQuestion) -> Compiled | None:
    """Name, type, nullability, default and comment of every column."""
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    table = subject.table
    names = listed([column.name for column in table.columns], most=30)
    words = f"{spoken(table, question.catalog)} has {counted(len(table.columns), 'column')}: {names}."
    return told(
        words,
        columns_sheet(table),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog, but="columns"),
        reason="the columns are in the stored catalog",
    )


def columns_sheet(table: Table) -> Result:
    """All that the catalog knows of a table's columns."""
    return sheet(
        ("column", "type", "nullable", "default", "comment"),
        ([each.name, each.type, each.nullable, each.default, each.comment] for each in table.columns),
    )


FORM = Form(
    name="list_columns",
    needs=(marks("column"),),
    allows=marks("table", "view", "have", "all", "its", "describe", "type", "row", "where", "schema", "database"),
    names=(0, 1),
    tell=tell,
)
