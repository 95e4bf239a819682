"""A question as text becomes words with marks, and then an intent. Pure: no catalog is needed, no model is asked."""
