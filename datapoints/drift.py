"""What a changed schema leaves behind: which DataPoints rest on something that changed, and plain repairs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from core.catalog import Catalog, Column, Table, TableName
from core.profile import ColumnProfile, Profile
from datapoints.binding import Bound, bind
from datapoints.fact import Fact
from datapoints.repair import Renames, repaired
from datapoints.type_family import family

RETYPED = "changed its type"
"""In the reason of what needs a person, even where the type comes back."""
SHARED = 0.8
"""The part of its columns by which a table that goes and one that comes are the same."""


@dataclass(slots=True)
class Drift:
    """Reasons by id for those that may not be used any more, and what would mend them."""

    stale: dict[str, str] = field(default_factory=dict[str, str])
    repairs: list[Fact] = field(default_factory=list[Fact])


def drift(
    datapoints: Iterable[Fact],
    before: Catalog,
    after: Catalog,
    *,
    measured_before: Profile | None = None,
    measured_after: Profile | None = None,
) -> Drift:
    """What the step from one catalog to the next means for each DataPoint.

    A column of the same family of types (a longer text, a wider number) is the same column; what was already missing
    before is no news.
    """
    renames = find_renames(before, after, measured_before or Profile(), measured_after or Profile())
    found = Drift()
    for datapoint in datapoints:
        bound = bind(datapoint, before)
        reasons = list(_reasons(bound, before, after, renames))
        if not reasons and not bound.missing:
            reasons = [each.message for each in bind(datapoint, after).missing]
        if not reasons:
            continue
        found.stale[datapoint.id] = "; ".join(dict.fromkeys(reasons))
        mended = repaired(datapoint, bound, after, renames)
        if mended:
            found.repairs.append(mended)
    return found


def mended(datapoints: Iterable[Fact], catalog: Catalog) -> list[str]:
    """The ids of those that rest on something, all of which is there."""
    bound = ((each.id, bind(each, catalog)) for each in datapoints)
    return [id for id, each in bound if not each.missing and each.tables]


def find_renames(before: Catalog, after: Catalog, measured: Profile, measured_after: Profile) -> Renames:
    """Tables and columns that plainly are the same under another name."""
    tables = dict(_renamed_tables(before, after))
    columns: dict[tuple[TableName, str], str] = {}
    for table in before.tables:
        now = after.by_name.get(tables.get(table.full_name, table.full_name))
        if now is None:
            continue
        for old, new in _renamed_columns(table, now):
            told = measured.columns.get((table.full_name, old)), measured_after.columns.get((now.full_name, new))
            if _alike(*told):
                columns[table.full_name, old] = new
    return Renames(tables, columns)


def _renamed_tables(before: Catalog, after: Catalog) -> Iterator[tuple[TableName, TableName]]:
    """A table that went and the only one that came with its columns, in the same schema."""
    gone = [table for table in before.tables if table.full_name not in after.by_name]
    come = [table for table in after.tables if table.full_name not in before.by_name]
    for old in gone:
        alike = [new for new in come if new.schema == old.schema and _share(old, new) >= SHARED]
        if len(alike) == 1 and sum(_share(each, alike[0]) >= SHARED for each in gone) == 1:
            yield old.full_name, alike[0].full_name


def _share(one: Table, other: Table) -> float:
    """How much of their columns two tables share, by name and family of types."""
    mine, theirs = ({(column.name, family(column.type)) for column in each.columns} for each in (one, other))
    return len(mine & theirs) / max(len(mine | theirs), 1)


def _renamed_columns(old: Table, new: Table) -> Iterator[tuple[str, str]]:
    """A column that went and one of its exact type that came in its place, between the same neighbours."""
    gone, come = _gaps(old, new), _gaps(new, old)
    for place, column in gone.items():
        other = come.get(place)
        if column and other and column.type == other.type and column.nullable == other.nullable:
            yield column.name, other.name


def _gaps(table: Table, other: Table) -> Mapping[tuple[str, str], Column | None]:
    """Columns that the other table lacks, by the shared columns around them; None where several stand there."""
    shared = {column.name for column in other.columns}
    names = [column.name for column in table.columns]
    gaps: dict[tuple[str, str], Column | None] = {}
    for place, column in enumerate(table.columns):
        if column.name in shared:
            continue
        left = next((name for name in reversed(names[:place]) if name in shared), "")
        right = next((name for name in names[place:] if name in shared), "")
        gaps[left, right] = None if (left, right) in gaps else column
    return gaps


def _alike(old: ColumnProfile | None, new: ColumnProfile | None) -> bool:
    """Whether what was measured speaks against a rename; nothing measured says nothing."""
    if old is None or new is None:
        return True
    if old.distinct is not None and new.distinct is not None:
        more, fewer = max(old.distinct, new.distinct), min(old.distinct, new.distinct)
        if fewer < 0.8 * more:
            return False
    return abs(old.nulls - new.nulls) <= 0.1 and set(old.patterns) == set(new.patterns)


def _reasons(bound: Bound, before: Catalog, after: Catalog, renames: Renames) -> Iterator[str]:
    """What it rests on and is not there any more, or is something else, in a fixed order."""
    for name in sorted(bound.tables):
        if name not in after.by_name:
            new = renames.tables.get(name)
            yield f"the table {name} was renamed to {new}" if new else f"the table {name} is gone"
    for name, column in sorted(bound.columns):
        now = after.by_name.get(name)
        if now is None:
            continue
        found = next((each for each in now.columns if each.name == column), None)
        old = next((each for each in before.by_name[name].columns if each.name == column), None)
        if found is None:
            new = renames.columns.get((name, column))
            yield f"the column {name}.{column} " + (f"was renamed to {new}" if new else "is gone")
        elif old and family(old.type) != family(found.type):
            yield f"the column {name}.{column} {RETYPED} from {old.type} to {found.type}"
