"""Whether the turn ends as it should: answered, with a question back, abstained or refused."""

from evals.trial import Trial


async def status(trial: Trial) -> bool | None:
    """Compare the status of the answer."""
    return (await trial.answer()).status == trial.case.status if trial.case.status else None
