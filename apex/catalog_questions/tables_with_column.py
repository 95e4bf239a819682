"""Which tables have a column like this: `which tables have a customer_id?`"""

from apex.catalog_questions.form import CatalogQuestion, Form, marks
from apex.catalog_questions.outcomes import impossible, told
from apex.catalog_questions.wording import counted, listed, sheet, spoken
from apex.names import Names, Place, common_form, words_of
from apex.questions.reading import Reading
from core.values import Compiled


def tell(question: CatalogQuestion) -> Compiled | None:
    """Every table with a column of that name, else with one that holds all its words."""
    names = [piece for piece in question.reading.names if not piece.schemas or piece.columns]
    if len(names) != 1:
        return None
    piece, catalog = names[0], question.catalog
    about_table = piece.tables and "column" not in question.reading.marks
    places = list(piece.columns) or ([] if about_table else _with_words(question.names, piece.text))
    if not places and (piece.tables or "column" not in question.reading.marks):
        return None
    if not places:
        near = question.names.close_columns(piece.text)
        options = listed([question.names.columns[key][0][1].name for key, _ in near])
        return impossible(
            f"No table has a column like {piece.text}." + (f" Did you mean {options}?" if near else ""),
            reason="no such column",
        )
    tables = list(dict.fromkeys(spoken(table, catalog) for table, _ in places))
    verb = "has" if len(tables) == 1 else "have"
    return told(
        f"{counted(len(tables), 'table')} {verb} a column like {piece.text}: {listed(tables, most=20)}.",
        sheet(
            ("schema", "table", "column", "type"),
            ([table.schema, table.name, column.name, column.type] for table, column in places),
        ),
        tables=[table for table, _ in places][:20] if len(tables) <= 20 else (),
        follow_ups=[f"What type is {tables[0]}.{places[0][1].name}?", f"What are the columns of {tables[0]}?"],
        reason="columns by name, in the stored catalog",
    )


def _asks_for_tables(reading: Reading) -> bool:
    """`tables with a column X`, `where is X stored`; but `columns of table X` asks for columns."""
    table, column, where = reading.place("table", "view"), reading.place("column"), reading.place("where")
    having = max((place for place, piece in enumerate(reading.pieces) if piece.mark in ("have", "like")), default=-1)
    name = next(place for place, piece in enumerate(reading.pieces) if piece.is_name)
    if table < 0:
        return where >= 0 and (column >= 0 or reading.holds("stored", "kept", "saved", "held", "database"))
    return (table < having or 0 <= where < table) and (column < 0 or table < column or where >= 0) and table < name


def _with_words(names: Names, text: str) -> list[Place]:
    wanted = {common_form(word) for word in words_of(text)}
    return [
        place
        for places in names.columns.values()
        if wanted <= {common_form(word) for word in words_of(places[0][1].name)}
        for place in places
    ]


FORM = Form(
    name="tables_with_column",
    needs=(marks("table", "view", "where"), marks("have", "column", "like", "where")),
    allows=marks("all", "column", "like", "topic", "database", "have", "where", "row"),
    names=(1, 1),
    shape=_asks_for_tables,
    tell=tell,
)
