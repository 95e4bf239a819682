"""Cases, suites, benchmarks and their reports."""
