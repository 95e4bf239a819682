"""Reads every question of a set by the rules alone, and compares what its statement gives with the known ones."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from apex.reading.engine import read
from apex.reading.library import library_of
from connectors.registry import open_connector
from core.ports import Connector
from core.profile import Profile
from core.values import FoundValue, Limits
from evals.comparing import same_rows
from evals.fitting import Judged
from evals.scratch import restored
from evals.shaken import shaken
from indexers.database.profile import quick_profile
from indexers.database.relations.find import relations
from indexers.database.values import values

SECONDS = 30.0
VARIANTS, SHAKEN = 10, 2
"""On so many more databases a reading is judged: on some that are given, else on some that are made."""


class Asked(NamedTuple):
    """A question that stands alone, with every statement that is taken for right; `schema` of a dump is meant."""

    kind: str
    db: str
    path: Path
    schema: str
    question: str
    known: Sequence[str]


class Line(BaseModel):
    """A line of a set."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    db: str
    db_path: str
    question: str
    pg_schema: str | None = None
    history: list[str] = []
    gold_sql: str | None = None
    gold_variants: list[str | None] = []
    gold_sql_all: list[str | None] = []
    interpretations: list[str] = []

    def meant(self) -> Iterator[tuple[str, Sequence[str | None]]]:
        """The question with its statements; where it is told with all that it may mean, each of these with its own."""
        if not self.interpretations:
            yield self.question, [self.gold_sql, *self.gold_variants]
        for told, known in zip(self.interpretations, self.gold_sql_all, strict=False):
            yield told, [known]


def asked_in(path: Path, root: Path) -> Iterator[Asked]:
    """The questions of a set that stand alone, and can be answered.

    Their database lies under the root, or beside the set: such sets are one together, called like their folder.
    """
    for text in path.read_text(encoding="utf8").splitlines():
        line = Line.model_validate_json(text)
        beside = path.parent / line.db_path
        kind, file = (path.parent.name, beside) if beside.exists() else (path.stem, root / line.db_path)
        for question, known in line.meant() if line.gold_sql and not line.history else ():
            right = [each for each in dict.fromkeys(known) if each]
            yield Asked(kind, line.db, file.absolute(), line.pg_schema or "", question, right)


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Where databases of the same shape are, if there are some, and a server for dumps."""

    variants: Path | None = None
    server: str | None = None

    def __call__(self, cases: Sequence[Asked]) -> list[Judged]:
        """The readings of the questions of one database."""
        return asyncio.run(self._judged(cases))

    async def _judged(self, cases: Sequence[Asked]) -> list[Judged]:
        with TemporaryDirectory() as folder:
            urls = await self._urls(cases[0], Path(folder))
            async with AsyncExitStack() as stack:
                doors: list[Connector] = []
                for url in urls:
                    doors.append(await open_connector(url, limits=Limits()))
                    stack.push_async_callback(doors[-1].close)
                return [each async for each in _readings(doors, cases)]

    async def _urls(self, case: Asked, folder: Path) -> Sequence[str]:
        """The database, and others of the same shape; a dump has none."""
        if case.path.suffix == ".sql":
            return [await restored(self.server, case.path, schema=case.schema or None)] if self.server else []
        given = sorted((self.variants / case.db).glob("*.sqlite"))[:VARIANTS] if self.variants else []
        more = given or shaken(case.path, folder, SHAKEN)
        return [f"sqlite:///{each.absolute()}" for each in (case.path, *more)]


async def _readings(doors: Sequence[Connector], cases: Sequence[Asked]) -> AsyncGenerator[Judged]:
    if not doors:
        return
    catalog = await doors[0].catalog()
    measured = await quick_profile(doors[0], catalog, seconds=SECONDS)
    profile = Profile(measured.tables, await relations(doors[0], catalog, measured))
    library = library_of(catalog, profile)
    known = [
        FoundValue(table=str(each.table), column=each.column, value=value, phrase=value)
        async for each in values(doors[0], catalog, profile)
        for value in each.values
    ]
    for case in cases:
        reading = read(case.question, library, values=known, now=datetime.now(UTC))
        if reading.settled:
            right = await _is_right(doors, reading.settled.compilation.sql, case.known)
            if right is not None:
                yield Judged(case.kind, case.db, dict(reading.measured), right)


async def _is_right(doors: Sequence[Connector], asked: str, known: Sequence[str]) -> bool | None:
    """Whether a statement gives the rows of a known one everywhere; None where no known one runs."""
    verdicts: list[bool] = []
    for statement in known:
        first = await same_rows(doors[0], asked, statement)
        if first is not None:
            verdicts.append(first and all([await same_rows(each, asked, statement) is not False for each in doors[1:]]))
    return any(verdicts) if verdicts else None
