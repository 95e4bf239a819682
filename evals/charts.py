"""How often the right kind of chart is chosen, given the right SQL: nvBench, half of its databases held out."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TypedDict

from sqlglot import exp, parse_one

from apex.charts.choice import choose
from apex.charts.fields import fields_of
from connectors.registry import open_connector
from core.errors import LimitError, StatementError
from core.ports import Connector
from core.values import Limits, ResultColumn, Row

ROOT = Path("../shared/evals/dev")
BAR = 0.90
LIMITS = Limits(rows=1000)
NAMES = {
    "Bar": "bar", "Stacked Bar": "stacked bar", "Line": "line", "Grouping Line": "multi-series line", "Pie": "pie",
    "Scatter": "scatter", "Grouping Scatter": "grouped scatter",
}  # fmt: skip


class Case(TypedDict):
    """A line of the set."""

    id: str
    db: str
    questions: list[str]
    chart: str
    gold_sql: str
    db_path: str


def cases(root: Path = ROOT) -> Iterator[Case]:
    """Every case of the set."""
    with (root / "sets" / "nvbench.jsonl").open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def is_held_out(database: str) -> bool:
    """Whether rules must not be made by looking at this database."""
    return blake2b(database.encode(), digest_size=1).digest()[0] % 2 == 1


async def chosen(case: Case, connector: Connector) -> list[str]:
    """The kind that is chosen for each of the case's questions."""
    columns, rows = await _run(connector, case["gold_sql"])
    fields = fields_of(columns, rows)
    hidden = hidden_groups(case["gold_sql"])
    choices = [
        choose(fields, rows=len(rows), question=question, hidden=hidden, wanted=True) for question in case["questions"]
    ]
    return [choice.name if choice else "table" for choice in choices]


async def judged(chosen_cases: Iterable[Case], root: Path = ROOT) -> AsyncIterator[tuple[Case, bool]]:
    """For each question of each case, whether the right kind is chosen."""
    by_path: dict[str, list[Case]] = {}
    for case in chosen_cases:
        by_path.setdefault(case["db_path"], []).append(case)
    for path, of_path in by_path.items():
        connector = await open_connector(f"sqlite:///{root / path}", limits=LIMITS)
        try:
            for case in of_path:
                for kind in await chosen(case, connector):
                    yield case, kind == NAMES[case["chart"]]
        finally:
            await connector.close()


def hidden_groups(sql: str) -> list[str]:
    """What the statement groups by without showing it."""
    select = parse_one(sql, dialect="sqlite")
    group = select.args.get("group")
    if not isinstance(group, exp.Group) or not isinstance(select, exp.Select):
        return []
    shown = {column.name.lower() for each in select.expressions for column in each.find_all(exp.Column)}
    return [each.name for each in group.expressions if each.name.lower() not in shown]


async def _run(connector: Connector, sql: str) -> tuple[list[ResultColumn], list[Row]]:
    try:
        result = await connector.run(sql, limits=LIMITS)
    except (StatementError, LimitError):
        return _unrun(sql)
    return result.columns, result.rows


def _unrun(sql: str) -> tuple[list[ResultColumn], list[Row]]:
    """The columns of a statement that only the set's own tools can run: an aggregate of an aggregate, for example."""
    tree = parse_one(sql, dialect="sqlite")
    shown: list[exp.Expr] = tree.selects if isinstance(tree, exp.Query) else []
    types = ["integer" if each.find(exp.AggFunc) else "text" for each in shown]
    columns = [ResultColumn(name=each.sql(), type=kind) for each, kind in zip(shown, types, strict=True)]
    return columns, [[1 if kind == "integer" else "a" for kind in types]]


def shares(verdicts: Mapping[str, Counter[bool]]) -> Iterator[str]:
    """One line per kind and half: how many are right."""
    for name, counted in verdicts.items():
        total = sum(counted.values())
        yield f"{name:32} {counted[True] / total:6.1%}  of {total}"


async def measured() -> int:
    """Print the table; 1 below the bar on the databases held out."""
    verdicts: dict[str, Counter[bool]] = {}
    async for case, right in judged(cases()):
        half = "held out" if is_held_out(case["db"]) else "tuned on"
        for name in (f"{half}: {case['chart']}", half):
            verdicts.setdefault(name, Counter())[right] += 1
    sys.stdout.write("\n".join(shares(dict(sorted(verdicts.items())))) + "\n")
    held = verdicts["held out"]
    return 0 if held[True] / sum(held.values()) >= BAR else 1


def main() -> int:
    """Measure, where the set is."""
    if not ROOT.exists():
        sys.stderr.write(f"{ROOT} is not here, so nothing was measured.\n")
        return 0
    return asyncio.run(measured())


if __name__ == "__main__":
    sys.exit(main())
