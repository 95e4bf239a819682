"""Finds the table or column that a catalog question speaks of, or what to ask back when that is not certain."""

from collections.abc import Sequence
from dataclasses import dataclass

from apex.catalog_questions.form import CatalogQuestion
from apex.catalog_questions.outcomes import ask_back, impossible
from apex.catalog_questions.wording import listed, listed_as, spoken, spoken_column
from apex.names import Place, key_of
from apex.questions.reading import NEUTRAL, Piece
from core.catalog import Column, Table
from core.values import Compiled

SURE = 85.0
"""A misspelt name this much like a real one (of 100) is taken for it, when no other comes within LEAD."""
LEAD = 6.0
OPTIONS = 8


@dataclass(frozen=True)
class Subject:
    """What is spoken of, and what had to be assumed to find it."""

    table: Table
    column: Column | None = None
    assumptions: tuple[str, ...] = ()


def find_table(question: CatalogQuestion) -> Subject | Compiled:
    """The one table that is named, or that the turn before spoke of."""
    named = question.reading.names or [piece for piece in disguised(question) if piece.tables]
    if named:
        return resolve_table(question, named[-1] if len(named) == 1 else named[0])
    recent = recent_tables(question)
    if len(recent) == 1:
        return Subject(recent[0])
    options = [spoken(table, question.catalog) for table in (recent or question.catalog.tables)[:OPTIONS]]
    return ask_back("Which table do you mean?", options, reason="no table is named")


def resolve_table(question: CatalogQuestion, piece: Piece) -> Subject | Compiled:
    """The table that a piece names: itself, its plural or singular, or the one it is a misspelling of."""
    schema = question.reading.schema
    if schema and not schema.schemas:
        return no_schema(question, schema)
    tables = _in_schema(question, piece.tables)
    if len(tables) == 1:
        return Subject(tables[0])
    if tables:
        options = [spoken(table, question.catalog, qualify=True) for table in tables[:OPTIONS]]
        return ask_back(
            f"Which {piece.text} do you mean?", options, reason=f"{len(tables)} tables are called {piece.text}"
        )
    return _nearest_table(question, piece)


def find_column(question: CatalogQuestion) -> Subject | Compiled:
    """The one column that is named, with its table; without a table the only one that has it."""
    named = list(question.reading.names)
    dotted = [place for piece in named if piece.words[0].literal for place in piece.columns]
    if len(named) == 1 and len(dotted) == 1:
        return Subject(*dotted[0])
    if len(named) >= 2:
        return _column_of_named_table(question, named[0], named[-1])
    if (named and named[0].tables and not named[0].columns) or not named:
        return _column_in_disguise(question)
    return _column_anywhere(question, named[0])


def column_in(table: Table, piece: Piece) -> Column | None:
    """The column of `table` that a piece names."""
    exact = table.column(piece.text)
    if exact:
        return exact
    key = key_of(piece.text)
    return next((column for column in table.columns if key_of(column.name) == key), None)


def no_schema(question: CatalogQuestion, piece: Piece) -> Compiled:
    """There is no such schema, but these."""
    known = listed(list(dict.fromkeys(table.schema for table in question.catalog.tables)))
    return impossible(f"There is no schema {piece.text}. The schemas are: {known}.", reason="no such schema")


def disguised(question: CatalogQuestion) -> list[Piece]:
    """Names that are also words of the vocabulary, as in `columns of views` or `what does total mean`.

    The first word of a mark that matters is taken as that word: in `type of the type column` the second is the name.
    """
    pieces = question.reading.pieces
    firsts = {piece.mark: piece for piece in reversed(pieces)}
    return [
        piece
        for piece in pieces
        if (piece.tables or piece.columns)
        and not piece.is_name
        and (piece.mark in NEUTRAL or firsts[piece.mark] is not piece or piece.linked)
    ]


def recent_tables(question: CatalogQuestion) -> list[Table]:
    """The tables of the turn before that still exist."""
    known = question.catalog.by_text
    return [known[name] for name in question.recent if name in known]


def _in_schema(question: CatalogQuestion, tables: tuple[Table, ...]) -> tuple[Table, ...]:
    schema = question.reading.schema
    if schema is None:
        return tuple(tables)
    return tuple(table for table in tables if table.schema in schema.schemas)


def _nearest_table(question: CatalogQuestion, piece: Piece) -> Subject | Compiled:
    catalog = question.catalog
    close = question.names.close_tables(piece.text)
    holding = question.names.tables_with_words(piece.text)
    if close and close[0][1] >= SURE and (len(close) == 1 or close[0][1] - close[1][1] >= LEAD):
        return _assumed(question, piece, close[0][0])
    if len(holding) == 1:
        return _assumed(question, piece, holding[0])
    near = list(dict.fromkeys([*holding[:OPTIONS], *(table for table, _ in close)]))[:OPTIONS]
    if near:
        return ask_back(
            f"There is no table {piece.text}. Did you mean one of these?",
            [spoken(table, catalog) for table in near],
            reason=f"no table is called {piece.text}",
        )
    some = listed_as(catalog.tables, lambda table: spoken(table, catalog), most=OPTIONS)
    return impossible(
        f"There is no table {piece.text} in this database." + (f" It has {some}." if some else " It has no tables."),
        reason=f"no table is called {piece.text}",
    )


def _assumed(question: CatalogQuestion, piece: Piece, table: Table) -> Subject:
    name = spoken(table, question.catalog)
    return Subject(table, assumptions=(f"{piece.text} means {name}, since there is no table {piece.text}.",))


def _column_of_named_table(question: CatalogQuestion, first: Piece, last: Piece) -> Subject | Compiled:
    for table_piece, column_piece in ((last, first), (first, last)):
        found = _exact_column(question, table_piece, column_piece)
        if found:
            return found
    table_piece, column_piece = (first, last) if first.tables and not last.tables else (last, first)
    subject = resolve_table(question, table_piece)
    return subject if isinstance(subject, Compiled) else _nearest_column(question, subject, column_piece)


def _exact_column(question: CatalogQuestion, table_piece: Piece, column_piece: Piece) -> Subject | Compiled | None:
    having = [table for table in _in_schema(question, table_piece.tables) if column_in(table, column_piece)]
    if len(having) == 1:
        return Subject(having[0], column_in(having[0], column_piece))
    return resolve_table(question, table_piece) if having else None


def _nearest_column(question: CatalogQuestion, subject: Subject, piece: Piece) -> Subject | Compiled:
    table, catalog = subject.table, question.catalog
    exact = column_in(table, piece)
    if exact:
        return Subject(table, exact, subject.assumptions)
    close = question.names.close_columns(piece.text, among=table)
    columns = {key_of(column.name): column for column in table.columns}
    if close and close[0][1] >= SURE and (len(close) == 1 or close[0][1] - close[1][1] >= LEAD):
        column = columns[close[0][0]]
        text = f"{piece.text} means {column.name}, since {spoken(table, catalog)} has no column {piece.text}."
        return Subject(table, column, (*subject.assumptions, text))
    if close:
        return ask_back(
            f"{spoken(table, catalog)} has no column {piece.text}. Did you mean one of these?",
            [spoken_column(table, columns[key], catalog) for key, _ in close],
            reason=f"no column is called {piece.text}",
        )
    names = listed([column.name for column in table.columns], most=12)
    return impossible(
        f"{spoken(table, catalog)} has no column {piece.text}. Its columns are {names}.",
        reason=f"no column is called {piece.text}",
    )


def _column_in_disguise(question: CatalogQuestion) -> Subject | Compiled:
    """A column that is called like a word of the vocabulary, as in `type of name in customers`; else the table."""
    pieces = [piece for piece in disguised(question) if piece.columns]
    if pieces and not question.reading.names and not recent_tables(question):
        return _column_anywhere(question, pieces[-1])
    subject = find_table(question)
    if isinstance(subject, Compiled):
        return subject
    columns = [column_in(subject.table, piece) for piece in reversed(pieces)]
    return Subject(subject.table, next(filter(None, columns), None), subject.assumptions)


def _column_anywhere(question: CatalogQuestion, piece: Piece) -> Subject | Compiled:
    recent = {table.full_name for table in recent_tables(question)}
    places: Sequence[Place] = [place for place in piece.columns if place[0].full_name in recent] or piece.columns
    if len(places) == 1:
        return Subject(*places[0])
    if places:
        options = [spoken_column(table, column, question.catalog) for table, column in places]
        shown = options[:OPTIONS]
        more = f" ({len(options)} tables have one; these are the first {OPTIONS})" if len(options) > OPTIONS else ""
        return ask_back(f"Which {piece.text} do you mean?{more}", shown, reason=f"{len(options)} tables have it")
    tables = recent_tables(question)
    if tables and question.names.close_columns(piece.text, among=tables[0]):
        return _nearest_column(question, Subject(tables[0]), piece)
    return _misspelt_column(question, piece)


def _misspelt_column(question: CatalogQuestion, piece: Piece) -> Subject | Compiled:
    close = question.names.close_columns(piece.text)
    near = [place for key, _ in close for place in question.names.columns[key]]
    if len(near) == 1 and close[0][1] >= SURE:
        name = spoken_column(*near[0], question.catalog)
        return Subject(*near[0], (f"{piece.text} means {name}, since there is no column {piece.text}.",))
    if near:
        text = f"There is no column {piece.text}. Did you mean one of these?"
        options = [spoken_column(table, column, question.catalog) for table, column in near[:OPTIONS]]
        return ask_back(text, options, reason="no such column")
    return impossible(f"There is no column {piece.text} in this database.", reason=f"no column is called {piece.text}")
