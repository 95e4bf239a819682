"""Which tables a question about several tables means: all, those of a schema, those about something."""

from apex.catalog_questions.form import CatalogQuestion
from apex.catalog_questions.outcomes import impossible
from apex.catalog_questions.subjects import no_schema
from apex.names import common_form, words_of
from apex.questions.reading import Piece
from core.catalog import Table
from core.values import Compiled


def selected_tables(question: CatalogQuestion, *, views: bool = True) -> list[Table] | Compiled | None:
    """The tables in question, by schema and name; None when the name in it is no schema and no topic either."""
    tables = [table for table in question.catalog.tables if views or "view" not in table.kind]
    schema, names = question.reading.schema, question.reading.names
    if schema and not schema.schemas:
        return no_schema(question, schema)
    if schema:
        tables = [table for table in tables if table.schema in schema.schemas]
    elif names and names[0].schemas and not names[0].tables:
        tables = [table for table in tables if table.schema in names[0].schemas]
        names = ()
    if names:
        return _about(question, tables, names[0])
    return sorted(tables, key=lambda table: (table.schema, table.name))


def described(question: CatalogQuestion) -> str:
    """The selection in words, to stand after `tables`."""
    schema, names = question.reading.schema, question.reading.names
    if schema:
        return f" in schema {schema.schemas[0]}"
    if names and names[0].schemas and not names[0].tables:
        return f" in schema {names[0].schemas[0]}"
    return f" about {names[0].text}" if names else ""


def _about(question: CatalogQuestion, tables: list[Table], topic: Piece) -> list[Table] | Compiled | None:
    """Tables whose name, comment or columns speak of the topic; the name counts before the rest."""
    if not question.reading.marks & {"topic", "like", "have"} and not topic.linked:
        return None
    inside = {table.full_name for table in tables}
    by_name = [table for table in question.names.tables_with_words(topic.text) if table.full_name in inside]
    wanted = {common_form(word) for word in words_of(topic.text)}
    found = by_name or [table for table in tables if _speaks_of(table, wanted)]
    if not found:
        return impossible(
            f"No table, column or comment of this database mentions {topic.text}.",
            reason=f"nothing is about {topic.text}",
        )
    return sorted(found, key=lambda table: (table.schema, table.name))


def _speaks_of(table: Table, wanted: set[str]) -> bool:
    return wanted <= _stems(table.comment or "") or any(wanted <= _stems(column.name) for column in table.columns)


def _stems(text: str) -> set[str]:
    return {common_form(word) for word in words_of(text)}
