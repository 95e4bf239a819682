"""What rows are worth: the one sum of money in their table, which `total revenue` and `sales amount` speak of."""

from apex.language.sections import listed
from apex.linking.link import Link
from apex.model import Entity, Model
from apex.model.words import ends_with, name_words
from apex.reading.pieces import Piece

SAID, GENERIC = 0.9, 0.84
"""How sure the sum is where a word for money names the table, and where a word for any amount stands behind it."""


def worth_of(piece: Piece, model: Model) -> tuple[Link, ...]:
    """The sums of the tables that a word for money (`revenue`, `sales`) names."""
    if piece.tokens[-1].folded not in listed("worth.txt")["money"]:
        return ()
    tables = piece.only("table")
    return tuple(found for link in tables if (found := sum_of(link.table, model, SAID * link.score)))


def amounts_of(piece: Piece, owner: Piece, model: Model) -> tuple[Link, ...]:
    """What `amount` or `value` means behind the name of a table: its columns of that name, and its sum."""
    named = piece.only("column")
    if not is_amount(piece):
        return named
    known = {link.table for link in named if link.score > GENERIC}
    others = (sum_of(link.table, model, GENERIC) for link in owner.only("table") if link.table not in known)
    found = {link.place: link for link in others if link}
    return (*found.values(), *(link for link in named if link.place not in found))


def is_amount(piece: Piece) -> bool:
    """Whether a word says no more than that something is measured in money."""
    return piece.text.casefold() in listed("worth.txt")["amounts"]


def sum_of(table: str, model: Model, score: float) -> Link | None:
    """What the rows of a table are worth; None where that is open."""
    entity = model.entity(table)
    column = _money(entity) if entity else ""
    return Link("column", table, column, score=score, why="synonym") if column else None


def _money(entity: Entity) -> str:
    """The only amount, else the only price where nothing says how many were sold at it; empty where it is open."""
    names = {each.name: name_words(each.name) for each in entity.measures}
    amounts = [name for name, words in names.items() if ends_with(words, "amounts")]
    prices = [name for name, words in names.items() if ends_with(words, "prices")]
    several = any(ends_with(words, "quantities") for words in names.values())
    found = amounts or ([] if several else prices)
    return found[0] if len(found) == 1 else ""
