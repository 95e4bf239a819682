"""What a form of catalog question is: the marks it needs and tolerates, how many names it takes, and how it is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apex.names import Names
from apex.questions.reading import NUMBER, Reading
from apex.questions.vocabulary import NEUTRAL
from core.catalog import Catalog
from core.values import Compiled


@dataclass(frozen=True, kw_only=True)
class CatalogQuestion:
    """A question that was read against a catalog; `recent` names the tables of the turn before."""

    reading: Reading
    names: Names
    recent: Sequence[str] = ()
    databases: Sequence[str] = ()

    @property
    def catalog(self) -> Catalog:
        """The catalog that is asked about."""
        return self.names.catalog


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
        )


def marks(*names: str) -> frozenset[str]:
    """A set of marks, one of which is needed, or all of which are allowed."""
    return frozenset(names)


__all__ = ["NUMBER", "CatalogQuestion", "Form", "marks"]
