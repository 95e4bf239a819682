"""How far a question that follows another is trusted: as far as it would be alone, or as what it changes was.

The weights are those of a logistic regression over the turns of public conversations whose databases no tree had seen.
What changes nothing is right as often as it is alone, whatever went before.
"""

from math import exp, log

from apex.reading.draft import Draft
from apex.reading.follow_ups.leaning import Leaning, is_bare
from apex.reading.parts import has_measure
from core.values.plans import Plan

OWN, BEFORE = 0.75, 0.5
"""What the certainty of its own words weighs in a change, and that of the question that it changes."""
CHANGED = -0.8
"""What speaks against a change by itself."""
UNSAID, OF_THOSE = -1.2, -0.45
"""Nobody says whether all rows are meant, or only those that were spoken of; and where it is read as of those."""
BARE = -1.45
"""Rows are named, and not what of them is asked."""
SEVERAL = -1.0
"""One person is spoken of, and the question before was about several."""
MENDED, KEPT = 0.25, 0.7
"""So many of the clearest changes are right behind a question that was wrong, because they replace what was; and so
many more behind one that was right. What was wrong long ago does not wear off over many turns."""
LEAST = 0.02
"""Nothing is so unlikely, or so likely, that it could not be outweighed."""


def trust(
    sure: float, tied: Leaning, draft: Draft, plan: Plan, before: Plan | None, *, changes: bool, certain: float
) -> float:
    """The certainty of a `plan`, `sure` as it would be alone, behind a question of which `before` was made, `certain`
    as that was."""
    if before is None:
        return 0.0 if tied.leans else sure
    unsaid = _leaves_open(tied, draft, plan, before)
    open_ends = (OF_THOSE if changes else UNSAID) * unsaid + BARE * is_bare(draft)
    if not changes:
        return _likely(_odds(sure) + open_ends) if open_ends else sure
    open_ends += SEVERAL * (tied.of_one and _is_of_several(before))
    likely = _likely(CHANGED + OWN * _odds(sure) + BEFORE * _odds(certain) + open_ends)
    return round(min(likely, MENDED + KEPT * certain), 4)


def _likely(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 4)


def _odds(certainty: float) -> float:
    kept = min(1 - LEAST, max(LEAST, certainty))
    return log(kept / (1 - kept))


def _leaves_open(tied: Leaning, draft: Draft, plan: Plan, before: Plan) -> bool:
    """Whether some rows of the same table were spoken of, and this one only names what is to be shown."""
    narrow = (before.where is not None or before.limit is not None) and plan.table == before.table
    named = any(term.of or term.rows for term in draft.outputs) and not (draft.wishes or draft.extreme or draft.groups)
    return narrow and named and not (tied.points or tied.opens or tied.universal)


def _is_of_several(before: Plan) -> bool:
    """Whether rows were counted or grouped, so that nobody was spoken of."""
    return before.limit != 1 and any(has_measure(each.value) for each in before.outputs)
