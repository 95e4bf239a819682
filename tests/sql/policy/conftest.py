"""A small catalog, and policies over it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import JsonValue

from core.access import Access
from core.catalog import Catalog
from core.values import User
from sql.ddl import catalog_of
from sql.policy.access import access_of
from sql.policy.bind import bind
from sql.policy.load import load_policy
from sql.policy.model import Policy

SCHEMA = """
CREATE TABLE customers (id int PRIMARY KEY, name text, email text UNIQUE, phone text, points int, region text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers (id),
    email text REFERENCES customers (email), amount numeric(12, 2), region text);
CREATE TABLE "Odd Name" ("Some Column" text, "select" int);
CREATE SCHEMA archive;
CREATE TABLE archive.orders (id int, amount numeric(12, 2), region text);
CREATE VIEW all_orders AS SELECT * FROM orders;
"""

Written = Callable[[str], Policy]
Seeing = Callable[..., Access]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The policy that a text says."""

    def read(text: str) -> Policy:
        path = tmp_path / "policy.yaml"
        path.write_text(text)
        return load_policy(path)

    return read


def shop(dialect: str = "postgres") -> Catalog:
    """The shop's catalog in a dialect."""
    return catalog_of(SCHEMA, dialect="postgres", read_as=dialect)


@pytest.fixture
def seeing(written: Written) -> Seeing:
    """What is left of the shop by roles, each given as the YAML of its tables."""

    def see(*roles: str, dialect: str = "postgres", **attributes: JsonValue) -> Access:
        named = "".join(f"    role{n}: {{databases: {{'*': {{tables: {role}}}}}}}\n" for n, role in enumerate(roles))
        members = ", ".join(f"role{n}" for n in range(len(roles)))
        policy = written(f"access:\n  roles:\n{named}  users: {{anna: [{members}]}}\n")
        return access_of(bind(policy, "shop", shop(dialect)), User(name="anna", attributes=attributes))

    return see
