"""Slips of the pen in the names of metrics: one letter wrong, missing, doubled or swapped, where one name fits."""

from collections.abc import Sequence

from apex.language.tokens import Token
from apex.metric_questions.names import MetricNames
from apex.names import common_form

SHORTEST = 6
"""In shorter words one letter makes another word."""


def mended(
    question: str, tokens: Sequence[Token], names: MetricNames, unexplained: Sequence[str] | None
) -> tuple[str, str] | None:
    """The question with the only likely slip mended, and a sentence that says so."""
    from rapidfuzz.distance import OSA

    for token in tokens:
        if token.kind != "word" or len(token.folded) < SHORTEST or token.lemma in names.by_word:
            continue
        if unexplained is not None and token.text not in unexplained:
            continue
        lemma = common_form(token.folded)
        known = [word for word in names.by_word if len(word) >= SHORTEST - 1]
        near = [word for word in known if OSA.distance(lemma, word, score_cutoff=1) == 1]
        if len(near) == 1:
            said = f'"{token.text}" is read as {near[0]}'
            return f"{question[: token.start]}{near[0]}{question[token.end :]}", said
    return None
