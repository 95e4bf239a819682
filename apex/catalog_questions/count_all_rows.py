"""The exact number of rows of every table, in one statement."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import impossible, ready
from apex.catalog_questions.selection import selected_tables
from apex.catalog_questions.statements import COUNTED_TABLES, count_each
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """One statement over all tables, or over the first ones by name where there are too many."""
    tables = selected_tables(question, views=False)
    if isinstance(tables, Compiled) or tables is None:
        return tables
    if not tables:
        return impossible("There are no tables to count.", reason="no tables")
    counted = tables[:COUNTED_TABLES]
    cut = f"Only the first {COUNTED_TABLES} of {len(tables):,} tables, by name, are counted."
    return ready(
        count_each(counted, question.catalog.dialect),
        tables=counted,
        notes=[cut] if len(tables) > COUNTED_TABLES else [],
        follow_ups=["Which tables are empty?", "What are the largest tables?"],
        reason="an exact row count of every table",
    )


FORM = Form(
    name="count_all_rows",
    needs=(marks("row count", "row"), marks("row count", "how many"), marks("per", "all", "table", "database")),
    allows=marks("have", "schema", "view"),
    tell=tell,
)
