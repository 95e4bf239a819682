"""Plans and their results in words, without a model."""

from apex.wording.beyond import words_of_emptiness
from apex.wording.describe import condition_words, describe, expression_words
from apex.wording.results import words_of_plan
from apex.wording.unmeasured import words_of_unmeasured
from apex.wording.written import words_of_metric

__all__ = [
    "condition_words",
    "describe",
    "expression_words",
    "words_of_emptiness",
    "words_of_metric",
    "words_of_plan",
    "words_of_unmeasured",
]
