"""The terminal: commands become turns, turns become text."""
