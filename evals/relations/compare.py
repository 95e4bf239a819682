"""Compares what is found in one database with what it declares."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.registry import open_connector
from core.catalog import Catalog, ForeignKey, Table, TableName
from core.ports import Connector
from core.profile import Profile, Relation
from core.values import Limits
from indexers.database.budget import Budget
from indexers.database.gate import Gate
from indexers.database.profile import quick_profile
from indexers.database.relations.evidence import Evidence
from indexers.database.relations.find import relations, without_keys

Pairs = frozenset[tuple[str, str]]
"""The columns that are joined, whichever side refers to the other."""

_BROKEN = 0.5
"""A declared key is wrong where fewer of its values than this occur on the other side."""


@dataclass(frozen=True)
class Outcome:
    """What was found in one database, and what was not."""

    group: str
    name: str
    counts: Counter[str]
    details: Mapping[str, Sequence[str]]


async def compare(path: Path, *, group: str, bare: bool = False) -> Outcome:
    """Measure a SQLite file without its keys, and compare what is found with them."""
    connector = await open_connector(f"sqlite:///{path}", limits=Limits())
    try:
        catalog = await connector.catalog()
        hidden = without_keys(catalog, primary=bare)
        profile = await quick_profile(connector, hidden, seconds=60)
        found = await relations(connector, hidden, profile)
        declared, wrong = await _declared(connector, catalog, profile)
    finally:
        await connector.close()
    ours = {_pairs(each.table, each.columns, each.referenced, each.referenced_columns): each for each in found}
    right = declared.keys() & ours.keys()
    beside = [each for pairs, each in ours.items() if pairs not in declared and pairs not in wrong]
    counts = Counter(databases=1, declared=len(declared), wrong=len(wrong), right=len(right), beside=len(beside))
    details = {
        "missed": [text for pairs, text in declared.items() if pairs not in ours],
        "beside": [_relation_text(each) for each in beside],
        "wrong": list(wrong.values()),
    }
    return Outcome(group, path.stem, counts, details)


async def _declared(
    connector: Connector, catalog: Catalog, profile: Profile
) -> tuple[dict[Pairs, str], dict[Pairs, str]]:
    """The declared keys, and those among them that the data or the catalog contradict."""
    evidence = Evidence(Gate.open(connector, catalog, Budget()), profile)
    declared: dict[Pairs, str] = {}
    wrong: dict[Pairs, str] = {}
    for table in catalog.tables:
        for key in table.foreign_keys:
            pairs = _pairs(table.full_name, key.columns, key.table, key.referenced_columns)
            text = f"{table.name}({', '.join(key.columns)}) -> {key.table.name}({', '.join(key.referenced_columns)})"
            fault = await _fault(table, key, catalog, evidence)
            if fault:
                wrong[pairs] = f"{text}: {fault}"
            else:
                declared[pairs] = text
    return declared, wrong


async def _fault(table: Table, key: ForeignKey, catalog: Catalog, evidence: Evidence) -> str:
    other = catalog.by_name.get(key.table)
    columns = [each for name in key.columns if (each := table.column(name))]
    keys = [each for name in key.referenced_columns if other and (each := other.column(name))]
    if other is None or len(keys) < len(key.columns) or len(columns) < len(key.columns):
        return "there is no such column"
    if other is table and columns == keys:
        return "it refers to itself"
    overlap = await evidence.overlap(table, columns, other, keys)
    if overlap is None or overlap.different == 0:
        return ""
    return "" if overlap.contained >= _BROKEN else f"only {overlap.contained:.0%} of the values occur there"


def _pairs(table: TableName, columns: Sequence[str], other: TableName, keys: Sequence[str]) -> Pairs:
    return frozenset(
        (end, each)
        for place, names in enumerate(zip(columns, keys, strict=True))
        for end, each in zip(
            (str(place), str(place)),
            (f"{table.name}.{names[0]}".lower(), f"{other.name}.{names[1]}".lower()),
            strict=True,
        )
    )


def _relation_text(found: Relation) -> str:
    place = f"{found.table.name}({', '.join(found.columns)}) -> {found.referenced.name}"
    return f"{place}({', '.join(found.referenced_columns)}) {found.confidence} {'; '.join(found.evidence)}"
