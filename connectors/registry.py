"""Opens a connector by URL: the scheme leads to one file, which is loaded on first use."""

import difflib
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from core.errors import SetupError, UserError
from core.ports import Connector
from core.values import Limits

_MODULES: Mapping[str, str] = MappingProxyType(
    {
        "postgresql": "postgresql",
        "postgres": "postgresql",
        "sqlite": "sqlite",
        "duckdb": "duckdb",
        "mysql": "mysql",
        "mariadb": "mysql",
        "clickhouse": "clickhouse",
        "clickhouses": "clickhouse",
        "clickhouse+http": "clickhouse",
        "clickhouse+https": "clickhouse",
        "chdb": "chdb",
        "file": "files",
    }
)
_EXTRAS: Mapping[str, str] = MappingProxyType({"files": "duckdb"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".duckdb": "duckdb"}
)


async def open_connector(url: str, *, limits: Limits) -> Connector:
    """A live connector for a database URL, or for a path of files; raises UserError, SetupError or UpstreamError.

    The URL is handed on as written, but for `dialect+driver:` forms, which lose their driver.
    """
    module_name, address = _place(url.strip())
    try:
        module = import_module(f"connectors.{module_name}")
    except ModuleNotFoundError as missing:
        extra = _EXTRAS.get(module_name, module_name)
        raise SetupError(
            f"The driver for {module_name} databases is not installed ({missing.name})",
            hint=f'Run: pip install "datachat[{extra}]"',
        ) from None
    connector: Connector = await module.connect(address, limits)
    return connector


def schemes() -> tuple[str, ...]:
    """Every scheme that a URL may begin with."""
    return tuple(_MODULES)


def _place(url: str) -> tuple[str, str]:
    """The module for a URL and the address to hand to it."""
    found = _SCHEME.match(url)
    if not url:
        raise SetupError(
            "No database is given", hint="Name one, e.g. postgresql://user:password@host/database or sales.csv"
        )
    if found is None:
        return _path(url)
    scheme = found[1].lower()
    if scheme == "file":
        return _path(unquote(urlsplit(url).path))
    if scheme not in _MODULES and "+" in scheme:
        scheme = scheme.split("+")[0]
    if scheme not in _MODULES:
        raise _unknown(scheme)
    return _MODULES[scheme], scheme + url[found.end(1) :]


def _path(path: str) -> tuple[str, str]:
    engine = _SUFFIXES.get(PurePath(path).suffix.lower())
    return (engine, f"{engine}:///{path}") if engine else ("files", path)


def _unknown(scheme: str) -> UserError:
    close = difflib.get_close_matches(scheme, _MODULES, n=1)
    meant = f"Did you mean {close[0]}? " if close else ""
    return UserError(
        f"Unknown kind of database: {scheme}",
        hint=f"{meant}Known are {', '.join(_MODULES)}, and paths of files (csv, parquet, json, xlsx)",
    )
