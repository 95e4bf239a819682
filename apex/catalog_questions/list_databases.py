"""The databases that can be asked: `which databases are there?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import told
from apex.catalog_questions.wording import counted, listed, sheet
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """The connections by name, the default one first."""
    names = list(question.databases)
    if not names:
        return None
    return told(
        f"{counted(len(names), 'database')} can be asked: {listed(names, most=20)}. The first is the default.",
        sheet(("database",), ([name] for name in names)),
        follow_ups=["Which tables are there?", "What database is this?"],
        reason="the connections by name",
    )


FORM = Form(
    name="list_databases",
    needs=(marks("databases"),),
    allows=marks("all", "have", "how many", "relationship", "database"),
    tell=tell,
)
