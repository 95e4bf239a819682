"""How a tried case is judged: one file adds one scorer, a function of its name that is None where it has no say."""
