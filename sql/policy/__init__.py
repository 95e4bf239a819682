"""Who may see what: a policy as written, bound to a catalog, as it is for one user, and put under every table."""
