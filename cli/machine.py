"""What can be wrong with this machine, one check per thing."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from cli.findings import Finding

_NEEDED_BYTES = 500_000_000
_PYTHONS = ((3, 11), (3, 15))


def check_machine(home: Path) -> Iterator[Finding]:
    """Python, the home folder and its disk."""
    yield _python()
    yield _home(home)
    yield _disk(home)
    yield _key_file(home / "credentials.key")


def _python() -> Finding:
    found = ".".join(str(part) for part in sys.version_info[:3])
    first, beyond = _PYTHONS
    if first <= sys.version_info[:2] < beyond:
        return Finding("Python", "well", found)
    return Finding("Python", "wrong", f"{found} is not supported.", "Use Python 3.11 to 3.14.")


def _home(home: Path) -> Finding:
    above = next(each for each in (home, *home.parents) if each.exists())
    if not home.exists():
        if os.access(above, os.W_OK | os.X_OK):
            return Finding("home folder", "well", f"{home} will be made on first use")
        return Finding("home folder", "wrong", f"{home} cannot be made in {above}.", _another_home())
    if not home.is_dir():
        return Finding("home folder", "wrong", f"{home} is not a folder.", _another_home())
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return Finding("home folder", "wrong", f"{home} cannot be written.", f"chmod u+rwx {home}")
    if home.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Finding("home folder", "wrong", f"{home} can be written by others.", f"chmod go-w {home}")
    return Finding("home folder", "well", str(home))


def _another_home() -> str:
    return "export DATACHAT_HOME=/a/folder/of/yours"


def _disk(home: Path) -> Finding:
    above = next(each for each in (home, *home.parents) if each.exists())
    free = shutil.disk_usage(above).free
    says = f"{free / 1_000_000_000:,.1f} GB free"
    if free < _NEEDED_BYTES:
        return Finding("disk", "wrong", f"{says} where {home} is.", "Free some space, or set DATACHAT_HOME elsewhere.")
    return Finding("disk", "well", says)


def _key_file(path: Path) -> Finding:
    about = "key of connections"
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return Finding(about, "well", f"{path} will be made on first use")
    except OSError as error:
        return Finding(about, "wrong", f"{path}: {error.strerror}.", f"Check the rights of {path.parent}")
    if mode & 0o077:
        return Finding(about, "wrong", f"{path} can be read by others (mode {mode:04o}).", f"chmod 600 {path}")
    return Finding(about, "well", f"{path}, mode {mode:04o}")
