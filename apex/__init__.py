"""The semantic engine: metric query in, SQL tree out."""
