"""What the conformance suite must know of an engine: one file in `engines/` each, with a class `TheEngine(Engine)`."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from core.values import Cell
from sql.names import quote


@dataclass(frozen=True)
class Sample:
    """`SELECT {sql}` must arrive as `cell` in a column of the house's type `type`."""

    sql: str
    cell: Cell
    type: str


@dataclass
class Facts:
    """What the catalog must tell of the shop. What an engine cannot know is None, and its file says why."""

    schema: str = "main"
    primary_keys: Mapping[str, tuple[str, ...]] | None = field(
        default_factory=lambda: {"customers": ("id",), "orders": ("id",), "lines": ("order_id", "line")}
    )
    unique_keys: Mapping[str, tuple[tuple[str, ...], ...]] | None = field(
        default_factory=lambda: {"customers": (("email",),), "orders": (), "lines": ()}
    )
    foreign_keys: bool = True
    """orders.customer_id refers to customers.id, lines.order_id to orders.id."""
    comments: bool = True
    """Of customers: `People who buy`; of customers.email: `Where to write`."""
    default: str | None = "'Berlin'"
    """What the default of customers.city begins with."""
    row_estimates: bool = True


class Engine(ABC):
    """One engine under test: how to make a database, and how it says what the suite asks.

    The shop, which `shop` makes: `customers` (id, name not null, email unique, city default 'Berlin', secret) with
    three rows: Ada, Grace and Linus, with the secrets 'secret-1' to 'secret-3', Linus without an email; `orders` (id,
    customer_id, amount decimal(12,2) not null, placed timestamp) with four rows; `lines` (order_id, line) without rows;
    the view `spenders` (name, total).
    """

    name: ClassVar[str]
    module: ClassVar[str | None] = None
    """Python module of the driver; the engine is skipped by name where it is missing."""
    dialect: ClassVar[str]
    facts: ClassVar[Facts] = Facts()
    samples: ClassVar[Sequence[Sample]] = ()
    fixture: ClassVar[str] = ""
    """Name of a shared fixture whose value `start` finds in `given`."""
    given: str = ""
    gaps: ClassVar[Mapping[str, str]] = {}
    """Name of a test to the reason why this engine cannot pass it. A gap that is closed fails the suite."""

    unnameable: ClassVar[str] = ""
    """Letters that the engine allows in no name."""
    slow: ClassVar[str]
    """A statement that runs for minutes."""
    ten_million: ClassVar[str]
    """A statement that yields ten million rows of a number and 100 letters."""
    wide: ClassVar[str] = "repeat('x', {length})"
    """An expression for so many letters."""
    cites_value: ClassVar[str] = "SELECT CAST(secret AS INTEGER) FROM customers"
    """A statement whose error would cite a value of customers.secret; "" where the engine has none."""
    fails_late: ClassVar[str] = ""
    """Another one, which fails only after rows were sent; "" where the engine has none."""
    writes: ClassVar[Sequence[str]] = (
        "INSERT INTO customers (id, name) VALUES (99, 'Eve')",
        "UPDATE customers SET name = 'Eve'",
        "DELETE FROM customers",
        "CREATE TABLE eve (id INTEGER)",
        "DROP TABLE customers",
        "ALTER TABLE customers ADD COLUMN eve INTEGER",
        "SELECT 1; DROP TABLE customers",
        "SELECT 1; SELECT 2",
    )
    """Statements that must be refused, and leave the shop as it was."""

    def quote(self, name: str) -> str:
        """The name in the engine's quotes."""
        return quote(name, self.dialect)

    def start(self, folder: Path) -> None:  # noqa: B027
        """Start a server, where there is one; skips the engine when that is not possible here."""

    def stop(self) -> None:  # noqa: B027
        """Stop it."""

    @abstractmethod
    def create(self, name: str, script: Sequence[str]) -> str:
        """A new database holding what the script makes, as a URL for an ordinary login."""

    @abstractmethod
    def shop(self) -> Sequence[str]:
        """The statements that make the shop."""

    def running(self, url: str) -> int | None:
        """How many statements of ours run in the database now; None where it cannot be asked."""
        return None

    def second_schema(self) -> tuple[str, Sequence[str]] | None:
        """Another schema, and the statements that make it and its `customers` (id, moved); None without schemas."""
        return None
