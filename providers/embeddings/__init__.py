"""Embeddings of outside providers, one file per prefix."""
