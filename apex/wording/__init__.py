"""Plans and their results in words, without a model."""

from apex.wording.describe import condition_words, describe, expression_words
from apex.wording.results import words_of_plan

__all__ = ["condition_words", "describe", "expression_words", "words_of_plan"]
