"""What a form can come to: told from the catalog, one ready statement, a question back, or impossible."""

from collections.abc import Sequence

from apex.catalog_questions.wording import resting_on, spoken
from core.catalog import Catalog, Table
from core.values import Clarification, Compiled, Result
from core.values.plans import Plan

ASSUMED = 0.9
"""Confidence in an answer about a name that had to be guessed."""

SUGGESTIONS = (
    ("columns", "What are the columns of {table}?"),
    ("row_count", "How many rows does {table} have?"),
    ("sample", "Show me 5 rows of {table}"),
    ("relationships", "How is {table} related to other tables?"),
    ("describe", "Describe {table}"),
)
"""Form and question: what one may sensibly ask next about a table."""


def told(
    words: str,
    result: Result | None = None,
    *,
    tables: Sequence[Table] = (),
    assumptions: Sequence[str] = (),
    notes: Sequence[str] = (),
    follow_ups: Sequence[str] = (),
    reason: str = "",
) -> Compiled:
    """The catalog is the answer. `assumptions` were needed to find a name and lower the confidence; `notes` do not."""
    return Compiled(
        status="told",
        words=words,
        result=result,
        tables=[str(table.full_name) for table in tables],
        evidence=resting_on(*tables),
        assumptions=[*assumptions, *notes],
        confidence=ASSUMED if assumptions else 1.0,
        follow_ups=list(follow_ups),
        reason=reason,
    )


def ready(
    sql: str,
    *,
    tables: Sequence[Table],
    assumptions: Sequence[str] = (),
    notes: Sequence[str] = (),
    follow_ups: Sequence[str] = (),
    reason: str = "",
    plan: Plan | None = None,
) -> Compiled:
    """One statement answers it, which `plan` says for follow-ups to change; the rest is as for `told`."""
    return Compiled(
        status="ready",
        sql=sql,
        tables=[str(table.full_name) for table in tables],
        evidence=resting_on(*tables),
        assumptions=[*assumptions, *notes],
        confidence=ASSUMED if assumptions else 1.0,
        follow_ups=list(follow_ups),
        reason=reason,
        plan=plan,
    )


def ask_back(text: str, options: Sequence[str], *, reason: str) -> Compiled:
    """A clarification instead of an answer."""
    return Compiled(
        status="ambiguous",
        clarification=Clarification(question=text, options=list(options)),
        confidence=0.0,
        reason=reason,
    )


def impossible(words: str, *, reason: str) -> Compiled:
    """The question cannot be answered from this database."""
    return Compiled(status="impossible", words=words, reason=reason)


def about(table: Table, catalog: Catalog, *, but: str = "") -> list[str]:
    """Up to three next questions about a table, without the form that was just answered."""
    name = spoken(table, catalog)
    return [question.format(table=name) for form, question in SUGGESTIONS if form != but][:3]
