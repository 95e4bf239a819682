"""Answers questions about approved metrics and written queries, without a model."""
