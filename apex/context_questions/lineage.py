"""Puts lineage into words: where a thing comes from, what rests on it, and how two tables are joined."""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from apex.catalog_questions.wording import counted, listed, sheet, spoken, spoken_column
from apex.context_questions.facts import Facts
from core.datapoint import DataPoint, Link
from core.lineage import Reached, thing_of
from core.lineage import spoken as bare
from core.values import Result

_WAYS = {
    "COMPUTES": "is computed from",
    "DERIVES_FROM": "derives from",
    "FILTERS_BY": "is filtered by",
    "DEPENDS_ON": "depends on",
    "IMPACTS": "is driven by",
    "USES_SYSTEM": "needs the system",
    "IMPLEMENTS": "is implemented in",
    "BELONGS_TO": "is part of",
}
"""By the link that leads upstream."""
_EXPLAINING = {"table": "table description", "column": "column description", "workspace": "file"}
_PER_KIND = 8
LISTED = 100
"""A checkpoint keeps so many rows."""


def shown(reached: Sequence[Reached], facts: Facts, start: str) -> list[Reached]:
    """What the user may be told: reached over nothing but things that they may see."""
    seen = {start}
    for each in reached:
        if each.before in seen and _is_shown(each.thing, facts):
            seen.add(each.thing)
    return [each for each in reached if each.thing in seen]


def _is_shown(text: str, facts: Facts) -> bool:
    thing = thing_of(text)
    if thing.kind == "datapoint":
        return thing.id in facts.by_id
    if thing.kind in ("table", "column"):
        table, _, column = thing.id.rpartition(".") if thing.kind == "column" else (thing.id, "", "")
        found = facts.catalog.by_text.get(table) if thing.database == facts.database else None
        return found is not None and (not column or found.column(column) is not None)
    return thing.kind in ("system", "file", "owner")


def facts_among(reached: Sequence[Reached], facts: Facts) -> list[DataPoint]:
    """The DataPoints among what was reached."""
    ids = (thing_of(each.thing) for each in reached)
    return [facts.by_id[each.id] for each in ids if each.kind == "datapoint" and each.id in facts.by_id]


def said(text: str, facts: Facts) -> str:
    """A thing as people call it."""
    thing = thing_of(text)
    if thing.kind == "datapoint":
        return facts.by_id[thing.id].name if thing.id in facts.by_id else thing.id
    if thing.kind in ("table", "column"):
        name, _, column = thing.id.rpartition(".") if thing.kind == "column" else (thing.id, "", "")
        table = facts.catalog.by_text.get(name)
        found = table.column(column) if table and column else None
        if table and (found or not column):
            return spoken_column(table, found, facts.catalog) if found else spoken(table, facts.catalog)
    return thing.id


def origin(name: str, reached: Sequence[Reached], facts: Facts) -> str:
    """What a thing rests on, the nearest first."""
    ways: dict[str, list[str]] = {}
    for each in reached:
        if each.hops == 1 and each.link.kind in _WAYS:
            ways.setdefault(_WAYS[each.link.kind], []).append(said(each.thing, facts))
    if not ways:
        return ""
    order = list(_WAYS.values())
    parts = [f"{way} {listed(ways[way], most=_PER_KIND)}" for way in sorted(ways, key=order.index)]
    further = [said(each.thing, facts) for each in reached if each.hops > 1 and not each.thing.startswith("grain:")]
    more = f" Further upstream: {listed(further, most=_PER_KIND)}." if further else ""
    return f"{name} {', '.join(parts)}.{more}"


def dependents(name: str, reached: Sequence[Reached], facts: Facts, *, kinds: Sequence[str] = (), cut: bool) -> str:
    """What rests on a thing, by kind."""
    groups: dict[str, list[str]] = {}
    for each in reached:
        groups.setdefault(kind_of(each.thing, facts), []).append(said(each.thing, facts))
    if not groups:
        what = f"No {' or '.join(kinds)} that is known rests" if kinds else "Nothing that is known rests"
        return f"{what} on {name}."
    parts = [f"{counted(len(names), kind)} ({listed(names, most=_PER_KIND)})" for kind, names in groups.items()]
    return f"On {name} {'rest' if len(reached) > 1 else 'rests'} {listed(parts)}{', and more' if cut else ''}."


def of_kinds(reached: Sequence[Reached], facts: Facts, kinds: Sequence[str]) -> list[Reached]:
    """Only things of some kinds; views count as tables."""
    wanted = {"table", "view"} if "table" in kinds else set(kinds)
    return [each for each in reached if not kinds or kind_of(each.thing, facts) in wanted]


def kind_of(text: str, facts: Facts) -> str:
    """What kind of thing it is, for people."""
    thing = thing_of(text)
    if thing.kind == "datapoint" and thing.id in facts.by_id:
        kind = facts.by_id[thing.id].kind
        return _EXPLAINING.get(kind, kind)
    table = facts.catalog.by_text.get(thing.id) if thing.kind == "table" else None
    return "view" if table and table.kind.endswith("view") else thing.kind


def reached_sheet(reached: Sequence[Reached], facts: Facts) -> Result:
    """What was reached, as a table."""
    rows = (
        [kind_of(each.thing, facts), said(each.thing, facts), each.hops, each.link.kind, said(each.before, facts)]
        for each in reached[:LISTED]
    )
    return sheet(("kind", "name", "steps", "link", "through"), rows, numbers=["steps"])


def path(one: str, other: str, links: Sequence[Link], facts: Facts) -> str:
    """How two tables are joined, step by step."""
    if not links:
        return f"No joins are known that lead from {one} to {other}."
    steps = [" or ".join(_conditions(link, lambda thing: said(thing, facts))) for link in links]
    return f"{one} and {other} are joined over {counted(len(links), 'step')}: {listed(steps)}."


def path_sheet(links: Sequence[Link], facts: Facts) -> Result:
    """The steps as a table."""
    rows = (
        [said(each.source, facts), said(each.target, facts), " or ".join(_conditions(each, bare))] for each in links
    )
    return sheet(("table", "joins", "on"), rows)


def _conditions(link: Link, call: Callable[[str], str]) -> Iterator[str]:
    """Each way to join two tables."""
    ways = link.properties.get("on")
    source, target = call(link.source), call(link.target)
    for way in ways if isinstance(ways, list) else [link.properties]:
        on = cast(dict[str, list[str]], way)
        pairs = zip(on.get("columns", ()), on.get("references", ()), strict=False)
        told = " and ".join(f"{source}.{own} = {target}.{referenced}" for own, referenced in pairs)
        yield told or f"{source} with {target}"
