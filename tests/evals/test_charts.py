"""The right kind of chart for public questions, on databases that no rule was made for."""

import pytest

from evals.charts import BAR, ROOT, cases, is_held_out, judged

needs_nvbench = pytest.mark.skipif(not ROOT.exists(), reason=f"{ROOT} (nvBench) is not here")


@needs_nvbench
async def test_nine_of_ten_charts_are_right_on_unseen_databases() -> None:
    some = [case for place, case in enumerate(cases()) if place % 5 == 0 and is_held_out(case["db"])]
    verdicts = [right async for _, right in judged(some)]
    assert sum(verdicts) / len(verdicts) >= BAR
