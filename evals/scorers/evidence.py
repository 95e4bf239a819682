"""Whether the answer rests on the DataPoints that define what was asked."""

from evals.trial import Trial


async def evidence(trial: Trial) -> bool | None:
    """Look for each expected DataPoint in the evidence."""
    if not trial.case.datapoints:
        return None
    return {*trial.case.datapoints} <= {each.id for each in (await trial.answer()).evidence}
