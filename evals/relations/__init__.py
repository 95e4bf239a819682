"""Measures how well relations are found where their declaration was taken away: `python -m evals.relations`."""
