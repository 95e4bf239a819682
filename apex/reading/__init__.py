"""From the words of a question to a plan: pieces, rules that read them, the best reading and how sure it is."""
