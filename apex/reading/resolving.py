"""Decides what names mean together: columns of the tables that are spoken of, near one another, before strangers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from operator import itemgetter

from apex.linking.link import Link
from apex.model import Model
from apex.model.words import name_words
from apex.reading.draft import Draft, During, Either, OneOf, Ref, Term, Test, Wish
from core.catalog import Table

BEAM = 40
OPTIONS = 10
OWNED, HEADED, SPOKEN, PARTED, ASIDE, STRANGE, FAR, AWAY = 0.7, 0.15, 0.2, 0.1, 0.03, 0.25, 3.0, 0.25
"""What it costs: not the table beside it, or the subject, alone in its table, shown apart, not the first table; a join;
no way; and not the table of which was spoken before."""
_TIMES = frozenset({"time", "year"})
"""Why a column is meant that stands beside a time by nothing but its kind."""
DISPLAY, KEY, DATED, CLARITY = 0.75, 0.92, 0.84, 1.4
ALONE, UNNAMED = 0.25, 0.5
"""What speaks for the only column of its table of which a part is said; how sure a full name is that is no name."""


@dataclass(frozen=True)
class Meaning:
    """One choice for all names of a draft, with what speaks for it."""

    links: Mapping[int, Link]
    score: float
    joins: int = 0

    def of(self, ref: Ref) -> Link | None:
        """What a name means; None where nothing is known of it."""
        return self.links.get(id(ref))


def meanings(
    draft: Draft, model: Model, tables: Sequence[Table], *, spoken: Sequence[str] = (), home: str = ""
) -> list[Meaning]:
    """The likeliest choices among some tables, best first; `spoken` are tables that were spoken of before, `home` that
    of its rows."""
    heads, facts = _heads(draft), _facts(draft)
    refs = sorted(dict.fromkeys(refs_of(draft)), key=lambda ref: (ref.meant != "table") + (id(ref) in facts))
    rows = [(0.0, dict[int, Link]())]
    for ref in refs:
        options = _options(ref, facts.get(id(ref), ref.owner), draft, model, tables, home=home)
        if not options:
            continue
        clear = [(link, _speaks_for(ref, link)) for link in options]
        grown = [
            (score + worth - _apart(ref, link, chosen, heads, facts), chosen, link)
            for score, chosen in rows
            for link, worth in clear
        ]
        best = sorted(grown, key=itemgetter(0), reverse=True)[:BEAM]
        rows = [(score, {**chosen, id(ref): link}) for score, chosen, link in best]
    siblings = [id(term.of) for term in draft.outputs if term.of]
    found = [
        _weighed(score - AWAY * _away(chosen, siblings, home), chosen, siblings, spoken, model)
        for score, chosen in rows
    ]
    return sorted(found, key=lambda meaning: -meaning.score)


def _weighed(
    score: float, chosen: Mapping[int, Link], siblings: Sequence[int], spoken: Sequence[str], model: Model
) -> Meaning:
    tables = [*(link.table for link in chosen.values()), *spoken]
    joins = model.joins(frozenset(tables))
    columns = [link.table for link in chosen.values() if link.kind == "column"] if len(chosen) > 1 else []
    lonely = sum(tables.count(table) == 1 for table in columns)
    shown = [chosen[place].table for place in siblings if place in chosen]
    parted = sum(one != other for one, other in pairwise(shown))
    score -= SPOKEN * lonely + PARTED * parted + (FAR if joins is None else STRANGE * joins)
    first = next(iter(chosen.values()), None)
    score -= ASIDE * (len(chosen) - tables[: len(chosen)].count(first.table)) if first else 0.0
    return Meaning(chosen, score, joins or 0)


def _away(chosen: Mapping[int, Link], shown: Sequence[int], home: str) -> int:
    """How many of the things shown are not of the rows that were spoken of."""
    return sum(chosen[place].table != home for place in shown if place in chosen) if home else 0


def _heads(draft: Draft) -> Mapping[int, Ref]:
    """What is shown without a table beside it is rather of the first one that is spoken of."""
    counted = [term.rows for term in draft.outputs if term.rows]
    spoken = [ref for ref in (*draft.groups, *draft.subjects) if ref.meant == "table" and ref not in counted]
    head = next(iter(spoken), None)
    shown = [term.of for term in draft.outputs if term.of and term.of.meant == "column" and term.of.owner is None]
    return {id(ref): head for ref in shown} if head else {}


def _speaks_for(ref: Ref, link: Link) -> float:
    """How clearly words mean a thing: more so where they are a part of its name, and of no other in its table."""
    clear = CLARITY * log(link.score)
    if link.kind != "column" or link.why != "part":
        return clear
    return clear + ALONE * (sum(each.kind == "column" and each.table == link.table for each in ref.links) == 1)


def _facts(draft: Draft) -> Mapping[int, Ref]:
    """A time that no column stands beside is rather that of what is measured: of the sales, and not of the sellers."""
    times = [wish.column for wish in draft.wishes if isinstance(wish, During)]
    times += [wish.left.of for wish in draft.wishes if isinstance(wish, Test) and wish.left.of]
    assumed = [ref for ref in (*times, *draft.groups) if _is_assumed(ref)]
    terms = [*draft.outputs, *(term for term, _ in draft.orders), *([draft.extreme.by] if draft.extreme else [])]
    measured = next((of for term in terms if term.measured and (of := term.rows or term.of)), None)
    return {id(ref): measured for ref in assumed} if measured and assumed else {}


def _is_assumed(ref: Ref) -> bool:
    return bool(ref.links) and all(link.why in _TIMES for link in ref.links)


def _apart(
    ref: Ref, link: Link, chosen: Mapping[int, Link], heads: Mapping[int, Ref], facts: Mapping[int, Ref]
) -> float:
    """What it costs that a column does not belong to the table beside it, or to the subject."""
    owned = facts.get(id(ref), ref.owner) if ref.meant != "table" else None
    owner = chosen.get(id(owned)) if owned else None
    rather = heads.get(id(ref), ref.near)
    head = chosen.get(id(rather)) if rather else None
    if head and head.table != link.table:
        return HEADED
    return OWNED if owner and owner.table != link.table else 0.0


def _options(
    ref: Ref, owner: Ref | None, draft: Draft, model: Model, tables: Sequence[Table], *, home: str
) -> Sequence[Link]:
    links = list(ref.links)
    said = {token.lemma for token in ref.piece.tokens} if ref.meant == "column" else set[str]()
    about = {link.table for subject in [*draft.subjects, owner] if subject for link in subject.links[:2]}
    named = sorted(about or {home} - {""})
    if said and said <= _NAMES:
        full = len(ref.piece.tokens) > 1
        links = _with_display(links, model, [*named, *(_of_people(tables, model) if full else ())], full=full)
    if said and said <= KEYS:
        links = _with_keys(links, model, named)
    if said and said <= _DATES:
        links = _with_times(links, model, named)
    spoken = [each for each in [*draft.subjects, *draft.groups, owner] if each and not _is_assumed(each)]
    near = {link.table for subject in spoken for link in subject.links}
    return sorted(links, key=lambda link: (link.table in near) * -SPOKEN - link.score)[:OPTIONS]


_NAMES = frozenset({"name", "full"})
_DATES = frozenset({"date", "timestamp"})
KEYS = frozenset({"id", "ids", "number", "code"})


def _with_times(links: list[Link], model: Model, tables: Sequence[str]) -> list[Link]:
    """The date of a row is the moment that tells most of it, whatever that is called."""
    known = {link.table for link in links if link.score > DATED}
    for table in tables:
        entity = model.entity(table)
        if table not in known and entity and entity.times:
            links = [link for link in links if link.place != (table, entity.times[0])]
            links.append(Link("column", table, entity.times[0], score=DATED, why="synonym"))
    return links


def _with_keys(links: list[Link], model: Model, tables: Sequence[str]) -> list[Link]:
    """The id of a table is its key, whatever that is called."""
    for table in tables:
        entity = model.entity(table)
        if (
            entity
            and len(entity.key) == 1
            and all(link.place != (table, entity.key[0]) for link in links if link.score > KEY)
        ):
            links = [link for link in links if link.place != (table, entity.key[0])]
            links.append(Link("column", table, entity.key[0], score=KEY, why="key"))
    return links


def _with_display(links: list[Link], model: Model, tables: Sequence[str], *, full: bool) -> list[Link]:
    """A table without a column `name` has another by which its rows are called."""
    known = {link.table for link in links if link.score >= 0.95}
    for table in tables:
        entity = model.entity(table)
        if table not in known and entity and entity.display:
            links = [link for link in links if link.table != table]
            certain = full and len(entity.display) > 1
            # What has no name at all has no full one.
            first = next(iter(entity.display))
            worth = 1.0 if certain else DISPLAY if not full or _is_name(first) else UNNAMED
            links.append(Link("column", table, first, score=worth, why="display"))
    return links


def _of_people(tables: Sequence[Table], model: Model) -> list[str]:
    """Those of the tables whose rows are called by a first and a last name."""
    entities = (model.entity(table.full_name) for table in tables)
    pairs = (each for each in entities if each and len(each.display) > 1)
    return [str(each.name) for each in pairs if all(map(_is_name, each.display[:2]))]


def _is_name(column: str) -> bool:
    return "name" in name_words(column)


def refs_of(draft: Draft) -> Iterator[Ref]:
    """Every name of a draft."""
    for subject in draft.subjects:
        yield subject
        if subject.near:
            yield subject.near
    for group in draft.groups:
        yield group
        if group.owner:
            yield group.owner
    terms = [*draft.outputs, *(term for term, _ in draft.orders)]
    if draft.extreme:
        terms.append(draft.extreme.by)
        if draft.extreme.of:
            yield draft.extreme.of
    for term in terms:
        yield from _of_term(term)
    for wish in draft.wishes:
        yield from _of_wish(wish)


def _of_term(term: Term) -> Iterator[Ref]:
    for ref in (term.of, term.until, term.rows):
        if ref:
            yield ref
            yield from (each for each in (ref.owner, ref.near) if each)
    for wish in term.where:
        yield from _of_wish(wish)
    if term.other:
        yield from _of_term(term.other)
    if term.extreme:
        yield from _of_term(term.extreme.by)


def _of_wish(wish: Wish | Either) -> Iterator[Ref]:
    if isinstance(wish, Either):
        for each in wish.of:
            yield from _of_wish(each)
    elif isinstance(wish, Test):
        for term in (wish.left, *wish.right):
            if isinstance(term, Term):
                yield from _of_term(term)
    elif isinstance(wish, During):
        yield wish.column
    elif isinstance(wish, OneOf):
        yield from wish.values
        if wish.column and not any(value.links for value in wish.values):
            yield wish.column
    else:
        yield wish.rows
        for each in wish.where:
            yield from _of_wish(each)
