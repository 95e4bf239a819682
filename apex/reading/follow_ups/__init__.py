"""Questions that change the one before: `how many are there?`, `only Germany`, `sort them by age`, `and 2015?`."""
