"""Finds what a question is about."""
