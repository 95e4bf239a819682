"""Whether the chart is of the kind that people would draw."""

from evals.trial import Trial


async def chart(trial: Trial) -> bool | None:
    """Compare the mark of the chart; `table` expects none."""
    if trial.case.chart is None:
        return None
    drawn = (await trial.answer()).chart
    mark = drawn.get("mark") if drawn else "table"
    return (mark.get("type") if isinstance(mark, dict) else mark) == trial.case.chart
