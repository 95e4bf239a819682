"""Predicts a set of questions through the real graph, one line per case, so that others can score what was answered."""

import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from core.errors import DataChatError, UserError
from core.values import Answer, Status
from evals.scratch import restored
from graph.assembly import House
from graph.turns import Question


class Case(BaseModel):
    """One question of a set; the `gold` statements are for judging alone, and never read in predicting."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str
    db_path: str
    dialect: str = "sqlite"
    pg_schema: str | None = None
    history: list[str] = []
    gold_sql: str | None = None
    gold_variants: list[str | None] = []
    gold_sql_all: list[str | None] = []

    @property
    def known(self) -> list[str]:
        """Every statement that is taken for right."""
        several = (self.gold_sql, *self.gold_variants, *self.gold_sql_all)
        return list(dict.fromkeys(each for each in several if each and each.strip()))


class Prediction(BaseModel):
    """What was made of one case."""

    id: str
    status: str
    sql: str | None = None
    confidence: float = 0.0
    llm_calls: int = 0
    ms: float = 0.0


_STATUSES: dict[Status, str] = {"waiting": "clarify"}


@dataclass
class Predictor:
    """Asks cases in an open house; each database is opened, restored and measured when it is first asked."""

    house: House
    root: Path
    server: str | None = None
    """A PostgreSQL server for sets in that dialect."""
    model: str = "none"
    _names: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    async def predict(self, cases: Sequence[Case]) -> AsyncGenerator[Prediction]:
        """Every case in its turn; what fails is an `error`, and the next one is tried."""
        for case in cases:
            started = perf_counter()
            try:
                yield await self._predicted(case)
            except DataChatError as error:
                if isinstance(error, UserError) and error.code == "no_server":
                    raise
                spent = round((perf_counter() - started) * 1000, 2)
                yield Prediction(id=case.id, status="error", ms=spent)

    async def _predicted(self, case: Case) -> Prediction:
        name = await self.database(case)
        conversation = uuid4().hex
        for text in case.history:
            await self._ask(text, conversation, name)
        started = perf_counter()
        answer = await self._ask(case.question, conversation, name)
        return Prediction(
            id=case.id,
            status=_STATUSES.get(answer.status, answer.status),
            sql=answer.sql,
            confidence=answer.confidence,
            llm_calls=answer.usage.llm_calls,
            ms=round((perf_counter() - started) * 1000, 2),
        )

    async def _ask(self, text: str, conversation: str, database: str) -> Answer:
        asked = Question(text=text, conversation=conversation, database=database, model=self.model)
        # A question back is not waited for: the next question of the set makes way for itself.
        async with aclosing(self.house.passing.ask(asked)) as events:
            async for event in events:
                if event.type == "answer":
                    return Answer.model_validate(event.data)
        raise AssertionError("a turn ended without an answer")

    async def database(self, case: Case) -> str:
        """The name to ask by, of a database that is measured."""
        place = (case.db_path, case.pg_schema or "")
        if place not in self._names:
            url = await self._url(case)
            name = await self.house.databases.known(url)
            await self.house.databases.get(name)
            self._names[place] = name
        return self._names[place]

    async def _url(self, case: Case) -> str:
        path = (self.root / case.db_path).absolute()
        if case.dialect != "postgres":
            return f"sqlite:///{path}"
        if self.server is None:
            raise UserError(
                "This set needs a PostgreSQL server.", hint="Name one with --pg postgresql://...", code="no_server"
            )
        return await restored(self.server, path, schema=case.pg_schema)


def cases_of(path: Path, *, limit: int | None = None) -> list[Case]:
    """The cases of a file, one JSON object per line; UserError with the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", code="bad_file") from error
    cases: list[Case] = []
    for number, line in enumerate(filter(str.strip, lines), start=1):
        try:
            cases.append(Case.model_validate(_flat(json.loads(line))))
        except (AttributeError, ValidationError, ValueError) as error:
            raise UserError(
                f"{path}, line {number}: not a case", hint="A case has `id`, `question` and `db_path`.", code="bad_file"
            ) from error
    return cases[:limit]


def _flat(line: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """A case that words its question in several ways is asked in the first."""
    several = line.get("questions")
    return {**line, "question": several[0]} if isinstance(several, list) and "question" not in line else line


async def write(
    predictor: Predictor, cases: Sequence[Case], out: Path, *, tell: Callable[[str], None] = lambda text: None
) -> int:
    """Write one prediction per line as soon as it is there, so that a stop keeps what is done; return how many."""
    done = 0
    with out.open("w", encoding="utf8") as file:
        async with aclosing(predictor.predict(cases)) as predictions:
            async for prediction in predictions:
                file.write(f"{prediction.model_dump_json()}\n")
                file.flush()
                done += 1
                tell(f"{done} of {len(cases)}")
    return done
