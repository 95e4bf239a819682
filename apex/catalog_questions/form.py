"""A form of catalog question: the marks it needs and tolerates, how many names it takes, and how it is answered."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from apex.names import Names, common_form, words_of
from apex.questions.reading import NUMBER, Reading
from apex.questions.vocabulary import NEUTRAL, soft_words
from core.catalog import Catalog, Table, TableName
from core.values import Compiled


@dataclass(frozen=True, kw_only=True)
class CatalogQuestion:
    """A question that was read against a catalog; `recent` names the tables of the turn before."""

    reading: Reading
    names: Names
    recent: Sequence[str] = ()
    databases: Sequence[str] = ()
    ruled: Collection[TableName] = ()
    """Tables of which not every row counts, as the business says; what counts of them is no question of the catalog."""

    @property
    def catalog(self) -> Catalog:
        """The catalog that is asked about."""
        return self.names.catalog


def always(reading: Reading) -> bool:
    """Any shape will do."""
    return True


@dataclass(frozen=True, kw_only=True)
class Form:
    """One way to ask about a catalog.

    A question has this form when every group of `needs` is met by a mark, every other mark is in `allows` or carries no
    meaning, and the number of names lies within `names`. So nothing of the question is left unexplained.
    `tell` returns None when the form fits but the catalog shows that something else was meant.
    """

    name: str
    needs: tuple[frozenset[str], ...]
    tell: Callable[[CatalogQuestion], Compiled | None]
    allows: frozenset[str] = frozenset()
    names: tuple[int, int] = (0, 0)
    shape: Callable[[Reading], bool] = always
    """What marks and names alone do not tell, such as their order."""
    about_rows: bool = False
    """It asks about the rows, although the catalog is enough to write the statement."""

    def fits(self, reading: Reading) -> bool:
        """Whether the question has this form."""
        tolerated = NEUTRAL.union(self.allows, *self.needs)
        least, most = self.names
        return (
            all(group & reading.marks for group in self.needs)
            and all(piece.is_name or piece.mark in tolerated for piece in reading.pieces)
            and least <= len(reading.names) <= most
            and self.shape(reading)
        )

    def is_shadowed(self, reading: Reading) -> bool:
        """Whether a needed word is also one of the columns': `types of forms` may mean `forms.form_type`."""
        needed = [piece for piece in reading.pieces if any(piece.mark in group for group in self.needs)]
        words = {common_form(piece.folded) for piece in needed if piece.folded in soft_words()}
        if not words or any(
            piece.mark in ("table", "column") and piece.folded not in soft_words() for piece in reading.pieces
        ):
            return False
        tables = [table for piece in reading.names for table in piece.tables]
        return any(words & _column_words(table) for table in tables)


def _column_words(table: Table) -> set[str]:
    return {common_form(word) for column in table.columns for word in words_of(column.name)}


def marks(*names: str) -> frozenset[str]:
    """A set of marks, one of which is needed, or all of which are allowed."""
    return frozenset(names)


__all__ = ["NUMBER", "CatalogQuestion", "Form", "marks"]
