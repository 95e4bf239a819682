"""Metrics and queries that people wrote, run as they say."""
