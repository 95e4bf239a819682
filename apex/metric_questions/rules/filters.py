"""`in Germany`, `for wallet payments`, `excluding web`, `only business customers`, `status completed`."""

from collections.abc import Iterable, Iterator, Sequence

from apex.linking.link import Link
from apex.linking.values import folded_words
from apex.metric_questions.reach import Place
from apex.metric_questions.scan import AskBackError, Scan
from apex.names import words_of
from core.catalog import TableName
from core.values.findings import Clarification
from core.values.plans import ColumnOf, Combination, Comparison, Condition, Literally, Negation
from datapoints.kinds.metric import MetricDataPoint

_LONGEST = 6
_AGAINST = frozenset({"with", "to", "from"})
_STATES = frozenset(
    {"that", "which", "who", "is", "are", "was", "were", "got", "been", "be", "come", "comes", "came", "goes", "went"}
)
"""Behind these stands what is said of a part: `payments that failed`."""
Column = tuple[str, str]


def value_filter(scan: Scan, at: int) -> int | None:
    """Rows of some stored values, or without them."""
    if _is_own_time(scan, at):
        return at + 1
    without = scan.end_of(at, "without")
    behind = without if without > at else scan.end_of(at, "with")
    behind += behind == at and scan.words[at] == "between" and "compare" in scan.seen
    for start in dict.fromkeys((behind, at)):
        start += scan.word(start) in ("the", "all")
        found = _values_at(scan, start)
        if found:
            end = _kept(scan, found, start, negated=without > at and start >= without)
            _tell_part(scan, at, end)
            return end
    return None


def _is_own_time(scan: Scan, at: int) -> bool:
    """`Requested yesterday` says when, by the time that the metric is told by, and not in which state it is by now."""
    facts = (scan.facts[match.ids[0]] for match in scan.matches)
    times = [each.execution.time_column for each in facts if isinstance(each, MetricDataPoint) and each.execution]
    told = any(time and words_of(time)[0] == scan.words[at] for time in times)
    return told and scan.word(at - 1) in _STATES and any(scan.moments.read(each) for each in range(len(scan.tokens)))


def _tell_part(scan: Scan, at: int, end: int) -> None:
    """What was said of a share: which part it is, or whose, where that can be told."""
    if not scan.ask.share:
        return
    if scan.word(at - 1) in _STATES and scan.ask.metrics:
        scan.ask.parts.append(scan.ask.held[-1])
    elif not scan.ask.grouped:
        scan.between.append((at, end))


def column_filter(scan: Scan, at: int) -> int | None:
    """A column, or what is called so, with its value behind: `channel web`, `gateway Northgate`."""
    without = scan.end_of(at, "without")
    behind = max(without, scan.end_of(at, "whose"), scan.end_of(at, "with"))
    for start in dict.fromkeys((behind, at)):
        named = scan.place_at(start)
        if named is None:
            continue
        value = scan.end_of(named[1], "equal")
        opposite = scan.end_of(value, "without")
        found = _values_at(scan, opposite)
        links = [each for each in found[0] if _belongs(each, named[0])] if found else []
        if found and links:
            negated = (without > at and start >= without) != (opposite > value)
            return _kept(scan, (links, found[1]), opposite, negated=negated)
    return None


def is_value(scan: Scan, at: int) -> bool:
    """Whether a stored value stands here."""
    return _values_at(scan, at) is not None


def _belongs(link: Link, places: Iterable[Place]) -> bool:
    """Whether the value is one of the column, or of the table that is named."""
    for each in places:
        if str(each.table) != link.table:
            continue
        if each.kind == "entity" or (each.attribute and each.attribute.name == link.column):
            return True
    return False


def _values_at(scan: Scan, at: int) -> tuple[list[Link], int] | None:
    """The stored values that the longest run of words here means, in reach."""
    for end in range(min(at + _LONGEST, len(scan.tokens)), at, -1):
        if any(place in scan.starts for place in range(at + 1, end)) or at in scan.starts:
            continue
        if end - at == 1 and _is_small(scan, at):
            continue
        words = tuple(word for token in scan.tokens[at:end] for word in folded_words(token))
        found = [link for link in scan.values.find(words) if _near(link, scan)] if words else []
        found = [*found, *scan.meant(words)]
        if found:
            best = max(link.score for link in found)
            return [link for link in found if link.score == best], end
    return None


def _is_small(scan: Scan, at: int) -> bool:
    """Words like `in` and `it` are values only where they are written as codes; numbers only in quotes."""
    token = scan.tokens[at]
    return token.kind == "number" or (scan.end_of(at, "filler") > at and not token.text.isupper())


def _near(link: Link, scan: Scan) -> bool:
    table = scan.model.table(link.table)
    return bool(table) and table.full_name in scan.reach.tables


def _kept(scan: Scan, found: tuple[list[Link], int], start: int, *, negated: bool) -> int:
    """The condition of one or several values, joined by `or` and `and`."""
    links, end = found
    columns = {link.place for link in links}
    chosen: list[Link] = list(links)
    parts = [links]
    joined = _joined(scan, end)
    while joined > end:
        further = _values_at(scan, joined)
        same = [link for link in further[0] if link.place in columns] if further else []
        if further is None or not same:
            break
        parts.append(same)
        columns &= {link.place for link in same}
        end = further[1]
        joined = _joined(scan, end)
    column = _column(scan, sorted({*columns, *_unmeasured(scan, columns)}), start, end, chosen)
    values = [next((link for link in links if link.place == column), links[0]) for links in parts]
    scan.ask.held.append(_condition(scan, column, values, negated=negated))
    _tell(scan, values, start, end)
    return end


def _joined(scan: Scan, at: int) -> int:
    """The place behind what joins two values; of values that are held against each other, that says so."""
    end = scan.end_of(at, "or")
    versus = scan.end_of(at, "compare")
    if end == at and (versus > at or ("compare" in scan.seen and scan.word(at) in _AGAINST)):
        end = max(versus, at + 1)
        if _values_at(scan, end):
            scan.seen.add("compare")
    return end


def _column(scan: Scan, columns: Sequence[Column], start: int, end: int, links: Sequence[Link]) -> Column:
    """The only column; else the one of a table that is named beside it, else of the metric's own rows."""
    if len(columns) == 1:
        return columns[0]
    beside = {str(place.table) for place in _beside(scan, start, end)}
    homes = {str(each) for each in scan.reach.homes}
    for kept in (beside, homes):
        near = [column for column in columns if column[0] in kept]
        if len(near) == 1:
            return near[0]
    said = scan.said(start, end)
    options = [f"{table.rpartition('.')[2]}.{column}" for table, column in columns]
    stored = dict.fromkeys(columns, links[0].value) | {link.place: link.value for link in links}
    raise AskBackError(
        Clarification(
            question=f'"{said}" may be a value of {" or ".join(options)}. Which one?',
            options=[
                scan.instead(start, end, f"{option} {stored[column]}")
                for option, column in zip(options, columns, strict=True)
            ],
        )
    )


def _unmeasured(scan: Scan, columns: Iterable[Column]) -> Iterator[Column]:
    """Columns of the same name elsewhere whose values are not known: they may hold the value as well."""
    for table, name in columns:
        for other in scan.reach.tables:
            entity = scan.model.entity(other)
            attribute = entity.attributes.get(name) if entity else None
            if entity is None or attribute is None or str(other) == table or name in entity.display[:1]:
                continue
            if attribute.values is None and not attribute.meanings:
                yield str(other), name


def _beside(scan: Scan, start: int, end: int) -> list[Place]:
    """The tables that are named right before or behind."""
    behind = scan.place_at(end) if end < len(scan.tokens) else None
    near = [cue for cue in scan.cues if start - 3 <= cue.end <= start]
    return [*(behind[0] if behind else ()), *(place for cue in near for place in cue.places)]


def _condition(scan: Scan, column: Column, values: Sequence[Link], *, negated: bool) -> Condition:
    left = ColumnOf(table=column[0], column=column[1])
    stored = [Literally(value=link.value) for link in values]
    held = Comparison(left=left, operator="=" if len(stored) == 1 else "in", right=[*stored])
    if not negated:
        return held
    attribute = scan.model.attribute(left)
    if attribute is None or not attribute.nullable:
        return Negation(of=held)
    # Whatever is left out by name, what is unknown is not it.
    return Combination(kind="any", of=[Negation(of=held), Comparison(left=left, operator="is null")])


def _tell(scan: Scan, values: Sequence[Link], start: int, end: int) -> None:
    for link in values:
        if link.score < 1:
            said = scan.said(start, end)
            scan.ask.note(f'"{said}" is read as {TableName(*link.table.split(".", 1)).name}.{link.column} {link.value}')
