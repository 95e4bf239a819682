"""The distinct values of a column: `which values does orders.status have?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, ready
from apex.catalog_questions.statements import distinct_values
from apex.catalog_questions.subjects import find_column
from core.catalog import Column, Table
from core.values import Compiled
from core.values.plans import ColumnOf, Order, Output, Plan


def tell(question: CatalogQuestion) -> Compiled | None:
    """One statement that lists them."""
    subject = find_column(question)
    if isinstance(subject, Compiled):
        return subject
    if subject.column is None:
        return None
    return ready(
        distinct_values(subject.table, subject.column, question.catalog.dialect),
        tables=[subject.table],
        assumptions=subject.assumptions,
        follow_ups=about(subject.table, question.catalog),
        reason="the distinct values of one column",
        plan=_plan(subject.table, subject.column),
    )


def _plan(table: Table, column: Column) -> Plan:
    shown = ColumnOf(table=str(table.full_name), column=column.name)
    return Plan(table=shown.table, outputs=[Output(value=shown)], distinct=True, order=[Order(by=shown)])


FORM = Form(
    name="distinct_values",
    needs=(marks("distinct"),),
    allows=marks("column", "table", "have", "all", "its", "schema"),
    names=(1, 2),
    tell=tell,
)
