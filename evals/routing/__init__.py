"""How often a question goes to the right one of several databases."""
