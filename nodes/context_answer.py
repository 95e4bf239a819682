"""Answer what a thing means, whose it is and what it rests on, from approved DataPoints and lineage, without SQL."""

from langgraph.runtime import Runtime

from apex.context_questions.answering import (
    UNSETTLED,
    ask_back,
    told_dependents,
    told_from_facts,
    told_origin,
    told_path,
    wants_data,
)
from apex.context_questions.facts import Facts, facts_of
from apex.context_questions.follow_ups import asked_in
from apex.context_questions.forms import LINEAGE, Asked
from apex.context_questions.subjects import Subject, subject_of
from core.context import Context
from core.lineage import MOST_HOPS, table_thing
from core.ports import Links
from core.state import Asked as Handed
from core.state import Gated, Known, Retrieved
from core.values import Clarification, Compiled


class Reads(Handed, Gated, Retrieved, total=False):
    """The question, the database it goes to, and the turns before."""


async def context_answer(state: Reads, runtime: Runtime[Context]) -> Known:
    """Tell what is known, ask back where a name means several things, or leave the question to the compiler."""
    grounding = state["grounding"]
    database = await runtime.context.databases.get(grounding.database)
    asked = asked_in(grounding.question or state["intent"].text, state.get("turns", []), database=database.name)
    facts = facts_of(database)
    subject = subject_of(asked.name, asked, facts) if asked else None
    if isinstance(subject, Clarification):
        found = ask_back(subject)
    elif asked is None or subject is None or wants_data(asked, subject):
        found = UNSETTLED
    elif asked.form not in LINEAGE:
        found = told_from_facts(asked, subject, facts, database.profile)
    elif runtime.context.lineage is None:
        found = UNSETTLED
    else:
        found = await _told(asked, subject, facts, await runtime.context.lineage.of(database.name))
    return {"context": found, "context_of": state["intent"].text}


async def _told(asked: Asked, subject: Subject, facts: Facts, links: Links) -> Compiled:
    thing = subject.thing(facts.database)
    if asked.form == "origin":
        return told_origin(asked, subject, await links.upstream(thing, hops=MOST_HOPS), facts)
    if asked.form == "dependents":
        return told_dependents(asked, subject, await links.impact(thing), facts)
    other = subject_of(asked.other, asked, facts)
    if isinstance(other, Clarification):
        return ask_back(other)
    if not (other and other.table and subject.table):
        return UNSETTLED
    ends = [table_thing(facts.database, each.full_name) for each in (subject.table, other.table)]
    found = await links.path(*ends)
    places = {end for link in found for end in (link.source, link.target)}
    # A path over what the user may not see is none of theirs; the compiler looks for one in their own catalog.
    if not places <= {table_thing(facts.database, each) for each in facts.catalog.by_name}:
        return UNSETTLED
    return told_path(asked, subject, other, found, facts)
