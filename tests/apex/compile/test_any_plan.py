"""Plans put together by chance: each is refused with words or runs; none raises."""

import random
from pathlib import Path

import pytest

from apex.compile import Compilation, compile_plan
from apex.model import Model
from connectors.registry import open_connector
from core.values import Limits, Plan
from core.values.plans import Aggregate, Condition, Measure, Operator, Related
from tests.apex.cases import agg, both, col, count, down, either, has, no, plan, table, up
from tests.apex.market import market, script
from tests.connectors.conftest import found

MODEL = Model.of(market("duckdb"))
TABLES = ("customers", "products", "tags", "product_tags", "orders", "order_items", "tickets")
PLANS = 400


class Dice:
    """Throws parts of plans."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def column(self, name: str, *, numeric: bool = False) -> str:
        columns = MODEL.catalog.by_text[table(name)].columns
        fitting = [each.name for each in columns if not numeric or each.type in ("INTEGER", "DECIMAL(12, 2)")]
        return f"{name}.{self.random.choice(fitting)}"

    def measure(self) -> Measure:
        name = self.random.choice(TABLES)
        kept = self.condition() if self.random.random() < 0.25 else None
        kinds: tuple[Aggregate, ...] = ("sum", "avg", "min", "max", "median")
        return self.random.choice(
            [
                count(name, kept),
                agg(self.random.choice(kinds), self.column(name, numeric=True), where=kept),
                agg("count", self.column(name), distinct=True),
            ]
        )

    def condition(self, depth: int = 0) -> Condition:
        name, thrown = self.random.choice(TABLES), self.random.random()
        if thrown < 0.15:
            return Related(table=table(name))
        if thrown < 0.25:
            return has(self.column(name), "is null")
        if thrown < 0.4 and depth < 2:
            return no(self.condition(depth + 1))
        if thrown < 0.55 and depth < 2:
            return self.random.choice([both, either])(self.condition(depth + 1), self.condition(depth + 1))
        compared: tuple[Operator, ...] = ("<", ">", "=", "!=")
        return has(self.column(name, numeric=True), self.random.choice(compared), self.random.randint(0, 300))

    def plan(self) -> Plan:
        about, often = self.random.choice(TABLES), self.random.random
        shown = [
            self.measure() if often() < 0.5 else self.column(self.random.choice((about, about, *TABLES)))
            for _ in range(self.random.randint(1, 3))
        ]
        by = self.measure() if often() < 0.5 else col(self.column(about))
        return plan(
            about, *shown,
            where=self.condition() if often() < 0.5 else None,
            having=has(self.measure(), ">", 1) if often() < 0.15 else None,
            order=[self.random.choice([up, down])(by)] if often() < 0.3 else [],
            limit=2 if often() < 0.2 else None, skip=int(often() < 0.2),
            firsts_of=[col(self.column(about))] if often() < 0.1 else [],
            ties=often() < 0.5, zeros=often() < 0.15, distinct=often() < 0.1,
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
async def test_every_plan_is_refused_or_runs(seed: int, tmp_path: Path) -> None:
    engine, dice, ran = found()["duckdb"], Dice(seed), 0
    engine.start(tmp_path)
    connector = await open_connector(engine.create("shop", script("duckdb")), limits=Limits())
    try:
        for _ in range(PLANS):
            done = compile_plan(dice.plan(), MODEL)
            if isinstance(done, Compilation):
                await connector.run(done.sql, limits=Limits())
                ran += 1
            else:
                assert done.message
    finally:
        await connector.close()
    assert ran > PLANS / 2
