"""How often the right tables are found among many, and how fast."""
