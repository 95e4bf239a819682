"""How tables are related: the neighbours of one, the path between two, or all foreign keys."""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import about, told
from apex.catalog_questions.relations import edges_of, edges_sheet, key_in_words, shortest_path
from apex.catalog_questions.subjects import Subject, find_table, recent_tables, resolve_table
from apex.catalog_questions.wording import counted, listed_as, spoken
from apex.questions.reading import Reading
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """A join path for two tables, the foreign keys around one, or those of the whole database."""
    names = question.reading.names
    if len(names) == 2:
        return _between(question)
    if names or "its" in question.reading.marks or (recent_tables(question) and not _means_all(question)):
        return _around(question)
    return _all(question)


def _between(question: CatalogQuestion) -> Compiled:
    sides: list[Subject] = []
    for piece in question.reading.names:
        subject = resolve_table(question, piece)
        if isinstance(subject, Compiled):
            return subject
        sides.append(subject)
    start, end, catalog = sides[0].table, sides[1].table, question.catalog
    path = shortest_path(start, end, catalog)
    first, second = spoken(start, catalog), spoken(end, catalog)
    if path is None:
        words = f"No foreign keys lead from {first} to {second}."
    elif path:
        direct = "directly" if len(path) == 1 else f"over {counted(len(path), 'foreign key')}"
        words = (
            f"{first} and {second} are related {direct}: {listed_as(path, lambda edge: key_in_words(*edge, catalog))}."
        )
    else:
        words = f"{first} and {second} are the same table."
    return told(
        words,
        edges_sheet(path or [], catalog),
        tables=[start, end] if start is not end else [start],
        assumptions=[*sides[0].assumptions, *sides[1].assumptions],
        follow_ups=about(start, catalog)[:2] + about(end, catalog)[:1],
        reason="a path over foreign keys",
    )


def _around(question: CatalogQuestion) -> Compiled:
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    table, catalog = subject.table, question.catalog
    edges = edges_of(table, catalog)
    name = spoken(table, catalog)
    told_edges = listed_as(edges, lambda edge: key_in_words(*edge, catalog), most=12)
    words = (
        f"{name} is related to other tables like this: {told_edges}."
        if edges
        else f"No foreign keys lead from or to {name}."
    )
    return told(
        words,
        edges_sheet(edges, catalog),
        tables=[table],
        assumptions=subject.assumptions,
        follow_ups=about(table, catalog, but="relationships"),
        reason="the foreign keys around one table",
    )


def _all(question: CatalogQuestion) -> Compiled:
    catalog = question.catalog
    edges = [(table, key) for table in catalog.tables for key in table.foreign_keys]
    words = f"The tables are related by {counted(len(edges), 'foreign key')}"
    some = listed_as(edges, lambda edge: key_in_words(*edge, catalog), most=12)
    return told(
        f"{words}: {some}." if edges else "The tables of this database have no foreign keys.",
        edges_sheet(edges, catalog),
        follow_ups=[f"Describe {spoken(edges[0][0], catalog)}"] if edges else ["Which tables are there?"],
        reason="all foreign keys",
    )


def _speaks_of_tables(reading: Reading) -> bool:
    """`The parts associated with each car` asks for rows."""
    return len(reading.names) < 2 or not reading.marks & {"all", "per"}


def _means_all(question: CatalogQuestion) -> bool:
    return bool(question.reading.marks & {"all", "database", "table"})


FORM = Form(
    name="relationships",
    needs=(marks("relationship"),),
    allows=marks(
        "table", "between", "column", "foreign key", "like", "all", "have", "its", "database", "schema", "topic",
        "where",
        "primary key", "row", "describe",
    ),
    names=(0, 2),
    shape=_speaks_of_tables,
    tell=tell,
)  # fmt: skip
BETWEEN = Form(
    name="between_tables",
    needs=(marks("between"), marks("table", "column", "foreign key", "relationship", "topic", "like")),
    allows=marks("have", "all", "primary key"),
    names=(2, 2),
    tell=tell,
)
