"""Every plan of `cases.py` in every dialect: as written down, through the gate, and with equal rows in every engine."""

import json
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from apex.compile import Compilation, Refusal, compile_plan
from apex.model import Model
from apex.wording import describe
from connectors.registry import open_connector
from core.errors import StatementError
from core.ports import Connector
from core.values import Limits, Plan, Row
from sql.guard import guard
from tests.apex.cases import CASES
from tests.apex.market import market, script
from tests.connectors.conftest import started
from tests.connectors.engine import Engine

GOLDEN = Path(__file__).parents[1] / "golden"
DIALECTS = ("sqlite", "postgres", "duckdb", "mysql", "clickhouse", "bigquery", "snowflake", "trino", "redshift")
ENGINES = ("sqlite", "duckdb", "postgresql", "mysql", "chdb")


def compiled(plan: Plan, dialect: str) -> Compilation | Refusal:
    return compile_plan(plan, Model.of(market(dialect)), dialect)


def written(plan: Plan) -> str:
    """The golden text: the plan in words, then its SQL by dialect."""
    lines = [f"-- {describe(plan)}"]
    for dialect in DIALECTS:
        result = compiled(plan, dialect)
        told = f"{result.sql};" if isinstance(result, Compilation) else f"-- {result.reason}: {result.message}"
        lines += ["", f"-- {dialect}", told]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_every_plan_is_written_as_agreed(name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.sql"
    text = written(CASES[name])
    if request.config.getoption("--rewrite-golden", default=False):
        path.write_text(text, encoding="utf8")
    assert path.read_text(encoding="utf8") == text


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.sql")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_plan_survives_json(name: str) -> None:
    plan = CASES[name]
    assert Plan.model_validate(json.loads(plan.model_dump_json())) == plan


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_gate_lets_every_statement_pass(dialect: str) -> None:
    catalog, refused = market(dialect), {}
    for name, plan in CASES.items():
        result = compiled(plan, dialect)
        if isinstance(result, Compilation):
            verdict = guard(result.sql, dialect=dialect, catalog=catalog)
            if not verdict.ok:
                refused[name] = (result.sql, verdict.because)
    assert refused == {}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from started(request, tmp_path_factory)


@pytest.fixture(scope="module")
def market_url(engine: Engine) -> str:
    return engine.create("shop", script(engine.dialect))


@pytest.fixture
async def connector(market_url: str) -> AsyncIterator[Connector]:
    connector = await open_connector(market_url, limits=Limits(seconds=20))
    yield connector
    await connector.close()


async def test_every_engine_gives_the_same_rows(
    engine: Engine, connector: Connector, request: pytest.FixtureRequest
) -> None:
    path = GOLDEN / "rows.json"
    rows: dict[str, list[Row]] = {}
    for name, plan in CASES.items():
        result = compiled(plan, engine.dialect)
        assert isinstance(result, Compilation), f"{name}: {result}"
        try:
            answer = await connector.run(result.sql, limits=Limits(seconds=20))
        except StatementError as error:
            rows[name] = [[error.message, result.sql]]
        else:
            rows[name] = comparable(answer.rows, ordered=bool(plan.order) and not (plan.ties or plan.firsts_of))
    if request.config.getoption("--rewrite-golden", default=False) and engine.dialect == "sqlite":
        lines = [f"{json.dumps(name)}: {json.dumps(each)}" for name, each in rows.items()]
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")
    expected = json.loads(path.read_text(encoding="utf8"))
    assert {name: (each, expected[name]) for name, each in rows.items() if each != expected[name]} == {}


def comparable(rows: list[Row], *, ordered: bool) -> list[Row]:
    """Rows of which numbers are numbers and midnight is a day, sorted where no order was asked for."""
    plain: list[Row] = [[_plain(cell) for cell in row] for row in rows]
    return plain if ordered else sorted(plain, key=json.dumps)


def _plain(cell: object) -> str | int | float | None:
    if cell is None or isinstance(cell, int):
        return cell
    try:
        number = round(float(Decimal(str(cell))), 8)
    except InvalidOperation:
        return str(cell).replace(" ", "T") if str(cell)[:2] == "20" else str(cell)
    return int(number) if number == int(number) else number
