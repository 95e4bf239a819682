"""What a SQL text means without running it."""
