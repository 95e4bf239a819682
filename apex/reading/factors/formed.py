"""The form of a question and of its statement: some are right more often than others, whatever they are about."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from apex.reading.factors.case import Case

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`")
_STEPS = re.compile(
    r"\b(?:SELECT|DISTINCT|COUNT\(\*\)|COUNT\(DISTINCT|SUM\(|AVG\(|MIN\(|MAX\(|CASE|JOIN|WHERE|GROUP BY|HAVING|ORDER BY"
    r"|DESC|LIMIT|IN \(SELECT|IN \(|NOT|EXISTS|INTERSECT|UNION|EXCEPT|AND|OR|LIKE|BETWEEN)|<>|>=|<=|>|<|="
)


def formed(case: Case) -> Mapping[str, float]:
    """How often each step stands in the statement, and in the question each kind of word behind each."""
    statement = _QUOTED.sub("'", case.settled.compilation.sql)
    steps = Counter(_STEPS.findall(statement))
    turns = Counter(map("".join, pairwise(f"^{''.join(piece.sign for piece in case.pieces)}$")))
    return {
        **{f"step {step}": float(count) for step, count in steps.items()},
        **{f"turn {turn}": float(count) for turn, count in turns.items()},
    }
