"""The primary, foreign and unique keys of one table or of all."""

from collections.abc import Callable, Sequence

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.relations import foreign_key_rows, key_in_words
from apex.catalog_questions.subjects import Subject, find_table, recent_tables
from apex.catalog_questions.wording import listed, sheet, spoken
from core.catalog import Catalog, Table
from core.values import Compiled, Result


def tell_primary(question: CatalogQuestion) -> Compiled | None:
    """The columns of the primary key."""
    return _tell(question, _primary_words, _primary_sheet)


def tell_foreign(question: CatalogQuestion) -> Compiled | None:
    """Every foreign key with the table and columns it refers to."""
    return _tell(question, _foreign_words, foreign_key_rows)


def tell_unique(question: CatalogQuestion) -> Compiled | None:
    """Every unique key; the primary key is one too."""
    return _tell(question, _unique_words, _unique_sheet)


def _tell(
    question: CatalogQuestion,
    words: Callable[[Sequence[Table], Catalog], str],
    rows: Callable[[Sequence[Table], Catalog], Result],
) -> Compiled | None:
    catalog = question.catalog
    if _means_all(question):
        tables: Sequence[Table] = catalog.tables
        return told(words(tables, catalog), rows(tables, catalog), reason="keys are in the stored catalog")
    subject = find_table(question)
    if not isinstance(subject, Subject):
        return subject
    return told(
        words([subject.table], catalog),
        rows([subject.table], catalog),
        tables=[subject.table],
        assumptions=subject.assumptions,
        follow_ups=about(subject.table, catalog),
        reason="keys are in the stored catalog",
    )


def _means_all(question: CatalogQuestion) -> bool:
    reading = question.reading
    if reading.names or any(piece.tables for piece in reading.pieces):
        return False
    return bool(reading.marks & {"all", "database", "per"}) or not ("its" in reading.marks or recent_tables(question))


def _primary_words(tables: Sequence[Table], catalog: Catalog) -> str:
    if len(tables) > 1:
        return f"{sum(1 for table in tables if table.primary_key):,} of {len(tables):,} tables have a primary key."
    (table,) = tables or (None,)
    if table is None:
        return "There are no tables."
    name = spoken(table, catalog)
    return (
        f"The primary key of {name} is {listed(table.primary_key)}."
        if table.primary_key
        else f"{name} has no primary key."
    )


def _primary_sheet(tables: Sequence[Table], catalog: Catalog) -> Result:
    return sheet(
        ("table", "primary_key"), ([spoken(table, catalog), ", ".join(table.primary_key) or None] for table in tables)
    )


def _foreign_words(tables: Sequence[Table], catalog: Catalog) -> str:
    keys = [key_in_words(table, key, catalog) for table in tables for key in table.foreign_keys]
    where = spoken(tables[0], catalog) if len(tables) == 1 else "This database"
    return (
        f"{where} has {len(keys):,} foreign key{'' if len(keys) == 1 else 's'}: {listed(keys, most=12)}."
        if keys
        else (f"{where} has no foreign keys.")
    )


def _unique_words(tables: Sequence[Table], catalog: Catalog) -> str:
    keys = [f"({', '.join(key)})" for table in tables for key in table.unique_keys]
    where = spoken(tables[0], catalog) if len(tables) == 1 else "This database"
    return (
        f"{where} has these unique keys: {listed(keys, most=12)}."
        if keys
        else (f"{where} has no unique keys besides the primary key.")
    )


def _unique_sheet(tables: Sequence[Table], catalog: Catalog) -> Result:
    rows = ([spoken(table, catalog), ", ".join(key)] for table in tables for key in table.unique_keys)
    return sheet(("table", "unique_key"), rows)


_ALLOWED = marks(
    "table", "column", "have", "all", "per", "its", "database", "like", "describe", "schema", "foreign key"
)
PRIMARY = Form(name="primary_key", needs=(marks("primary key"),), allows=_ALLOWED, names=(0, 1), tell=tell_primary)
FOREIGN = Form(
    name="foreign_keys",
    needs=(marks("foreign key"),),
    allows=_ALLOWED | marks("relationship", "primary key"),
    names=(0, 1),
    tell=tell_foreign,
)
UNIQUE = Form(name="unique_keys", needs=(marks("unique key"),), allows=_ALLOWED, names=(0, 1), tell=tell_unique)
