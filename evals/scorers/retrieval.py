"""Whether all tables that the right statement reads are among the first that are found."""

from evals.trial import Trial


async def retrieval(trial: Trial) -> bool | None:
    """Look for each expected table, with or without its schema."""
    if not trial.case.tables:
        return None
    found = {each.table for each in await trial.found()}
    bare = {name.rpartition(".")[2] for name in found}
    return all(name in (found if "." in name else bare) for name in trial.case.tables)
