"""The door to Neo4j: addresses, and what it says when nobody opens."""

import asyncio

import pytest

from core.errors import SetupError, UpstreamError
from knowledge.links.neo4j import open_neo4j


@pytest.mark.parametrize(
    "url", ["", "neo4j", "http://user:secret-canary@host", "neo4j://", "neo4j://user:secret-canary@host:port/x"]
)
def test_what_is_no_address_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(SetupError) as refused:
        open_neo4j(url)
    assert "secret-canary" not in f"{refused.value} {refused.value.hint} {refused.value.__cause__}"


async def test_a_server_that_is_not_there_is_said_within_seconds() -> None:
    links = open_neo4j("bolt://user:secret-canary@127.0.0.1:1/x")
    try:
        async with asyncio.timeout(15):
            with pytest.raises(UpstreamError) as failed:
                await links.neighbours("table:a")
    finally:
        await links.close()
    assert "secret-canary" not in f"{failed.value} {failed.value.hint} {failed.value.__cause__}"
    assert "NEO4J_URL" in failed.value.hint
