"""Whether a question is to be read with the one before: by a word that points back, how it begins, what it lacks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apex.language.courtesies import asked
from apex.language.tokens import Token
from apex.model import Model
from apex.reading.draft import Draft, Either, OneOf, Ref, Test, Wish
from apex.reading.follow_ups.words import adds, back, begins, says
from apex.reading.resolving import refs_of
from core.values.plans import ColumnOf, Plan


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """What ties a question to the one before."""

    points: bool
    """A word stands for what was asked before."""
    opens: bool
    """It begins as one that goes on."""
    lacks: bool
    """What it compares or orders by is said by nothing but what was asked before."""
    whole: bool
    """It says what is asked, and of which rows."""
    adds: bool
    """It wants more shown, and says nothing of the rows."""
    universal: bool
    """It asks of all rows there are."""
    bare: bool
    """It names things, without saying what of them is asked."""
    of_one: bool
    """It speaks of one person."""

    @property
    def leans(self) -> bool:
        """Whether it changes the question before, rather than asking another."""
        return self.points or self.lacks or not self.whole or self.adds or (self.opens and self.bare)


def leaning(tokens: Sequence[Token], draft: Draft, model: Model) -> Leaning:
    """How a question that was read as this draft leans on the one before."""
    return Leaning(
        points=points_back(tokens, draft),
        opens=begins(tokens, "openings"),
        whole=_is_whole(draft, model) or (bool(draft.outputs) and says_all(tokens)),
        lacks=draft.turned is not None or bool(draft.bounds or draft.than_that),
        universal=says_all(tokens),
        adds=adds(tokens) and not (draft.wishes or draft.extreme or draft.groups),
        bare=is_bare(draft),
        of_one=says(tokens, "one person"),
    )


def points_back(tokens: Sequence[Token], draft: Draft | None = None) -> bool:
    """Whether a word stands for what was asked before, and not for what the question itself has named."""
    named = _named_first(draft)
    nouns = {token.start for ref in refs_of(draft) for token in ref.piece.tokens} if draft else set[int]()
    return any(_points(tokens, place, nouns) and not _within(tokens, place, named) for place in range(len(tokens)))


def _points(tokens: Sequence[Token], place: int, nouns: Collection[int]) -> bool:
    word = tokens[place].folded
    before, behind = _word(tokens, place - 1), _word(tokens, place + 1)
    if word in back()["before nouns"]:
        # "This list" is the answer before, but "this table" or "this year" is none.
        return behind not in back()["present"]
    if word == "that":
        return before in back()["before that"] and behind not in back()["present"]
    if word == "there":
        # "How many students live there", but not "how many students are there".
        around = {before, behind} & back()["be"]
        return not around and place > 1 and tokens[place - 1].start not in nouns
    if word == "one":
        return before in back()["before one"]
    if word == "each":
        return behind in ("", "of", ",", "one", ".", "?")
    return word in back()["pronouns"]


def _word(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].folded if 0 <= place < len(tokens) else ""


def _named_first(draft: Draft | None) -> int | None:
    """Where the question names its first table."""
    starts = [ref.piece.tokens[0].start for ref in _tables(draft)] if draft else []
    return min(starts, default=None)


def _within(tokens: Sequence[Token], place: int, named: int | None) -> bool:
    """`stadiums and their capacities`, `students who sold their car`: what is meant stands in the question."""
    if named is None or tokens[place].start < named or tokens[place].folded not in back()["possessive"]:
        return False
    between = {token.folded for token in tokens[:place] if token.start > named}
    return bool(between & back()["joining"])


def says_all(tokens: Sequence[Token]) -> bool:
    """`the options of all channels`, but not "all of them"."""
    pairs = pairwise([token.folded for token in tokens])
    return any(one == "all" and other != "of" for one, other in pairs)


def _is_whole(draft: Draft, model: Model) -> bool:
    if draft.everything and draft.subjects:
        return True
    if not draft.subjects and any(term.aggregate == "count" and not (term.of or term.rows) for term in draft.outputs):
        # "The number for each shop": of what was spoken of.
        return False
    shown = any(term.of or term.rows or term.aggregate is None for term in draft.outputs)
    return shown and (bool(_tables(draft)) or any(_names_rows(wish, model) for wish in draft.wishes))


def _names_rows(wish: Wish | Either, model: Model) -> bool:
    """Whether a condition says which rows are meant: by a stored value, or by a key."""
    if isinstance(wish, OneOf):
        return any(ref.links or ref.piece.value == "name" for ref in wish.values)
    if not isinstance(wish, Test) or wish.operator != "=" or wish.left.aggregate or not wish.left.of:
        return False
    links = wish.left.of.links
    attribute = model.attribute(ColumnOf(table=links[0].table, column=links[0].column)) if links else None
    return attribute is not None and attribute.role in ("key", "reference")


def is_bare(draft: Draft) -> bool:
    """Whether all that is to be shown are rows of tables, by whatever they are called."""
    return bool(draft.outputs) and all(
        not term.measured and (term.of is None or term.of.meant == "table") for term in draft.outputs
    )


def _tables(draft: Draft) -> list[Ref]:
    return [ref for ref in refs_of(draft) if ref.meant == "table"]


def changes(question: str, before: Plan | None) -> bool:
    """Whether a question is about some rows of which the one before spoke, understood or not."""
    some = before is None or before.where is not None or before.limit is not None
    return some and points_back(asked(question))
