"""What a name in a question about context means: a DataPoint, else a column or table of the catalog."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apex.context_questions.facts import Facts, full_name
from apex.context_questions.forms import LINEAGE, Asked
from apex.context_questions.slips import mended
from apex.names import key_of, names_of
from core.catalog import Column, Table
from core.datapoint import DataPoint
from core.lineage import column_thing, datapoint_thing, table_thing
from core.values import Clarification
from datapoints.kinds.column import ColumnDataPoint
from datapoints.kinds.table import ColumnNote, TableDataPoint

RANKS = (
    "metric", "concept", "entity", "dimension", "process", "dashboard", "query", "constraint", "column", "table",
    "workspace",
)  # fmt: skip
"""Of several kinds that bear one name, the first is meant; a metric and a concept explain the same word twice."""
_WORDS_OF_BUSINESS = ("metric", "concept")
_OF = (" of the ", " in the ", " of ", " in ", " from ", " on ")
_OPTIONS = 8


@dataclass(frozen=True)
class Subject:
    """What a question is about: a DataPoint, or a place of the catalog, or both where one explains the other."""

    name: str
    fact: DataPoint | None = None
    table: Table | None = None
    column: Column | None = None
    note: ColumnNote | None = None
    """What the DataPoint of its table says of a column."""
    slip: str = ""
    """How a name was read that is written like no known one."""

    def thing(self, database: str) -> str:
        """How lineage names it: by its place, where it has one."""
        if self.table and self.column:
            return column_thing(database, self.table.full_name, self.column.name)
        if self.table:
            return table_thing(database, self.table.full_name)
        return datapoint_thing(self.fact.id) if self.fact else ""


def subject_of(name: str, asked: Asked, facts: Facts) -> Subject | Clarification | None:
    """The one thing that is meant; a question back where it may be several, None where nothing is called so."""
    found = _called(name, asked, facts)
    near = mended(name, asked, facts) if found is None else None
    # What has the words of a question about data asks back only for what it names.
    if near is None or isinstance(near, Clarification):
        return found or (None if asked.open else near)
    found = _called(near, asked, facts)
    return replace(found, slip=f'"{name}" is read as {found.name}.') if isinstance(found, Subject) else found


def _called(name: str, asked: Asked, facts: Facts) -> Subject | Clarification | None:
    found = [each for each in facts.named(name) if asked.kind in ("", each.kind) or _is_place(asked, each)]
    if found and not (asked.form in LINEAGE and _is_table(name, asked, found, facts)):
        chosen = _chosen(found)
        return _subject(chosen[0], facts) if len(chosen) == 1 else _which(name, chosen)
    places = _places(name, asked, facts)
    if len(places) > 1:
        options = [f"{table.name}.{column.name}" if column else str(table.full_name) for table, column in places]
        return Clarification(question=f"Which {name} do you mean?", options=options[:_OPTIONS])
    return _place(name, *places[0], facts) if places else None


def _is_place(asked: Asked, fact: DataPoint) -> bool:
    """`The column country` may be explained as a dimension."""
    return asked.kind == "column" and fact.kind == "dimension"


def _is_table(name: str, asked: Asked, found: Sequence[DataPoint], facts: Facts) -> bool:
    """A table is what rests and is rested on, where its own name is typed and an entity is only called like it."""
    words = any(each.kind not in ("entity", "dimension", "table") for each in found)
    return not words and not asked.kind and name.lower() in facts.catalog.by_folded_name


def _chosen(found: Sequence[DataPoint]) -> Sequence[DataPoint]:
    """The first kind's; a word of the business that is explained twice remains so."""
    words = [each for each in found if each.kind in _WORDS_OF_BUSINESS]
    first = min((each.kind for each in found), key=lambda kind: RANKS.index(kind) if kind in RANKS else len(RANKS))
    return words or [each for each in found if each.kind == first]


def _which(name: str, chosen: Sequence[DataPoint]) -> Clarification:
    told = " or ".join(f"{each.id} ({each.kind}: {each.name})" for each in chosen[:_OPTIONS])
    return Clarification(
        question=f"{name} may mean {told}. Which one?", options=[each.id for each in chosen[:_OPTIONS]]
    )


def _subject(fact: DataPoint, facts: Facts) -> Subject:
    if isinstance(fact, TableDataPoint):
        return Subject(fact.name, fact, facts.catalog.by_text.get(full_name(fact.table, facts.catalog)))
    if isinstance(fact, ColumnDataPoint):
        table = facts.catalog.by_text.get(full_name(fact.table, facts.catalog))
        return Subject(fact.name, fact, table, table.column(fact.column) if table else None)
    return Subject(fact.name, fact)


def _places(name: str, asked: Asked, facts: Facts) -> list[tuple[Table, Column | None]]:
    """Tables and columns that the words may name."""
    names = names_of(facts.catalog)
    whole, part = _split(name)
    if part:
        in_tables = _tables(whole, facts)
        columns = [(table, each) for table in in_tables for each in table.columns if key_of(each.name) == key_of(part)]
        return [*columns] or [(table, None) for table in _tables(name, facts)]
    tables = _tables(name, facts) if asked.kind != "column" else ()
    if tables or asked.kind == "table":
        return [(table, None) for table in tables]
    # A word that merely is the name of some column rarely asks for that column, unless the form speaks of data.
    wanted = asked.form in LINEAGE or asked.kind == "column"
    return list(names.columns.get(key_of(name), ())) if wanted else []


def _tables(name: str, facts: Facts) -> Sequence[Table]:
    """The tables of a name, which may have a schema before its dot."""
    schema, _, bare = name.rpartition(".")
    tables = names_of(facts.catalog).tables.get(key_of(bare), ())
    return [table for table in tables if not schema or key_of(table.schema) == key_of(schema)]


def _split(name: str) -> tuple[str, str]:
    """Table and column of `orders.total` or `total of orders`; no column where it is one name."""
    for link in _OF:
        column, found, table = name.partition(link)
        if found:
            return table.removesuffix(" table").removeprefix("table "), column
    table, dot, column = name.rpartition(".")
    return (table, column) if dot else (name, "")


def _place(name: str, table: Table, column: Column | None, facts: Facts) -> Subject:
    """The place with the DataPoint that explains it, if there is one."""
    whole = facts.of_table(str(table.full_name))
    if column is None:
        return Subject(table.name, whole, table)
    called = f"{table.name}.{column.name}"
    own = facts.of_column(str(table.full_name), column.name)
    if own:
        return Subject(called, own, table, column)
    note = next((each for each in whole.columns if each.name == column.name), None) if whole else None
    return Subject(called, whole, table, column, note)
