"""What exists but may not be read by this login."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import told
from apex.catalog_questions.wording import listed, sheet
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """The names of the hidden objects; nothing else is known of them."""
    hidden = question.catalog.hidden
    names = [str(name) for name in hidden]
    if hidden:
        verb = "object exists" if len(hidden) == 1 else "objects exist"
        words = f"{len(hidden):,} {verb} that this login may not read: {listed(names, most=20)}."
    else:
        words = "This login may read every table and view that the database shows to it."
    return told(
        words,
        sheet(("schema", "object"), ([name.schema, name.name] for name in hidden)),
        follow_ups=["Which tables are there?"],
        reason="what the login may not read is in the stored catalog",
    )


FORM = Form(
    name="hidden_objects",
    needs=(marks("hidden"),),
    allows=marks("table", "view", "database", "column", "all", "have", "row", "schema", "its", "first", "how many"),
    tell=tell,
)
