"""Which tables have no rows, or whether one has none."""

from apex.catalog_questions import count_rows
from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import impossible, ready
from apex.catalog_questions.selection import selected_tables
from apex.catalog_questions.statements import COUNTED_TABLES, empty_among
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """One statement that looks for a first row in every table."""
    if question.reading.names:
        return count_rows.tell(question)
    tables = selected_tables(question, views=False)
    if isinstance(tables, Compiled) or tables is None:
        return tables
    if not tables:
        return impossible("There are no tables.", reason="no tables")
    looked = tables[:COUNTED_TABLES]
    cut = f"Only the first {COUNTED_TABLES} of {len(tables):,} tables, by name, are looked into."
    return ready(
        empty_among(looked, question.catalog.dialect),
        tables=looked,
        notes=[cut] if len(tables) > COUNTED_TABLES else [],
        follow_ups=["How many rows does each table have?", "Which tables are there?"],
        reason="a look for a first row in every table",
    )


FORM = Form(
    name="empty_tables",
    needs=(marks("empty"), marks("table", "database", "its")),
    allows=marks("have", "all", "schema", "row", "where"),
    names=(0, 1),
    tell=tell,
)
