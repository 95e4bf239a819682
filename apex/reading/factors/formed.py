"""The form of a statement: some are right more often than others, whatever they are about."""

import re
from collections import Counter
from collections.abc import Mapping

from apex.reading.factors.case import Case

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`")
_STEPS = re.compile(
    r"\b(?:SELECT|DISTINCT|COUNT\(\*\)|COUNT\(DISTINCT|SUM\(|AVG\(|MIN\(|MAX\(|CASE|JOIN|WHERE|GROUP BY|HAVING|ORDER BY"
    r"|DESC|LIMIT|IN \(SELECT|IN \(|NOT|EXISTS|INTERSECT|UNION|EXCEPT|AND|OR|LIKE|BETWEEN)|<>|>=|<=|>|<|="
)


def formed(case: Case) -> Mapping[str, float]:
    """How often each step stands in the statement, and whether SQLite runs it.

    There a reading counted as right that is so for other rows too, elsewhere for the rows that are there.
    """
    statement = _QUOTED.sub("'", case.settled.compilation.sql)
    steps = Counter(_STEPS.findall(statement))
    on_sqlite = float(case.model.catalog.dialect == "sqlite")
    return {"on sqlite": on_sqlite, **{f"step {step}": float(count) for step, count in steps.items()}}
