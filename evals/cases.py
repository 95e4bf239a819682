"""What a suite is: questions, what is expected of each, and how much of it has to be right."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from core.errors import NotFoundError, UserError
from core.values.base import Value
from core.yaml_file import read_mapping

FOLDER = Path(__file__).parent / "suites"
GOLDEN = Path(__file__).parent / "payments.yaml"
"""Questions about the example company, with the SQL that answers them."""


class Case(Value):
    """A question and what is expected; what is left out is not looked at.

    `after` are the questions asked before it in the same conversation. `sql` is a statement whose rows are right.
    """

    question: str
    after: list[str] = []
    database: str | None = None
    status: str | None = None
    source: str | None = None
    intent: str | None = None
    sql: str | None = None
    tables: list[str] = []
    datapoints: list[str] = []
    routed_to: str | None = None
    words: list[str] = []
    chart: str | None = None


class Suite(Value):
    """Cases of one kind. `thresholds` name, for each scorer, the least share of its cases that must be right.

    `databases` are made for the suite, as SQLite files: their name, and the SQL that makes them. `database` is asked by
    cases that name none. `golden` adds the example company's questions of these kinds.
    """

    name: str
    thresholds: dict[str, float] = Field(min_length=1)
    databases: dict[str, str] = {}
    database: str | None = None
    golden: list[str] = []
    cases: list[Case] = []


def suites(names: Sequence[str] = ()) -> list[Suite]:
    """The suites of these names (or paths of files), all of ours where none is named."""
    own = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
    return [_read(_path(name, own)) for name in names] if names else [_read(path) for path in own.values()]


def _path(name: str, own: dict[str, Path]) -> Path:
    path = own.get(name) or Path(name)
    if not path.is_file():
        raise NotFoundError(f"There is no suite {name!r}.", hint=f"Known: {', '.join(own)}; or give a file.")
    return path


def _read(path: Path) -> Suite:
    written = read_mapping(path)
    try:
        suite = Suite.model_validate({"name": path.stem, **written.value})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise UserError(f"{written.where(first['loc'])}: {key}: {first['msg']}.") from None
    cases = [*suite.cases, *(case for kind in suite.golden for case in _golden(kind))]
    if not cases:
        raise UserError(f"{path}: the suite has no cases.", hint="List them under `cases`.")
    named = [case.model_copy(update={"database": case.database or suite.database}) for case in cases]
    return suite.model_copy(update={"cases": named})


def _golden(kind: str) -> list[Case]:
    """The example company's own questions, with the statements that answer them."""
    listed = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    return [
        Case(question=each["question"], sql=each["sql"], after=[each["after"]] if "after" in each else [])
        for each in listed
        if each["kind"] == kind
    ]
