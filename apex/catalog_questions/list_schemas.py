"""The schemas of a database: `which schemas exist?`"""

from collections import Counter

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import told
from apex.catalog_questions.wording import counted, listed, sheet
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """Every schema with its number of tables and views."""
    held = Counter(table.schema for table in question.catalog.tables)
    names = sorted(held)
    follow_ups = [f"Which tables are in schema {names[0]}?", "How many tables are there?"] if names else []
    return told(
        f"There {'is' if len(names) == 1 else 'are'} {counted(len(names), 'schema')}: {listed(names, most=20)}."
        if names
        else "There are no schemas with tables that this login may read.",
        sheet(("schema", "tables"), ([name, held[name]] for name in names), numbers=["tables"]),
        follow_ups=follow_ups,
        reason="the schemas are in the stored catalog",
    )


FORM = Form(
    name="list_schemas",
    needs=(marks("schema"),),
    allows=marks("database", "all", "have", "where", "its"),
    tell=tell,
)
