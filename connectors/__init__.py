"""Live doors to databases, one file per URL scheme."""
