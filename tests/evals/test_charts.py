"""The right kind of chart for public questions, on databases that no rule was made for."""

import pytest

from evals.charts import BAR, NAMES, ROOT, cases, chosen, is_held_out

needs_nvbench = pytest.mark.skipif(not ROOT.exists(), reason=f"{ROOT} (nvBench) is not here")


@needs_nvbench
def test_nine_of_ten_charts_are_right_on_unseen_databases() -> None:
    verdicts = [
        kind == NAMES[case["chart"]]
        for place, case in enumerate(cases())
        if place % 5 == 0 and is_held_out(case["db"])
        for kind in chosen(case)
    ]
    assert sum(verdicts) / len(verdicts) >= BAR
