"""Example companies: each pack is a folder with a schema, its rows and what may be asked of them."""
