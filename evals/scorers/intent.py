"""Whether the gate takes a question for what it is."""

from evals.trial import Trial


async def intent(trial: Trial) -> bool | None:
    """Compare what the trace says of the gate."""
    if trial.case.intent is None:
        return None
    steps = [step for step in (await trial.answer()).trace if step.node == "intent_gate"]
    return bool(steps) and steps[0].decision == trial.case.intent
