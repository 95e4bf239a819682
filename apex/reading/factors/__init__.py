"""What speaks for and against a reading, as numbers that a person can check."""
