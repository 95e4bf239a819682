"""Whether the words of the answer say what they have to."""

from evals.trial import Trial


async def prose(trial: Trial) -> bool | None:
    """Look for each expected piece of text, whatever its case."""
    if not trial.case.words:
        return None
    answer = (await trial.answer()).answer.casefold()
    return all(each.casefold() in answer for each in trial.case.words)
