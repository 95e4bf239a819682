"""A payments company: eighteen months of business, and one bad day at the end of it."""
