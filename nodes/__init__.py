"""One step of a turn per file."""
