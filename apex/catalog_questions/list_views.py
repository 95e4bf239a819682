"""The views of a database: `which views are there?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.list_tables import tables_sheet
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.selection import described, selected_tables
from apex.catalog_questions.wording import counted, listed_as, spoken
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """Every view with its columns and comment."""
    tables = selected_tables(question)
    if isinstance(tables, Compiled) or tables is None:
        return tables
    views = [table for table in tables if "view" in table.kind]
    where = described(question) or " in this database"
    if not views:
        return told(f"There are no views{where}.", tables_sheet(views), follow_ups=["Which tables are there?"])
    names = listed_as(views, lambda view: spoken(view, question.catalog), most=20)
    return told(
        f"There {'is' if len(views) == 1 else 'are'} {counted(len(views), 'view')}{where}: {names}.",
        tables_sheet(views),
        follow_ups=about(views[0], question.catalog),
        reason="the views are in the stored catalog",
    )


FORM = Form(
    name="list_views",
    needs=(marks("view"),),
    allows=marks("schema", "database", "all", "have", "topic", "like", "where"),
    names=(0, 1),
    tell=tell,
)
