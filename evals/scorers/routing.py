"""Whether a question goes to the database that can answer it."""

from evals.trial import Trial


async def routing(trial: Trial) -> bool | None:
    """Compare the database of the answer."""
    return (await trial.answer()).database == trial.case.routed_to if trial.case.routed_to else None
