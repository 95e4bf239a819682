"""Writes settings into `datachat.yaml`: whole or not at all, the lines of its author kept."""

import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from core.errors import UpstreamError
from core.settings import load_settings

_PLAIN = re.compile(r"[\w./-][\w.:/-]*[\w./-]|[\w./-]")


def write_settings(path: Path, values: Mapping[str, str]) -> None:
    """Set the top-level keys, and leave every other line as it stands; raises when the result would be no settings."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for key, value in values.items():
            text = _with_line(text, key, f"{key}: {_scalar(value)}")
        _replace(path, text)
    except OSError as error:
        raise UpstreamError(
            f"{path} cannot be written: {error.strerror}.", hint="Check the folder's rights."
        ) from error


def _with_line(text: str, key: str, line: str) -> str:
    """The text with one line set: in its old place, else at the end."""
    pattern = re.compile(rf"^{re.escape(key)}[ \t]*:.*$", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: line, text, count=1)
    return f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n"


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value)


def _replace(path: Path, text: str) -> None:
    """Put the text in the file's place when it can be read back as settings."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=True)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        load_settings(config=Path(made))
        Path(made).chmod(mode)
        # A link stays one: what it leads to is replaced.
        Path(made).replace(path.resolve())
    finally:
        Path(made).unlink(missing_ok=True)
