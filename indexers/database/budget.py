"""What measuring a database may take."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Time and rows of one profile. Tables up to `small` rows are measured whole, larger ones by a sample."""

    seconds: float = 3_600.0
    """For the whole database."""
    table_seconds: float = 20.0
    """For one statement; what takes longer is told from the sample alone."""
    scan_rows: int = 50_000_000
    """Tables that are said to be larger are not read from end to end, not even to count their rows."""
    small: int = 10_000
    medium_sample: int = 1_000
    large: int = 1_000_000
    large_sample: int = 10_000
    top: int = 100
    """Of how few values a column is listed completely; of more, half of them."""
    values: int = 20_000
    """How many different values of a column are kept for finding it."""
    bytes: int = 20_000_000
    """Of one result."""

    def sample_of(self, rows: int) -> int | None:
        """How many of a table's rows are looked at; None for all."""
        if rows <= self.small:
            return None
        return self.medium_sample if rows <= self.large else self.large_sample

    @classmethod
    def sampling(cls, rows: int) -> "Budget":
        """Look at this many rows of every table that has more."""
        return cls(small=rows, medium_sample=rows, large_sample=rows)
