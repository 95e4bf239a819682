"""Whether a question is to be read with the one before: by a word that points back, by how it begins, by what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from apex.language.tokens import Token
from apex.reading.draft import Draft, OneOf, Ref
from apex.reading.follow_ups.words import back, begins, says
from apex.reading.resolving import refs_of
from core.values.plans import Plan


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """What ties a question to the one before."""

    points: bool
    """A word stands for what was asked before."""
    opens: bool
    """It begins as one that goes on."""
    whole: bool
    """It says what is asked, and of which rows."""
    adds: bool
    """It wants more shown, and says nothing of the rows."""
    bare: bool
    """It names things, without saying what of them is asked."""

    @property
    def leans(self) -> bool:
        """Whether it changes the question before, rather than asking another."""
        return self.points or not self.whole or self.adds or (self.opens and self.bare)


def leaning(tokens: Sequence[Token], draft: Draft) -> Leaning:
    """How a question that was read as this draft leans on the one before."""
    return Leaning(
        points=points_back(tokens, draft),
        opens=begins(tokens, "openings"),
        whole=_is_whole(draft),
        adds=says(tokens, "more") and not (draft.wishes or draft.extreme or draft.groups),
        bare=is_bare(draft),
    )


def points_back(tokens: Sequence[Token], draft: Draft | None = None) -> bool:
    """Whether a word stands for what was asked before, and not for what the question itself has named."""
    named = _named_first(draft)
    return any(_points(tokens, place) and not _within(tokens, place, named) for place in range(len(tokens)))


def _points(tokens: Sequence[Token], place: int) -> bool:
    word = tokens[place].folded
    before, behind = _word(tokens, place - 1), _word(tokens, place + 1)
    if word in back()["before nouns"]:
        # "This list" is the answer before, but "this table" or "this year" is none.
        return behind not in back()["present"]
    if word == "that":
        return before in back()["before that"] and behind not in back()["present"]
    if word == "there":
        return before not in back()["be"] and behind not in back()["be"] and place > 1
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


def _is_whole(draft: Draft) -> bool:
    if draft.everything and draft.subjects:
        return True
    shown = any(term.of or term.rows for term in draft.outputs)
    values = (ref for wish in draft.wishes if isinstance(wish, OneOf) for ref in wish.values)
    return shown and (bool(_tables(draft)) or any(ref.links for ref in values))


def is_bare(draft: Draft) -> bool:
    """Whether all that is to be shown are rows of tables, by whatever they are called."""
    return bool(draft.outputs) and all(
        not term.measured and (term.of is None or term.of.meant == "table") for term in draft.outputs
    )


def _tables(draft: Draft) -> list[Ref]:
    return [ref for ref in refs_of(draft) if ref.meant == "table"]


def changes(question: Sequence[Token], before: Plan) -> bool:
    """Whether a question is about some rows of which the one before spoke."""
    return (before.where is not None or before.limit is not None) and points_back(question)


def hazard(tokens: Sequence[Token], draft: Draft, before: Plan | None) -> float:
    """How much may be lost between two questions: 1 where this one points at something that was not understood."""
    tied = leaning(tokens, draft)
    if before is None:
        return 1.0 if tied.points else 0.0
    if tied.leans:
        return 0.0
    limited = before.where is not None or before.limit is not None
    return 0.5 if limited and not draft.wishes else 0.1
