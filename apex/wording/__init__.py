"""Plans and their results in words, without a model."""

from apex.wording.describe import condition_words, describe, expression_words

__all__ = ["condition_words", "describe", "expression_words"]
