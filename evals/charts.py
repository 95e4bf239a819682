"""How often the right kind of chart is chosen, given the right SQL: nvBench, half of its databases held out."""

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TypedDict

from sqlglot import exp, parse_one

from apex.charts.choice import choose
from apex.charts.fields import fields_of
from core.values import ResultColumn, Row

ROOT = Path("../shared/evals/dev")
BAR = 0.90
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


def chosen(case: Case, root: Path = ROOT) -> list[str]:
    """The kind that is chosen for each of the case's questions."""
    columns, rows = _run(root / case["db_path"], case["gold_sql"])
    fields = fields_of(columns, rows)
    hidden = hidden_groups(case["gold_sql"])
    choices = [
        choose(fields, rows=len(rows), question=question, hidden=hidden, wanted=True) for question in case["questions"]
    ]
    return [choice.name if choice else "table" for choice in choices]


def hidden_groups(sql: str) -> list[str]:
    """What the statement groups by without showing it."""
    select = parse_one(sql, dialect="sqlite")
    group = select.args.get("group")
    if not isinstance(group, exp.Group) or not isinstance(select, exp.Select):
        return []
    shown = {column.name.lower() for each in select.expressions for column in each.find_all(exp.Column)}
    return [each.name for each in group.expressions if each.name.lower() not in shown]


def _run(path: Path, sql: str) -> tuple[list[ResultColumn], list[Row]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        connection.text_factory = _text
        try:
            cursor = connection.execute(sql)
            rows: list[Row] = [list(row) for row in cursor.fetchmany(1000)]
        except sqlite3.Error:
            return _unrun(sql)
        names = [each[0] for each in cursor.description]
    return [ResultColumn(name=name, type=_type(place, rows)) for place, name in enumerate(names)], rows


def _text(stored: bytes) -> str:
    return stored.decode("utf8", "ignore")


def _unrun(sql: str) -> tuple[list[ResultColumn], list[Row]]:
    """The columns of a statement that only the set's own tools can run: an aggregate of an aggregate, for example."""
    tree = parse_one(sql, dialect="sqlite")
    shown: list[exp.Expr] = tree.selects if isinstance(tree, exp.Query) else []
    types = ["integer" if each.find(exp.AggFunc) else "text" for each in shown]
    columns = [ResultColumn(name=each.sql(), type=kind) for each, kind in zip(shown, types, strict=True)]
    return columns, [[1 if kind == "integer" else "a" for kind in types]]


def _type(place: int, rows: Sequence[Row]) -> str:
    kinds = {type(row[place]) for row in rows if row[place] is not None}
    return "integer" if kinds == {int} else "float" if kinds and kinds <= {int, float} else "text"


def shares(verdicts: Mapping[str, Counter[bool]]) -> Iterator[str]:
    """One line per kind and half: how many are right."""
    for name, counted in verdicts.items():
        total = sum(counted.values())
        yield f"{name:32} {counted[True] / total:6.1%}  of {total}"


def main() -> int:
    """Print the table; 1 below the bar on the databases held out."""
    if not ROOT.exists():
        sys.stderr.write(f"{ROOT} is not here, so nothing was measured.\n")
        return 0
    verdicts: dict[str, Counter[bool]] = {}
    for case in cases():
        half = "held out" if is_held_out(case["db"]) else "tuned on"
        for kind in chosen(case):
            right = kind == NAMES[case["chart"]]
            for name in (f"{half}: {case['chart']}", half):
                verdicts.setdefault(name, Counter())[right] += 1
    sys.stdout.write("\n".join(shares(dict(sorted(verdicts.items())))) + "\n")
    held = verdicts["held out"]
    return 0 if held[True] / sum(held.values()) >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
