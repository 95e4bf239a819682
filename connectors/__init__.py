"""Live, read-only, limited doors to databases: one file per engine, opened by URL through `connectors.registry`."""
