"""DataChat's own database: the embedded PostgreSQL and everything kept in it."""
