"""What a model or a client may call, one per file."""
