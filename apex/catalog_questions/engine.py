"""What database this is: engine and version."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import told
from apex.catalog_questions.wording import counted, sheet
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """Engine, version and dialect, as the connector found them."""
    catalog = question.catalog
    engine = catalog.engine or catalog.dialect
    return told(
        f"This database is {engine} (SQL dialect: {catalog.dialect}) with {counted(len(catalog.tables), 'table')} "
        "or views that this login may read.",
        sheet(("engine", "dialect", "tables"), [[engine, catalog.dialect, len(catalog.tables)]], numbers=["tables"]),
        follow_ups=["Which tables are there?", "How many tables are there?"],
        reason="the engine is in the stored catalog",
    )


FORM = Form(
    name="engine",
    needs=(marks("engine"),),
    allows=marks("database", "databases", "have", "its", "relationship", "like", "describe", "type", "topic"),
    tell=tell,
)
