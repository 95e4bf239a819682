"""The words of lineage: how things are named, which link makes one thing rest on another, and what is reached."""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from core.catalog import TableName
from core.datapoint import Link, LinkKind
from core.values.base import Value

Direction = Literal["upstream", "downstream", "around"]
"""To what a thing rests on, to what rests on it, or along every link."""

RESTING: tuple[LinkKind, ...] = (
    "BELONGS_TO",
    "DERIVES_FROM",
    "COMPUTES",
    "FILTERS_BY",
    "HAS_GRAIN",
    "DEPENDS_ON",
    "USES_SYSTEM",
)
"""The source rests on the target: without the target it breaks."""
CARRYING: tuple[LinkKind, ...] = ("IMPACTS", "IMPLEMENTS")
"""The target rests on the source."""
KINDS: tuple[LinkKind, ...] = (*RESTING, *CARRYING, "JOINS_WITH", "OWNED_BY")

MOST_HOPS = 20
LIMIT = 500


class Thing(NamedTuple):
    """A name `KIND:ID` in its parts; `database` is empty where the id carries none."""

    kind: str
    database: str
    id: str

    def __str__(self) -> str:
        place = f"{self.database}/" if self.database else ""
        return f"{self.kind}:{place}{self.id}"


def thing_of(text: str) -> Thing:
    """The parts of `KIND:ID`; tables and columns have their database before a slash."""
    kind, _, rest = text.partition(":")
    if kind not in ("table", "column"):
        return Thing(kind, "", rest)
    database, slash, place = rest.partition("/")
    return Thing(kind, database, place) if slash else Thing(kind, "", rest)


def table_thing(database: str, table: TableName) -> str:
    """How a table is named."""
    return f"table:{database}/{table}"


def column_thing(database: str, table: TableName, column: str) -> str:
    """How a column is named."""
    return f"column:{database}/{table}.{column}"


def datapoint_thing(datapoint: str) -> str:
    """How a DataPoint is named."""
    return f"datapoint:{datapoint}"


def spoken(thing: str) -> str:
    """A thing as people say it: without kind and database."""
    return thing_of(thing).id


class Reached(Value):
    """A thing that a walk reached after `hops` links, the last of them being `link`."""

    thing: str
    hops: int
    link: Link

    @property
    def before(self) -> str:
        """The thing that it was reached from."""
        return self.link.target if self.link.source == self.thing else self.link.source


class Impact(Value):
    """What rests on a thing, nearest first; `cut` where there is more than was asked for."""

    thing: str
    broken: list[Reached] = []
    cut: bool = False

    def of(self, *kinds: str) -> list[str]:
        """The broken things of some kinds: `datapoint`, `column`, `table`, `file`."""
        return [each.thing for each in self.broken if each.thing.partition(":")[0] in kinds]


def followed(direction: Direction, kinds: Sequence[LinkKind] = ()) -> tuple[Sequence[LinkKind], Sequence[LinkKind]]:
    """The kinds that a walk follows from source to target, and those from target to source.

    Upstream leaves out that a column belongs to its table, which is no origin; downstream a column goes with its table.
    """
    wanted: Collection[LinkKind] = kinds or KINDS
    if direction == "around":
        every: list[LinkKind] = [kind for kind in KINDS if kind in wanted]
        return every, every
    resting: list[LinkKind] = [kind for kind in RESTING if kind in wanted]
    carrying: list[LinkKind] = [kind for kind in CARRYING if kind in wanted]
    if direction == "downstream":
        return carrying, resting
    return [kind for kind in resting if kind != "BELONGS_TO" or kinds], carrying


class Changed(NamedTuple):
    """What a replacement did: how many links it wrote and removed."""

    written: int
    removed: int
