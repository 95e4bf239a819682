"""What the guard asks of a statement: one rule per file, a function of the same name; `sql.guard` holds their order."""
