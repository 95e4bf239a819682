"""What kinds of DataPoints have in common: SQL, what it rests on, how things depend on one another."""
