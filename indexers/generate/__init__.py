"""Proposes DataPoints from what was measured of a database: deterministic, and worded better where a model helps."""
