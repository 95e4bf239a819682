"""`by gateway`, `per payment method and month`, `which merchants`, and names that stand alone: `merchants with ...`."""

from apex.metric_questions.homes import is_declared
from apex.metric_questions.reach import Place
from apex.metric_questions.scan import LONGEST_PLACE, CannotError, Cue, Scan
from apex.metric_questions.words import named
from apex.metrics.groups import apart, named_group
from apex.names import common_form, key_of, names_of
from core.values.plans import Grain, Part

_PARTS: dict[str, Part] = {
    "weekday": "weekday", "hour of day": "hour of day", "month of year": "month of year",
    "day of month": "day of month", "quarter of year": "quarter of year",
}  # fmt: skip
_FINENESS: dict[str, int] = {"year": 0, "quarter": 1, "month": 2, "week": 3, "day": 4, "hour": 5}
_ASKING = frozenset({"which", "what", "who"})


def group(scan: Scan, at: int) -> int | None:
    """What the metric is told apart by."""
    behind = scan.end_of(at, "per")
    if behind == at:
        return None
    end = None
    place: int | None = behind
    while place is not None:
        found = _one(scan, place, per=scan.words[at] == "per")
        if found is None:
            if end is None and scan.place_at(behind) is None:
                _check_known(scan, behind)
            return end
        end = found
        joined = scan.end_of(end, "both")
        place = joined if joined > end else None
    return end


def _one(scan: Scan, at: int, *, per: bool) -> int | None:
    part = named(scan.words, at, "part")
    if part:
        scan.ask.grain = _PARTS[part[0]]
        return part[1]
    unit = scan.moments.unit(at)
    if unit:
        set_grain(scan, unit[0])
        return unit[1]
    named_there = _name_at(scan, at)
    if named_there is not None:
        return named_there
    found = scan.place_at(at)
    if found is None:
        return None
    chosen = scan.one_place(found[0], at, found[1])
    if per and _is_counted(chosen, scan):
        return None
    add_key(scan, chosen)
    return found[1]


def _name_at(scan: Scan, at: int) -> int | None:
    """One of the names that SQL that is written down takes to group by."""
    for match in scan.matches:
        execution = scan.facts[match.ids[0]].execution
        if execution is None:
            continue
        for end in range(min(at + LONGEST_PLACE, len(scan.tokens)), at, -1):
            found = named_group(execution, scan.said(at, end))
            if found and found[0] not in scan.ask.arguments:
                scan.ask.arguments[found[0]] = found[1]
                return end
    return None


def set_grain(scan: Scan, grain: Grain) -> None:
    """Tell apart by this grain; of two, the finer one says both."""
    known = scan.ask.grain
    if known is None or _FINENESS.get(known, 9) <= _FINENESS[grain]:
        scan.ask.grain = grain


def add_key(scan: Scan, place: Place) -> None:
    """Tell apart by this place."""
    scan.ask.keys += [each for each in place.outputs if each not in scan.ask.keys]
    if place.datapoint:
        scan.ask.datapoints[place.datapoint] = None


def _is_counted(place: Place, scan: Scan) -> bool:
    """`Revenue per customer` may ask for an average over what is counted, or for a list of them."""
    counts = (each.execution.measure for each in scan.model.metrics.values() if each.execution)
    tables = [
        scan.model.table(each.table) for each in counts if each and each.aggregate == "count" and not each.distinct
    ]
    return place.kind == "entity" and any(table and table.full_name == place.table for table in tables)


def _check_known(scan: Scan, at: int) -> None:
    """A name that the database has, but not for these rows, is a clear no."""
    names = names_of(scan.model.catalog)
    words = [word for word in scan.words[at : at + 3] if word.isalnum() or "_" in word]
    for end in range(at + len(words), at, -1):
        key = key_of(" ".join(scan.words[at:end]))
        if (key in names.columns or key in names.tables) and at not in scan.starts:
            raise CannotError(_cannot(scan, scan.said(at, end)))


def _cannot(scan: Scan, said: str) -> str:
    names = [fact.name for match in scan.matches for each in match.ids[:1] if (fact := scan.facts[each])]
    about = names[0] if names else "This"
    written = scan.facts[scan.matches[0].ids[0]] if scan.matches else None
    if written and written.execution and not is_declared(written.id, scan.model):
        can_be = apart(written.execution, scan.model.catalog.dialect, of=written.id)
        return f"{about} runs SQL of its own, as it is written, so it cannot be told apart by {said}. {can_be}"
    can = ", ".join(scan.reach.examples)
    return f"{about} cannot be told apart by {said}: no relation says which one each of its rows belongs to." + (
        f" It can be by {can}." if can else ""
    )


def which(scan: Scan, at: int) -> int | None:
    """`which gateway`, `on which day`: groups of which some are chosen."""
    if scan.word(at) not in _ASKING:
        return None
    behind = at + 1 + (scan.word(at + 1) in ("are", "is", "were", "was", "of"))
    behind += scan.word(behind) == "the"
    unit = scan.moments.unit(behind)
    if unit and at + 1 == behind:
        if unit[0] == "hour":
            # "At what hour" asks for one of the 24 that a day has.
            scan.ask.grain = "hour of day"
        else:
            set_grain(scan, unit[0])
        scan.seen.add("which")
        scan.singular = is_singular(scan, behind)
        return unit[1]
    number = scan.number(behind)
    few = number is not None and number >= 1 and number == int(number) and behind == at + 1
    behind += few
    found = scan.place_at(behind)
    if found is None or behind in scan.starts or behind > at + 1 + few:
        return None
    scan.cues.append(Cue(found[0], behind, found[1], asked=True))
    scan.singular = is_singular(scan, found[1] - 1)
    if number is not None and few:
        scan.ask.limit = int(number)
    return found[1]


def is_singular(scan: Scan, at: int) -> bool:
    """Whether one thing is named, not several."""
    return scan.words[at] == common_form(scan.words[at])


def standing(scan: Scan, at: int) -> int | None:
    """A name without a word that groups: whose value is meant, or what is chosen from."""
    if isinstance(scan.number(at), float) and at + 1 < len(scan.words) and at + 1 not in scan.starts:
        found = scan.place_at(at + 1)
        number = scan.number(at) or 0
        if found and number >= 1 and number == int(number) and found[0][0].kind == "entity":
            scan.cues.append(Cue(found[0], at + 1, found[1], asked=True))
            scan.ask.limit = int(number)
            return found[1]
        return None
    found = scan.place_at(at)
    if found is None or any(place in scan.starts for place in range(at, found[1])):
        return None
    scan.cues.append(Cue(found[0], at, found[1]))
    return found[1]
