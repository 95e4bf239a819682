"""A question's words: tokens, their base forms, numbers, moments, and the marks that a vocabulary gives them."""
