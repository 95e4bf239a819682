"""Questions about what things mean, whose they are and what they rest on: answered from DataPoints and lineage."""
