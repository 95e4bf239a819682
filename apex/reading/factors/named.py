"""What names were taken for: how surely, against what else they may mean, and what of the names was not said."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from apex.linking.link import Link
from apex.reading.draft import Ref
from apex.reading.factors.case import Case, others, roots_in, roots_of

_UNSURE = ("part", "stem", "synonym", "short", "implied", "display", "like value", "year", "key")
_GENERIC = frozenset({"id", "code", "name", "number", "detail", "date", "ref", "other"})


def named(case: Case) -> Mapping[str, float]:
    """How surely names were found, and how many others they may be."""
    columns, tables, values = (case.meant_as(kind) for kind in ("column", "table", "value"))
    draft = case.candidate.draft
    shown = {id(ref) for term in draft.outputs for ref in (term.of, term.rows) if ref}
    spoken = {link.table for _, link in tables}
    links = [link for _, link in case.meant]
    return {
        "names": sum(map(_doubt, links)),
        "weakest shown": _weakest(link for ref, link in case.meant if id(ref) in shown),
        "weakest aside": _weakest(link for ref, link in case.meant if id(ref) not in shown),
        "weakest column": _weakest(link for _, link in columns),
        "weakest table": _weakest(link for _, link in tables),
        "columns": float(len(columns)),
        "tables named": float(len(tables)),
        "values": float(len(values)),
        "lonely columns": float(sum(link.table not in spoken for _, link in columns)),
        "same columns": min(3.0, others(columns, 0.06) / 2),
        "similar columns": min(4.0, others(columns, 0.2) / 2),
        "ties": float(min(3, _ties(case, columns))),
        "value ties": float(min(3, _ties(case, values))),
        "small values": float(sum(ref.piece.tokens[0].text[:1].islower() for ref, _ in values)),
        "quoted values": float(sum(ref.piece.tokens[0].kind == "quoted" for ref, _ in values)),
        "subjects": float(max(0, len({link.table for link in links}) - 2)),
        **{f"by {why}": float(any(link.why == why for link in links)) for why in _UNSURE},
        **_wording(case, [*columns, *tables]),
    }


def _wording(case: Case, found: Iterable[tuple[Ref, Link]]) -> Mapping[str, float]:
    """What was said of names that are used, and of names that are not."""
    less = more = 0
    for ref, link in found:
        own, table, told = roots_of(link.column or link.table), roots_of(link.table), roots_in([ref.piece])
        less += bool(told - own - table) and link.why not in ("implied", "short", "display")
        more += len(own - told - table)
    held = [roots_of(table) for table in case.tables] + [roots_of(column) for _, column in case.places]
    values = [roots_in([ref.piece]) for ref, _ in case.meant_as("value")]
    used = frozenset[str]().union(*held, *values)
    spoken = roots_in(piece for piece in case.pieces if piece.sign in "TCB")
    return {
        "less than said": float(less),
        "more than said": float(min(4, more)),
        "words used": len(case.asked & used) / max(1, len(case.asked)),
        "unused names": float(len(spoken - used)),
        "unused columns": float(min(3, _unused_columns(case))),
        "unsaid tables": float(sum(not roots_of(table) & case.asked for table in case.tables)),
        "unsaid columns": float(sum(not roots_of(column) & case.asked for _, column in case.places)),
    }


def _unused_columns(case: Case) -> int:
    """How many columns of the tables that are used are called by words of the question, and not used."""
    used = [roots_of(column) for _, column in case.places]
    entities = [entity for table in sorted(case.tables) if (entity := case.model.entity(table))]
    return sum(
        bool(own) and own <= case.asked and not own <= roots_of(entity.table.name) and not any(own <= u for u in used)
        for entity in entities
        for column in entity.table.columns
        if (own := roots_of(column.name) - _GENERIC)
    )


def _doubt(link: Link) -> float:
    return -log(max(0.05, link.score))


def _weakest(links: Iterable[Link]) -> float:
    return max(map(_doubt, links), default=0.0)


def _ties(case: Case, found: Iterable[tuple[Ref, Link]]) -> int:
    """How many other things names may have meant as well, in tables that are spoken of."""
    spoken = Counter(link.table for _, link in case.meant)
    owners = {id(ref): case.candidate.meaning.of(ref.owner) for ref, _ in found if ref.owner}
    return sum(
        other.place != link.place
        and other.score >= link.score - 0.06
        and ((owner := owners.get(id(ref))) is None or other.table == owner.table)
        and (other.table in spoken or spoken[link.table] == 1)
        for ref, link in found
        for other in ref.links
    )
