"""Questions of the example company with the plan and the SQL that they become; `--rewrite-golden` writes them anew.

A block is a question (or several, each behind `>`, of which the last is read), then one line that begins with
`=` the plan, `?` a question back, `!` a clear no, `~` words that were not understood, or `-` no metrics; then the SQL.
"""

from pathlib import Path

import pytest

from apex.wording import describe
from core.values import Compiled
from tests.apex.metric_questions.conftest import Ask

FILE = Path(__file__).parent / "golden" / "questions.txt"
BLOCKS = FILE.read_text(encoding="utf8").strip().split("\n\n")


def told(found: Compiled | None) -> list[str]:
    """What was made of a question, as the golden file shows it."""
    if found is None:
        return ["-"]
    match found.status:
        case "ready":
            plan = describe(found.plan) if found.plan else found.evidence[0].id
            doubt = [] if found.verified else [f"  chosen: {' '.join(found.assumptions)}"]
            return [f"= {plan}", *doubt, f"  {' '.join(found.sql.split())}"]
        case "ambiguous":
            assert found.clarification
            return [f"? {found.clarification.question}", *(f"  {each}" for each in found.clarification.options)]
        case "impossible":
            return [f"! {found.words}"]
        case _:
            return [f"~ {found.reason}"]


def test_questions_become_their_plans(ask: Ask, pytestconfig: pytest.Config) -> None:
    questions = [block.splitlines()[0] for block in BLOCKS]
    assert len(set(questions)) == len(questions) >= 100
    made = ["\n".join([line, *told(ask(*line.split(" > ")))]) for line in questions]
    if pytestconfig.getoption("--rewrite-golden"):
        FILE.write_text("\n\n".join(made) + "\n", encoding="utf8")
        return
    assert made == BLOCKS
