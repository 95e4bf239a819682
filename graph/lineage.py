"""Lineage for people who name a thing themselves: what is upstream, downstream, hit, or on the way between tables."""

from typing import Literal

from apex.catalog_questions.wording import listed
from apex.context_questions import lineage as wording
from apex.context_questions.facts import Facts, facts_of
from apex.context_questions.forms import Asked
from apex.context_questions.subjects import Subject, subject_of
from apex.names import names_of
from core.datapoint import Link
from core.errors import NotFoundError, UserError
from core.lineage import MOST_HOPS, Reached, table_thing
from core.ports import Database, Lineage
from core.values.base import Value

Way = Literal["up", "down", "impact"]


class WalkedStep(Value):
    """A thing that was reached, after how many `steps`, by which link and through which other thing."""

    thing: str
    kind: str
    name: str
    steps: int
    link: str
    through: str


class Walked(Value):
    """What was found around a thing, nearest first; `cut` where there is more. `words` say it in a sentence."""

    database: str
    thing: str
    name: str
    words: str
    found: list[WalkedStep]
    cut: bool = False


class Joined(Value):
    """How two tables are joined: a shortest path, empty where there is none."""

    database: str
    thing: str
    other: str
    words: str
    path: list[Link]


async def walk(
    lineage: Lineage, database: Database, name: str, way: Way, *, hops: int = MOST_HOPS, limit: int = 500
) -> Walked:
    """What is around a thing, as far as the user of the database may see. Raises UserError for an unknown name."""
    facts = facts_of(database)
    subject = _named(name, facts, Asked(form="origin", name=name))
    thing, links = subject.thing(database.name), await lineage.of(database.name)
    if way == "up":
        reached = await links.upstream(thing, hops=hops, limit=limit + 1)
    else:
        reached = await links.downstream(thing, hops=hops, limit=limit + 1)
    cut = len(reached) > limit
    seen = wording.shown(reached[:limit], facts, thing)
    words = (
        wording.origin(subject.name, seen, facts) or f"Nothing is known of where {subject.name} comes from."
        if way == "up"
        else wording.dependents(subject.name, seen, facts, cut=cut)
    )
    found = [_step(each, facts) for each in seen]
    return Walked(database=database.name, thing=thing, name=subject.name, words=words, found=found, cut=cut)


async def join(lineage: Lineage, database: Database, one: str, other: str) -> Joined:
    """A shortest path of joins between two tables. Raises UserError for what is no table."""
    facts = facts_of(database)
    asked = Asked(form="path", name=one, other=other, kind="table")
    tables = [_named(name, facts, asked).table for name in (one, other)]
    ends = [table_thing(database.name, table.full_name) for table in tables if table]
    found = await (await lineage.of(database.name)).path(ends[0], ends[1])
    visible = {table_thing(database.name, each) for each in facts.catalog.by_name}
    path = found if all({each.source, each.target} <= visible for each in found) else ()
    words = wording.path(wording.said(ends[0], facts), wording.said(ends[1], facts), path, facts)
    return Joined(database=database.name, thing=ends[0], other=ends[1], words=words, path=list(path))


def _named(name: str, facts: Facts, asked: Asked) -> Subject:
    bare = name.partition(":")[2].rpartition("/")[2] if ":" in name else name
    found = subject_of(bare, asked, facts)
    if isinstance(found, Subject) and (asked.kind != "table" or found.table):
        return found
    if found and not isinstance(found, Subject):
        raise UserError(found.question, hint=f"It could be: {', '.join(found.options)}.", code="ambiguous")
    close = [table.name for table, _ in names_of(facts.catalog).close_tables(bare, limit=3)]
    hint = f"Did you mean {listed(close)}?" if close else "Write `table`, `table.column` or the id of a DataPoint."
    raise NotFoundError(f"Nothing in {facts.database} is called {name!r}.", hint=hint)


def _step(each: Reached, facts: Facts) -> WalkedStep:
    return WalkedStep(
        thing=each.thing,
        kind=wording.kind_of(each.thing, facts),
        name=wording.said(each.thing, facts),
        steps=each.hops,
        link=each.link.kind,
        through=wording.said(each.before, facts),
    )
