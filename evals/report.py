"""What came of suites: each scorer's share of right cases beside its threshold, and the cases that were wrong."""

from core.values.base import Value


class Score(Value):
    """One scorer's say over one suite."""

    scorer: str
    right: int
    cases: int
    threshold: float | None
    wrong: list[str] = []

    @property
    def share(self) -> float:
        """The share of right cases, 1 where there are none."""
        return self.right / self.cases if self.cases else 1.0

    @property
    def passed(self) -> bool:
        """Whether the share is high enough; without a threshold it always is."""
        return self.threshold is None or (self.cases > 0 and self.share >= self.threshold)


class Report(Value):
    """One suite's scores."""

    suite: str
    scores: list[Score]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether every score is high enough."""
        return all(score.passed for score in self.scores)
