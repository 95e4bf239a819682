"""Chat models, one file per prefix."""
