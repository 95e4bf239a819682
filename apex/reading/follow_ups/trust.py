"""How far a question that follows another is trusted: by itself where it stands alone, else also by what it changes."""

from apex.reading.draft import Draft
from apex.reading.follow_ups.leaning import Leaning
from apex.reading.parts import has_measure
from core.values.plans import Plan

ANSWERED = 0.72
"""The least certainty with which a question is answered that follows another; people see beside it what was before."""
CHANGED = 0.92
"""What is left of the certainty of a question that changes the one before."""
ENOUGH = 0.8
"""A question before that was at least so certain takes nothing away: what made it less certain is mostly what it had
shown, which the next one replaces. Below it rather its rows were wrong, and these stay."""
SEVERAL = 0.6
"""What is left where one person is spoken of, and the question before was about several."""
NARROWED = 0.8
"""What is left where nobody says whether all rows are meant, or only those that were spoken of."""


def trust(tied: Leaning, draft: Draft, plan: Plan, before: Plan | None, *, changes: bool, certain: float) -> float:
    """What is left of the certainty of a `plan` behind a question of which `before` was made, `certain` as it was."""
    if before is None:
        return 0.0 if tied.points else 1.0
    narrow = (before.where is not None or before.limit is not None) and plan.table == before.table
    named = any(term.of or term.rows for term in draft.outputs) and not (draft.wishes or draft.extreme or draft.groups)
    doubt = NARROWED if narrow and named and not (tied.points or tied.opens or tied.universal) else 1.0
    doubt *= SEVERAL if changes and tied.of_one and _is_of_several(before) else 1.0
    return doubt * (CHANGED * min(1.0, certain / ENOUGH) if changes else 1.0)


def _is_of_several(before: Plan) -> bool:
    """Whether rows were counted or grouped, so that nobody was spoken of."""
    return before.limit != 1 and any(has_measure(each.value) for each in before.outputs)
