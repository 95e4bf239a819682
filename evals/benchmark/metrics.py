"""What a metric costs over running the same SQL by hand: compiled, judged by the gate and run, beside only run."""

from collections.abc import Callable
from time import perf_counter, process_time

from apex import Engine, Model
from apex.engine import Statement
from connectors.registry import open_connector
from core.catalog import Catalog
from core.ports import Connector
from core.values import Limits
from datapoints.kinds.metric import MetricDataPoint
from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures, share, spread
from sql.guard import guard

TABLES = (10, 5_000)
ROUNDS = 60
_TEMPLATE = """
SELECT ships.flag, COUNT(*) AS visits FROM visits JOIN ships ON visits.ship_id = ships.id
WHERE visits.arrived >= {start_date} AND {filters} GROUP BY ships.flag ORDER BY ships.flag
"""
_METRICS = (
    {"id": "visits", "execution": {"type": "simple", "measure": {"aggregate": "count", "table": "visits"}}},
    {
        "id": "visits_written",
        "execution": {"sql_template": _TEMPLATE, "parameters": {"start_date": {"type": "date", "required": True}}},
    },
)


async def measure(rig: Rig) -> Figures:
    """For a declared and a written metric, in a small and a large catalog."""
    found: Figures = {}
    for tables in TABLES:
        connector = await open_connector(await rig.database(tables), limits=Limits())
        try:
            found[f"{tables} tables"] = await _measured(await connector.catalog(), connector)
        finally:
            await connector.close()
    return found


async def _measured(catalog: Catalog, connector: Connector) -> Figures:
    started = process_time()
    model = Model.of(catalog, datapoints=[MetricDataPoint.model_validate(each) for each in _METRICS])
    engine = Engine(model)
    declared(engine)
    opened = (process_time() - started) * 1000
    return {
        "first_ms": round(opened, 1),
        "declared": await _beside(engine, connector, declared),
        "written": await _beside(engine, connector, written),
    }


def declared(engine: Engine) -> str:
    """The SQL of the declared metric."""
    return _sql(engine.metric("visits", group_by=["ships.flag"], order=["flag"], time=("2026-01-01", None)))


def written(engine: Engine) -> str:
    """The SQL of the written one."""
    return _sql(engine.metric("visits_written", time=None, parameters={"start_date": "2026-01-01"}))


def _sql(statement: object) -> str:
    assert isinstance(statement, Statement), statement
    return statement.sql


async def _beside(engine: Engine, connector: Connector, make: Callable[[Engine], str]) -> Figures:
    """By turns, so that both meet the same machine."""
    by_hand, by_metric, thought = list[float](), list[float](), list[float]()
    sql = make(engine)
    for _ in range(ROUNDS):
        by_hand.append(await _run(connector, sql))
        started, busy = perf_counter(), process_time()
        verdict = guard(make(engine), dialect=engine.model.catalog.dialect, catalog=engine.model.catalog)
        thought.append((process_time() - busy) * 1000)
        assert verdict.ok, verdict.because
        await connector.run(verdict.sql, limits=Limits())
        by_metric.append((perf_counter() - started) * 1000)
    return {
        "by_hand": spread(by_hand),
        "by_metric": spread(by_metric),
        "overhead_p50_ms": round(share(by_metric, 0.5) - share(by_hand, 0.5), 2),
        "cpu_p50_ms": round(share(thought, 0.5), 2),
    }


async def _run(connector: Connector, sql: str) -> float:
    started = perf_counter()
    await connector.run(sql, limits=Limits())
    return (perf_counter() - started) * 1000
