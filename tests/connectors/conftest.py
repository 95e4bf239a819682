"""Every engine of `engines/` runs through the conformance suite."""

from collections.abc import AsyncIterator, Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from connectors.registry import open_connector
from core.ports import Connector
from core.values import Limits
from tests.connectors.engine import Engine

FOLDER = Path(__file__).parent / "engines"


@cache
def found() -> dict[str, Engine]:
    """One engine per file, by name."""
    engines: dict[str, Engine] = {}
    for path in sorted(FOLDER.glob("*.py")):
        spec = spec_from_file_location(f"engines_{path.stem}", path)
        assert spec and spec.loader
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        engine: Engine = module.TheEngine()
        engines[engine.name] = engine
    return engines


def started(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine that a fixture's parameter names, running until the fixture ends; skips where its driver is absent."""
    engine = found()[request.param]
    if engine.module:
        pytest.importorskip(engine.module)
    if engine.fixture:
        engine.given = request.getfixturevalue(engine.fixture)
    engine.start(folders.mktemp(engine.name))
    yield engine
    engine.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `engine` runs once per engine; a known gap must fail."""
    if "engine" not in metafunc.fixturenames:
        return
    test = metafunc.function.__name__
    params = [
        pytest.param(
            name, marks=[pytest.mark.xfail(reason=engine.gaps[test], strict=True)] if test in engine.gaps else []
        )
        for name, engine in found().items()
    ]
    metafunc.parametrize("engine", params, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine, started."""
    yield from started(request, tmp_path_factory)


@pytest.fixture(scope="session")
def shop_url(engine: Engine) -> str:
    """A shop that no test changes."""
    return engine.create("shop", engine.shop())


@pytest.fixture
def limits() -> Limits:
    """Limits for a test."""
    return Limits(seconds=20)


@pytest.fixture
async def shop(shop_url: str, limits: Limits) -> AsyncIterator[Connector]:
    """A connector to the shop."""
    connector = await open_connector(shop_url, limits=limits)
    yield connector
    await connector.close()
