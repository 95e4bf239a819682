"""Which columns may refer to which, by name, type and uniqueness."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile
from indexers.database.families import Family, family
from indexers.database.relations.names import (
    abbreviates,
    ends_with,
    is_initial,
    is_key,
    is_parent,
    is_superior,
    listed,
    same,
    subject,
    without_key_word,
    without_role,
    words,
)

Words = tuple[str, ...]

_KEYS: frozenset[Family] = frozenset({"integer", "number", "text", "uuid"})


@dataclass(frozen=True)
class Key:
    """A column whose values tell the rows of its table apart."""

    table: Table
    column: Column
    declared: bool

    @property
    def is_first(self) -> bool:
        """Whether its table begins with it, as tables begin with their own key."""
        return self.column == self.table.columns[0]

    @property
    def is_initial(self) -> bool:
        """Whether its name is the beginning of its table's, or made of first letters: `aid` of authors."""
        about = subject(self.table.name)
        return is_key(self.column.name) and is_initial(without_key_word(words(self.column.name), about), about)


@dataclass(frozen=True)
class Candidate:
    """A column that may refer to a key: how far its name alone makes that likely, and why."""

    table: Table
    column: Column
    key: Key
    likelihood: float
    reason: str


def keys_of(catalog: Catalog, profile: Profile) -> Mapping[str, list[Key]]:
    """The keys of every table, by the table's name as text."""
    return {str(table.full_name): list(_keys(table, profile)) for table in catalog.tables if table.kind != "view"}


def candidates(catalog: Catalog, profile: Profile) -> Iterator[list[Candidate]]:
    """For each column that may refer to something its candidates, likeliest first."""
    keys = keys_of(catalog, profile)
    alike: dict[str, list[Key]] = {}
    for key in (each for some in keys.values() for each in some):
        for mark in _marks(key.column.name) | _marks(key.table.name):
            alike.setdefault(mark, []).append(key)
    superiors = [key for some in keys.values() for key in some if is_superior("manager", subject(key.table.name))]
    for table in catalog.tables:
        own = keys.get(str(table.full_name), [])
        for column in table.columns if table.kind != "view" else ():
            near = [key for mark in _marks(column.name) for key in alike.get(mark, ())]
            tried = {id(key): key for key in [*near, *own, *superiors]}.values()
            found = _told_apart([each for key in tried if (each := _candidate(table, column, key))])
            if found and not any(_is_identity(key) for key in own if key.column == column):
                yield sorted(found, key=lambda each: -each.likelihood)


def _marks(name: str) -> set[str]:
    """How the words of a name begin: names without a common one mean nothing alike, and need not be compared."""
    return {word[:2] for word in words(name) if word not in listed("key words")}


def _keys(table: Table, profile: Profile) -> Iterator[Key]:
    for column in table.columns:
        declared = (column.name,) in (table.primary_key, *table.unique_keys)
        measured = profile.columns.get((table.full_name, column.name))
        if family(column.type) in _KEYS and (declared or _is_unique(measured, profile, table)):
            yield Key(table, column, declared)


def _is_unique(measured: ColumnProfile | None, profile: Profile, table: Table) -> bool:
    rows = profile.tables[table.full_name].rows if table.full_name in profile.tables else 0
    if measured is None or not rows or measured.nulls or not measured.distinct:
        return False
    return measured.distinct == rows if measured.exact else measured.distinct >= 0.98 * rows


def _candidate(table: Table, column: Column, key: Key) -> Candidate | None:
    if (table is key.table and column == key.column) or not _comparable(column, key.column):
        return None
    found = _by_name(table, column, key)
    return Candidate(table, column, key, *found) if found else None


def _told_apart(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Of the tables that abbreviate their key alike (`cid` of customers and of courses) those of which it speaks."""
    alike = [each for each in found if words(each.column.name) == words(each.key.column.name) and each.key.is_initial]
    if len(alike) < 2:
        return found
    spoken = [each for each in alike if set(subject(each.key.table.name)) <= set(words(each.table.name))]
    return [each for each in found if each not in alike or (len(spoken) == 1 and each in spoken)]


def _comparable(one: Column, other: Column) -> bool:
    kinds = {family(one.type), family(other.type)}
    # Keys of digits are often declared as text on one side.
    return kinds <= _KEYS and ("uuid" not in kinds or len(kinds) == 1 or kinds == {"uuid", "text"})


def _by_name(table: Table, column: Column, key: Key) -> tuple[float, str] | None:
    """How likely the names alone make it, and the reason in words."""
    name, target, about = without_role(words(column.name)), words(key.column.name), subject(key.table.name)
    if not name or not target:
        return None
    if key.declared and is_superior(column.name, about):
        return 0.75, f"leads to somebody in {key.table.name}"
    if table is key.table:
        parent = is_parent(column.name) and is_key(key.column.name)
        return (0.8, "leads to another row of its table") if parent else None
    if is_key(key.column.name):
        return _by_key(name, Target(key, target, without_key_word(target, about), about))
    return _by_plain_name(name, about, target, key)


def _is_identity(key: Key) -> bool:
    """Whether a key is called by its own table, so that it refers to nothing else."""
    about, name = subject(key.table.name), words(key.column.name)
    own = without_key_word(name, about)
    if key.declared and ends_with(about, own):
        return True
    return same(own, about) or key.is_initial


@dataclass(frozen=True)
class Target:
    """A key by its words: its name, what it identifies (nothing for `id`), and what its table is about."""

    key: Key
    name: Words
    own: Words
    about: Words

    @property
    def is_home(self) -> bool:
        """Whether the key identifies what its table is about, rather than something else that occurs there once."""
        return not self.own or ends_with(self.about, self.own) or same(self.own, self.about) or self.is_short

    @property
    def is_short(self) -> bool:
        """Whether the key abbreviates its table, maybe to one letter."""
        last = self.about[-1:]
        return abbreviates(self.own, self.about) or abbreviates(self.own, last) or self.key.is_initial

    @property
    def full(self) -> Words:
        """The key with what it identifies: `customer_id`, also for `customers.id`."""
        if not self.own:
            return (*self.about, *self.name)
        return (*self.about, "id") if self.key.is_initial else self.name

    @property
    def place(self) -> str:
        """How people call it."""
        return f"{self.key.table.name}.{self.key.column.name}"


def _by_key(name: Words, target: Target) -> tuple[float, str] | None:
    if target.own and same(name, target.name):
        return _same_name(target), f"has the name of {target.place}"
    if same(name, target.full) or same(name, (*target.about, *target.name)):
        return 0.96, f"names {target.place}"
    if target.is_home and ends_with(name, target.full):
        return 0.88, f"names {target.place} with a role before it"
    return _by_table(name, target)


def _same_name(target: Target) -> float:
    if same(target.own, target.about):
        return 0.97
    if target.is_home:
        return 0.93
    return 0.85 if target.key.declared or target.key.is_first else 0.6


def _by_table(name: Words, target: Target) -> tuple[float, str] | None:
    """A column that names the table, or what the key identifies, but not the key itself."""
    bare, table = without_key_word(name, target.about), target.key.table.name
    other_kind = bare != name and bool(target.own) and name[-1] != target.name[-1]
    if not target.is_home and not target.key.declared:
        return None
    known = [target.about, *([target.own] if target.own and target.is_home else [])]
    if any(same(bare, each) for each in known):
        return (0.6 if other_kind else 0.85 if bare != name else 0.75), f"names {table}"
    if bare and bare != name and abbreviates(bare, target.about):
        return 0.75, f"abbreviates {table}"
    if any(ends_with(bare, each) for each in known) and name[0] not in listed("amounts"):
        return 0.65, f"names {table} with a role before it"
    if target.key.declared and ends_with(target.about, bare):
        return (0.75 if bare != name else 0.65), f"names the last word of {table}"
    return None


def _by_plain_name(name: Words, about: Words, target: Words, key: Key) -> tuple[float, str] | None:
    """A column called by its table, such as `flights.departure_airport` for `airports.name`."""
    if same(name, target) and (same(target, about) or same(target[:-1], about)):
        return 0.85, f"has the name of {key.table.name}.{key.column.name}"
    if len(name) > 1 and key.is_first and same(name, target):
        return 0.66, f"has the name of {key.table.name}.{key.column.name}, which comes first there"
    if same(name, (*about, *target)):
        return 0.69, f"names {key.table.name}.{key.column.name}"
    if same(name, about) or (ends_with(name, about) and family(key.column.type) == "text"):
        return 0.66, f"names {key.table.name}"
    return None
