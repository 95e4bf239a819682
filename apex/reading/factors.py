"""What speaks for and against a reading, as a few numbers that a person can check."""

from collections import Counter
from collections.abc import Mapping
from math import log

from apex.model import Model
from apex.reading.candidate import Candidate
from apex.reading.draft import Draft, OneOf
from apex.reading.resolving import refs_of
from apex.reading.settling import Settled
from core.values.plans import ColumnOf, Measure, Plan

_OPERATORS = (
    "extremes", "grouping", "existence", "counts", "comparisons", "values", "years", "patterns", "averages", "ordering",
    "ranges",
)  # fmt: skip
_UNSURE = ("part", "stem", "synonym", "short", "implied", "display", "like value", "year", "key")


def factors_of(candidate: Candidate, settled: Settled, margin: float, model: Model) -> Mapping[str, float]:
    """The factors of one reading; `margin` is how much it is ahead of the next."""
    draft, plan = candidate.draft, settled.plan
    links = list(candidate.meaning.links.values())
    skipped = [piece for piece in draft.skipped if piece.sign not in "u"]
    content = sum(1 for piece in candidate.sentence.pieces if piece.sign in "TCBVJNxHSGMA#v")
    found: dict[str, float] = {
        "unexplained": min(1.0, sum(len(piece.tokens) for piece in skipped) / max(1, content)),
        "any unexplained": float(bool(skipped)),
        "units": float(len(draft.skipped) > len(skipped)),
        "weakest name": -log(min((link.score for link in links), default=1.0)),
        "names": -sum(log(link.score) for link in links),
        "margin": min(margin, 1.0),
        "no rival": float(margin > 1.0),
        "joins": float(min(candidate.meaning.joins, 3)),
        "guessed way": float(settled.guessed > 0),
        "told way": float(settled.told > 0),
        "outputs": float(len(plan.outputs) > 2),
        "entity shown": float(
            any(term.of is None or term.of.meant == "table" for term in draft.outputs if not term.measured)
        ),
        "no display": float("no display" in candidate.notes),
        "assumed column": float("assumed column" in candidate.notes),
        "doubts": float(len(draft.doubts)),
        "idle": float(_idle(candidate)),
        "unknown verbs": float(
            sum(piece.sign == "v" and piece.value == "unknown" for piece in candidate.sentence.pieces)
        ),
        "left open": float("left open" in draft.doubts),
        "side by side": float("side by side" in draft.doubts),
        "verbs": float(sum(piece.sign == "v" for piece in candidate.sentence.pieces)),
        "repeated rows": float(_repeats(plan, model)),
        "related": float('"related"' in plan.model_dump_json(exclude_none=True)),
        "both": float(plan.combined is not None),
        "distinct": float(plan.distinct),
        "two questions": float("." in candidate.signs),
        "several values": float(any(isinstance(wish, OneOf) and len(wish.values) > 1 for wish in draft.wishes)),
        "conditions": float(max(0, len(draft.wishes) - 1)),
        "measures": float(sum(isinstance(each.value, Measure) for each in plan.outputs) > 1),
        "sum": float(any(isinstance(each.value, Measure) and each.value.aggregate == "sum" for each in plan.outputs)),
        "subjects": float(max(0, len({link.table for link in links}) - 2)),
        "repeated values": _repeated_values(plan, model),
        "table or column": float(sum(piece.sign == "B" for piece in candidate.sentence.pieces)),
        "ties": float(min(3, _ties(candidate))),
        "value ties": float(min(3, _ties(candidate, kind="value"))),
        "counted apart": float(
            "COUNT(DISTINCT" in settled.compilation.sql and not (_asks_for_distinct(candidate) or draft.common)
        ),
        "negated": float("!" in candidate.signs),
        "who": float("P" in candidate.signs),
        "where left": float(sum(sign in "wh" for sign in candidate.signs) > len(draft.wishes) + bool(draft.extreme)),
        "words": len(candidate.sentence.pieces) / 10,
    }
    found |= _grouping(draft, plan)
    for rule in _OPERATORS:
        found[rule] = float(rule in draft.rules)
    for why in _UNSURE:
        found[f"by {why}"] = float(any(link.why == why for link in links))
    return found


def _grouping(draft: Draft, plan: Plan) -> dict[str, float]:
    """What speaks against groups; "for each" before all else, and what all have in common, say that they are meant."""
    measured = any(term.measured for term in draft.outputs)
    return {
        "each unmeasured": float(draft.each and not draft.groups_first and not measured),
        "grouped": float(bool(plan.group) and not draft.common),
    }


def _repeated_values(plan: Plan, model: Model) -> float:
    """How much of what is shown is a repetition, where one plain column is shown."""
    only = plan.outputs[0].value if len(plan.outputs) == 1 else None
    if not isinstance(only, ColumnOf) or plan.distinct or plan.limit or plan.group:
        return 0.0
    entity = model.entity(only.table)
    measured = model.profile.columns.get((entity.name, only.column)) if entity else None
    if entity is None or measured is None or not entity.rows or measured.distinct is None:
        return 0.0
    return max(0.0, 1 - measured.distinct / entity.rows)


def _ties(candidate: Candidate, *, kind: str = "column") -> int:
    """How many other things names may have meant as well, in tables that are spoken of."""
    total = 0
    spoken = Counter(link.table for link in candidate.meaning.links.values())
    for ref in dict.fromkeys(refs_of(candidate.draft)):
        chosen = candidate.meaning.of(ref)
        if chosen and chosen.kind == kind:
            owner = candidate.meaning.of(ref.owner) if ref.owner else None
            total += sum(
                other.place != chosen.place
                and other.score >= chosen.score - 0.06
                and (owner is None or other.table == owner.table)
                and (other.table in spoken or spoken[chosen.table] == 1)
                for other in ref.links
            )
    return total


def _asks_for_distinct(candidate: Candidate) -> bool:
    return any(term.distinct for term in candidate.draft.outputs)


def _idle(candidate: Candidate) -> int:
    """Openings behind which nothing was said that a rule could read."""
    signs = candidate.signs.rstrip(".")
    return int(signs[-1:] in set("rwhi&|,o!E#A>~lM")) + signs.count("!!") + ("Q" in signs.lstrip("iEQTCB,od")[1:])


def _repeats(plan: Plan, model: Model) -> bool:
    """Whether a row may be shown several times, because a condition is on several related rows."""
    if plan.distinct or plan.group or any(isinstance(each.value, Measure) for each in plan.outputs):
        return False
    shown = {each.value.table for each in plan.outputs if isinstance(each.value, ColumnOf)}
    start = model.entity(plan.table)
    used = _tables(plan) - shown
    return any(
        start and other and (paths := model.paths(start.name, other.name)) and paths[0].multiplies
        for other in map(model.entity, used)
    )


def _tables(plan: Plan) -> set[str]:
    from apex.compile.walk import tables_of

    return set(map(str, tables_of(plan)))
