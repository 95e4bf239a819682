"""Two databases that differ in nothing but what the policy of `cases/policy.yaml` hides."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.access import Access
from core.errors import DataChatError
from core.ports import Connector
from core.values import Limits, User
from sql.guard import guard
from sql.policy.access import access_of
from sql.policy.bind import bind
from sql.policy.load import load_policy

CASES = Path(__file__).parent / "cases"
NURSE = User(name="nurse@example.com")
LIMITS = Limits(seconds=10)

Outcome = tuple[str, str]
"""Whether it was ok, failed or refused; and the rows or the words, as JSON."""


def statements(world: str) -> list[str]:
    """What makes the world, in SQL that every engine reads."""
    created = (CASES / "world.sql").read_text(encoding="utf8").split(";\n")
    rows = [*_patients(world), *_visits(world), *_payroll(world)]
    return [*(each for each in created if each.strip()), *rows]


def _patients(world: str) -> Iterator[str]:
    digit = "1" if world == "a" else "2"
    for i in range(1, 13):
        clinic = "north" if i % 2 else "south"
        name = f"north{world}name{i}" if i % 2 else f"south{i}"
        domain = f"{world}hidden.test" if i % 2 else f"mail{i % 3}.test"
        phone = f"+{digit * 2}55 {digit}{7000 + i}"
        values = (
            f"{i}, '{name}', '{digit * 3}-01-{1010 + i}', '{world}pat{i}@{domain}', '{phone}', "
            f"'19{6 + int(digit)}0-0{1 + i % 9}-1{i % 9}', {50 + 10 * int(digit) + i}.{digit}7, '{clinic}'"
        )
        yield f"INSERT INTO patients VALUES ({values})"


def _visits(world: str) -> Iterator[str]:
    number = 1 if world == "a" else 2
    for i in range(1, 25 + 2 * number):
        hidden = bool(i % 2) or i % 6 == 0
        if i > 24 and not hidden:
            continue
        cost, note = (
            (f"{7000 + number * 111 + i}.13", f"note{world}hidden{i}") if hidden else (f"{100 + i}", f"note {i}")
        )
        clinic, secret = "north" if i % 2 else "south", "true" if i % 6 == 0 else "false"
        yield f"INSERT INTO visits VALUES ({i}, {1 + i % 12}, {cost}, '{clinic}', '{note}', {secret})"


def _payroll(world: str) -> Iterator[str]:
    number = 1 if world == "a" else 2
    for i in range(1, 13 + number):
        yield f"INSERT INTO payroll VALUES ({i}, {i}, 'acc{world}-{9000 + i}', {20000 * number + i})"


def secrets(world: str) -> set[str]:
    """What must not be told of the world, in any spelling that a statement can easily make."""
    digit, number = ("1", 1) if world == "a" else ("2", 2)
    plain = {
        f"north{world}name",
        f"{world}pat",
        f"{world}hidden",
        f"acc{world}-",
        f"{digit * 3}-01-",
        f"+{digit * 2}55",
    }
    plain |= {f"{7000 + number * 111 + i}.13" for i in range(1, 29)}
    turned = {each[::-1] for each in plain} | {each.upper() for each in plain}
    return plain | turned | {each.encode().hex() for each in plain} | {_base64(each) for each in plain}


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode().rstrip("=")


def probes(*files: str) -> list[str]:
    """The statements of case files, one on each line."""
    lines = [line for name in files for line in (CASES / name).read_text(encoding="utf8").splitlines()]
    return [line for line in lines if line and not line.startswith("--")]


@dataclass(frozen=True)
class World:
    """A live database, as the nurse sees it."""

    connector: Connector
    access: Access

    async def outcome(self, sql: str) -> Outcome:
        """What somebody learns who sends the statement."""
        dialect = self.connector.dialect
        verdict = guard(sql, dialect=dialect, catalog=self.access.catalog, policy=self.access)
        if not verdict.ok:
            return "refused", json.dumps([each.model_dump() for each in verdict.violations])
        again = guard(verdict.sql, dialect=dialect, catalog=self.access.catalog, policy=self.access)
        assert again.sql == verdict.sql, "what is governed is not governed again"
        assert again.filtered == verdict.filtered
        assert {*again.masked} >= {*verdict.masked}
        try:
            result = await self.connector.run(verdict.sql, limits=LIMITS)
        except DataChatError as error:
            return "failed", json.dumps([error.code, error.message, error.hint])
        return "ok", json.dumps([[column.name for column in result.columns], result.rows], default=str)


async def seen(connector: Connector) -> World:
    """The world behind a connector."""
    catalog = await connector.catalog()
    return World(connector, access_of(bind(load_policy(CASES / "policy.yaml"), "world", catalog), NURSE))
