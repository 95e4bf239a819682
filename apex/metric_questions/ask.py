"""What a question asks of metrics, as it is being read."""

from dataclasses import dataclass, field

from apex.language.moments_periods import Period
from core.values.plans import Condition, Grain, Operator, Output, Part


@dataclass(frozen=True, slots=True)
class Note:
    """A choice that the answer has to tell; `guess` where another one was as possible."""

    words: str
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound on a metric's value."""

    metric: str
    operator: Operator
    number: float
    percent: bool = False


@dataclass
class Ask:
    """One or several metrics, by what, of which rows and times, in which order."""

    metrics: list[str] = field(default_factory=list[str])
    keys: list[Output] = field(default_factory=list[Output])
    grain: Grain | Part | None = None
    periods: list[Period] = field(default_factory=list[Period])
    weekdays: tuple[int, ...] = ()
    held: list[Condition] = field(default_factory=list[Condition])
    thresholds: list[Threshold] = field(default_factory=list[Threshold])
    compared: Period | None = None
    change: bool = False
    percent: bool = False
    share: bool = False
    parts: list[Condition] = field(default_factory=list[Condition])
    """Those of the conditions that tell the part from the whole of every group: `that failed`, `is paid by wallet`."""
    descending: bool | None = None
    """Whether the highest comes first, where an order by the metric is asked for; None where none is."""
    by_key: bool | None = None
    """Whether the last group comes first, where an order by the groups is asked for."""
    limit: int | None = None
    groups: list[Output] = field(default_factory=list[Output])
    """Those of the keys of each of which the first are asked for: `the top 3 merchants in each category`."""
    counting: bool = False
    """Whether `how many` was asked."""
    arguments: dict[str, str | int | float | bool | None] = field(
        default_factory=dict[str, str | int | float | bool | None]
    )
    """Values for the parameters of a template."""
    datapoints: dict[str, None] = field(default_factory=dict[str, None])
    """Other definitions that were used, by id."""
    notes: list[Note] = field(default_factory=list[Note])

    @property
    def period(self) -> Period | None:
        """The only period, if there is exactly one."""
        return self.periods[0] if len(self.periods) == 1 else None

    @property
    def grouped(self) -> bool:
        """Whether the metric is told apart by something."""
        return bool(self.keys or self.grain)

    @property
    def splits(self) -> bool:
        """Whether groups are shown as parts of the whole of all groups."""
        return self.share and self.grouped and not self.parts

    def note(self, words: str, *, guess: bool = False) -> None:
        """Tell a choice, once."""
        note = Note(words, guess)
        if note not in self.notes:
            self.notes.append(note)
