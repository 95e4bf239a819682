"""What a table or column means, from the comments in the database."""

from apex.catalog_questions.describe_table import words_about
from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, ask_back, told
from apex.catalog_questions.subjects import OPTIONS, Subject, disguised, find_column, find_table
from apex.catalog_questions.wording import counted, listed, sheet, spoken, spoken_column
from core.catalog import Catalog, Table
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """The comment of the one thing that is named; for a table its columns' comments too."""
    names = question.reading.names or disguised(question)[-1:]
    if not names and "its" not in question.reading.marks:
        return _all_comments(question)
    column_said = "column" in question.reading.marks or any(piece.columns for piece in disguised(question))
    only_table = len(names) == 1 and names[0].tables and not column_said
    subject = find_table(question) if only_table else find_column(question)
    if isinstance(subject, Compiled):
        return _shared_comment(question) or subject
    commented = subject.column.comment if subject.column else subject.table.comment
    if not (commented or question.reading.is_plain):
        return None
    return _of_column(question, subject) if subject.column else _of_table(question, subject)


def _of_column(question: CatalogQuestion, subject: Subject) -> Compiled:
    table, column = subject.table, subject.column
    if column is None:
        raise AssertionError("a subject without a column")
    name = spoken_column(table, column, question.catalog)
    words = (
        f'The comment on {name} says: "{column.comment}".'
        if column.comment
        else (f"The database holds no comment on {name}. It is of type {column.type}.")
    )
    return told(
        words,
        sheet(("table", "column", "comment"), [[str(table.full_name), column.name, column.comment]]),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="the comment in the stored catalog",
    )


def _of_table(question: CatalogQuestion, subject: Subject) -> Compiled:
    table = subject.table
    name = spoken(table, question.catalog)
    commented = [column for column in table.columns if column.comment]
    words = (
        words_about(table, question.catalog)
        if table.comment
        else (f"The database holds no comment on {name} itself; {counted(len(commented), 'column')} of it carry one.")
    )
    return told(
        words,
        sheet(("column", "comment"), ([column.name, column.comment] for column in table.columns)),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, question.catalog),
        reason="the comments in the stored catalog",
    )


def _shared_comment(question: CatalogQuestion) -> Compiled | None:
    """When several tables have the column, all their comments answer the question as well as a question back would."""
    names = question.reading.names or disguised(question)
    places = names[0].columns if len(names) == 1 else ()
    commented = [(table, column) for table, column in places if column.comment]
    if not commented or len(places) > OPTIONS:
        return None
    said = [f'{spoken_column(table, column, question.catalog)}: "{column.comment}"' for table, column in commented]
    return told(
        f"{counted(len(places), 'table')} have such a column. {listed(said)}.",
        sheet(
            ("table", "column", "comment"),
            ([str(table.full_name), column.name, column.comment] for table, column in places),
        ),
        tables=[table for table, _ in places],
        reason="the comments in the stored catalog",
    )


def _all_comments(question: CatalogQuestion) -> Compiled | None:
    if not question.reading.marks & {"table", "column", "all", "database"}:
        return ask_back("Of which table or column?", _some(question.catalog), reason="nothing is named")
    tables: list[Table] = [table for table in question.catalog.tables if table.comment]
    said = listed([f"{spoken(table, question.catalog)}: {table.comment}" for table in tables], most=8)
    return told(
        f"{counted(len(tables), 'table')} carry a comment" + (f". {said}." if tables else "."),
        sheet(("table", "comment"), ([str(table.full_name), table.comment] for table in question.catalog.tables)),
        reason="the comments in the stored catalog",
    )


def _some(catalog: Catalog) -> list[str]:
    return [spoken(table, catalog) for table in catalog.tables[:OPTIONS]]


FORM = Form(
    name="meaning",
    needs=(marks("meaning"),),
    allows=marks(
        "table", "view", "column", "have", "all", "its", "describe", "topic", "database", "schema", "row", "distinct"
    ),
    names=(0, 2),
    tell=tell,
)
