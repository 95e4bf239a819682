"""Finds relations: names propose, values decide."""

from collections.abc import Sequence
from dataclasses import replace

from core.catalog import Catalog, Column, Table
from core.ports import Connector
from core.profile import Cardinality, Profile, Relation
from indexers.database.budget import Budget
from indexers.database.gate import Gate
from indexers.database.relations.candidates import Candidate, candidates
from indexers.database.relations.evidence import Evidence, Overlap

SURE = 0.7
"""Below this confidence nothing is called a relation."""
_TRIED = 6
"""Candidates of one column that are looked at."""
_FEW = 3
"""So few different values occur somewhere by chance."""


async def relations(
    connector: Connector, catalog: Catalog, profile: Profile, *, budget: Budget | None = None
) -> tuple[Relation, ...]:
    """The relations that no foreign key declares, each with a confidence and its evidence, surest first.

    What cannot be looked at in time is believed by its name alone, with less confidence. Raises UpstreamError.
    """
    evidence = Evidence(Gate.open(connector, catalog, budget or Budget()), profile)
    declared = {(table.full_name, key.columns) for table in catalog.tables for key in table.foreign_keys}
    found: list[Relation] = []
    for tried in candidates(catalog, profile):
        place = (tried[0].table.full_name, (tried[0].column.name,))
        if place not in declared and (best := await _best(tried[:_TRIED], evidence, profile)):
            found.append(best)
    composite = await _composite(catalog, profile, evidence, found)
    found = [each for each in found if not any(_is_part(each, whole) for whole in composite)] + composite
    return tuple(sorted(_one_way(found), key=lambda each: -each.confidence))


async def _best(tried: Sequence[Candidate], evidence: Evidence, profile: Profile) -> Relation | None:
    best: Relation | None = None
    for each in tried:
        if best and best.confidence >= each.likelihood:
            break
        overlap = await evidence.overlap(each.table, [each.column], each.key.table, [each.key.column])
        relation = _judged(each, overlap, profile)
        if relation.confidence >= SURE and (best is None or relation.confidence > best.confidence):
            best = relation
    return best


def _judged(candidate: Candidate, overlap: Overlap | None, profile: Profile) -> Relation:
    factor, reasons = _weight(overlap)
    unique = "declared unique" if candidate.key.declared else "unique in the data"
    return Relation(
        table=candidate.table.full_name,
        columns=(candidate.column.name,),
        referenced=candidate.key.table.full_name,
        referenced_columns=(candidate.key.column.name,),
        cardinality=_cardinality(candidate.table, [candidate.column], profile),
        confidence=round(min(0.99, candidate.likelihood * factor), 3),
        declared=False,
        evidence=(f"{candidate.column.name} {candidate.reason}", *reasons, f"the referenced column is {unique}"),
    )


def _weight(overlap: Overlap | None) -> tuple[float, tuple[str, ...]]:
    """What the values make of a likelihood by name, with the reason in words."""
    if overlap is None:
        return 0.85, ("the values could not be compared in time",)
    if overlap.different == 0:
        return 0.85, ("no values to compare",)
    share = overlap.contained
    of = f"{overlap.different:,} different" if overlap.different is not None else "a sketch of the"
    words = (f"{share:.0%} of {of} values occur there",)
    if share >= 0.999:
        few = overlap.different is not None and overlap.different <= _FEW
        return (1.0 if few else 1.1), words
    return (0.95 if share >= 0.95 else 0.85 if share >= 0.8 else 0.5 * share), words


def _cardinality(table: Table, columns: Sequence[Column], profile: Profile) -> Cardinality:
    names = tuple(each.name for each in columns)
    if names in (table.primary_key, *table.unique_keys):
        return "1:1"
    measured = profile.columns.get((table.full_name, names[0])) if len(names) == 1 else None
    rows = profile.tables[table.full_name].rows if table.full_name in profile.tables else 0
    present = round(rows * (1 - measured.nulls)) if measured else 0
    return "1:1" if measured and measured.exact and present > 1 and measured.distinct == present else "N:1"


def _one_way(found: Sequence[Relation]) -> list[Relation]:
    """Of two relations that say the same in both directions, the surer one."""
    kept: dict[object, Relation] = {}
    for each in sorted(found, key=lambda each: -each.confidence):
        ends = frozenset({(each.table, each.columns), (each.referenced, each.referenced_columns)})
        kept.setdefault(ends, each)
    return list(kept.values())


def _is_part(single: Relation, whole: Relation) -> bool:
    """Whether a reference by one column is only a part of one by several to the same table."""
    same = (single.table, single.referenced) == (whole.table, whole.referenced)
    return same and (single.columns[0], single.referenced_columns[0]) in zip(
        whole.columns, whole.referenced_columns, strict=True
    )


async def _composite(
    catalog: Catalog, profile: Profile, evidence: Evidence, found: Sequence[Relation]
) -> list[Relation]:
    """References to keys of several columns, by the same names, where one of them is a key nowhere else.

    `(order_id, line)` of shipments refers to lines. Tables that share `(student_id, course_id)` do not, nor do tables
    that have the same key, such as `(year, campus)`.
    """
    known = {(each.table, each.columns[0]) for each in found}
    known |= {(table.full_name, name) for table in catalog.tables for key in table.foreign_keys for name in key.columns}
    composite: list[Relation] = []
    for key in catalog.tables:
        own = [name for name in key.primary_key if (key.full_name, name) not in known]
        peers = sum(set(other.primary_key) == set(key.primary_key) for other in catalog.tables)
        if len(key.primary_key) < 2 or not own or peers > 1:
            continue
        for table in catalog.tables:
            columns = [each for name in key.primary_key if (each := table.column(name))]
            if table is key or table.kind == "view" or len(columns) < len(key.primary_key):
                continue
            if (relation := await _composite_relation(table, columns, key, evidence, profile)) is not None:
                composite.append(relation)
    return composite


async def _composite_relation(
    table: Table, columns: Sequence[Column], key: Table, evidence: Evidence, profile: Profile
) -> Relation | None:
    keys = [each for name in key.primary_key if (each := key.column(name))]
    overlap = await evidence.overlap(table, columns, key, keys)
    if overlap is None or overlap.contained < 0.999 or not overlap.different:
        return None
    factor, reasons = _weight(overlap)
    return Relation(
        table=table.full_name,
        columns=tuple(each.name for each in columns),
        referenced=key.full_name,
        referenced_columns=key.primary_key,
        cardinality=_cardinality(table, columns, profile),
        confidence=round(min(0.99, 0.85 * factor), 3),
        declared=False,
        evidence=(
            "the columns have the names of its primary key",
            *reasons,
            "the referenced columns are the primary key",
        ),
    )


def without_keys(catalog: Catalog, *, primary: bool = False) -> Catalog:
    """The catalog as if no foreign key were declared (nor any other key, where `primary`), to measure what is found."""
    bare = {"foreign_keys": ()} | ({"primary_key": (), "unique_keys": ()} if primary else {})
    return replace(catalog, tables=tuple(replace(table, **bare) for table in catalog.tables))
