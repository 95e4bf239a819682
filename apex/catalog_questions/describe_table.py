"""All that the catalog knows of a table: `describe orders`."""

from apex.catalog_questions import list_tables
from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.list_columns import columns_sheet
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.relations import key_in_words
from apex.catalog_questions.subjects import find_table, recent_tables
from apex.catalog_questions.wording import counted, listed, spoken
from core.catalog import Catalog, Table
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """Kind, comment, columns, keys and estimated rows; the whole database when that is what is named."""
    reading = question.reading
    if not reading.names and ("database" in reading.marks or not (recent_tables(question) or "its" in reading.marks)):
        return list_tables.tell(question) if reading.marks & {"database", "table", "schema"} else None
    if reading.names and not (reading.names[0].tables or reading.names[0].linked):
        return None
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    table, catalog = subject.table, question.catalog
    return told(
        words_about(table, catalog),
        columns_sheet(table),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, catalog, but="describe")[1:],
        reason="what the stored catalog knows of a table",
    )


def words_about(table: Table, catalog: Catalog) -> str:
    """A few sentences about a table."""
    names = listed([column.name for column in table.columns], most=30)
    keys = [key_in_words(table, key, catalog) for key in table.foreign_keys]
    sentences = [
        f"{spoken(table, catalog)} is a {table.kind} with {counted(len(table.columns), 'column')}: {names}.",
        f'Its comment says: "{table.comment}".' if table.comment else "",
        f"Its primary key is {listed(table.primary_key)}." if table.primary_key else "It has no primary key.",
        f"Foreign keys: {listed(keys)}." if keys else "",
        f"The database estimates {table.row_estimate:,} rows." if table.row_estimate is not None else "",
    ]
    return " ".join(filter(None, sentences))


_ALLOWED = marks(
    "table", "view", "column", "all", "its", "topic", "like", "schema", "database", "have", "row", "type", "meaning",
    "info",
)  # fmt: skip
FORM = Form(name="describe_table", needs=(marks("describe"),), allows=_ALLOWED, names=(0, 1), tell=tell)
DETAILS = Form(
    name="table_details",
    needs=(marks("info"), marks("table", "view", "column", "schema", "database")),
    allows=_ALLOWED,
    names=(0, 1),
    tell=tell,
)
