"""Reads a database: measures its tables, lists values that questions may name, finds relations between tables."""
