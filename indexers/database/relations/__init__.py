"""Finds which columns refer to which, beyond the foreign keys that a database declares."""
