"""The exact number of rows of one table: `how many rows does orders have?`, `how many orders are there?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, ready
from apex.catalog_questions.statements import count_rows
from apex.catalog_questions.subjects import find_table
from core.catalog import Table
from core.values import Compiled
from core.values.plans import Measure, Output, Plan


def tell(question: CatalogQuestion) -> Compiled | None:
    """One statement that counts."""
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    return ready(
        count_rows(subject.table, question.catalog.dialect),
        tables=[subject.table],
        assumptions=subject.assumptions,
        follow_ups=about(subject.table, question.catalog, but="row_count"),
        reason="an exact row count of one table",
        plan=_plan(subject.table),
    )


def _plan(table: Table) -> Plan:
    name = str(table.full_name)
    return Plan(table=name, outputs=[Output(value=Measure(aggregate="count", table=name))])


def tell_exactly(question: CatalogQuestion) -> Compiled | None:
    """The same, but only for a table that is named as it is, since nothing but its name says that rows are meant."""
    (piece,) = question.reading.names
    ruled = any(table.full_name in question.ruled for table in piece.tables)
    return tell(question) if piece.tables and not (ruled or all(map(_only_links, piece.tables))) else None


def _only_links(table: Table) -> bool:
    """A table of nothing but foreign keys holds pairs, not things that people count."""
    linking = {name for key in table.foreign_keys for name in key.columns}
    return bool(linking) and all(column.name in linking for column in table.columns)


FORM = Form(
    name="count_rows",
    needs=(marks("row count", "row"), marks("row count", "how many")),
    allows=marks("table", "view", "have", "all", "its", "database", "schema", "size"),
    names=(0, 1),
    tell=tell,
)
BARE_FORM = Form(
    name="count_entities",
    needs=(marks("how many"),),
    allows=marks("table", "have", "all", "database"),
    names=(1, 1),
    tell=tell_exactly,
    about_rows=True,
)
