"""Whether the right part of the house answers: the catalog, a metric, a plan, the context."""

from evals.trial import Trial


async def source(trial: Trial) -> bool | None:
    """Compare the source of the answer."""
    return (await trial.answer()).source == trial.case.source if trial.case.source else None
