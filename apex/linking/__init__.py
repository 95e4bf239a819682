"""Which tables, columns and values the words of a question may mean, each with a score."""
