"""Writes a DataPoint to its file: as YAML that people like to read, and whole or not at all."""

import os
import re
from pathlib import Path

import yaml

from core.errors import UpstreamError
from datapoints.fact import Fact
from datapoints.files import HEAD, checksum
from datapoints.kinds import body_of

_WIDTH = 100
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Outside of double quotes YAML takes some of these for line ends, and editors hide others."""


def yaml_of(datapoint: Fact) -> str:
    """The file that says it; what `read_file` reads from it is the same DataPoint."""
    body = {key: value for key, value in body_of(datapoint).items() if (key, value) != ("status", "approved")}
    return yaml.dump({HEAD: body}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def write(datapoint: Fact, path: Path) -> str:
    """Replace the file in one step and return its checksum; whoever reads meanwhile sees the old or the new one.

    Raises UpstreamError when the disk does not take it; the old file is still there then.
    """
    text = yaml_of(datapoint)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text.encode())
    except OSError as error:
        raise UpstreamError(
            f"{path} cannot be written: {error.strerror}", hint="Check the folder and the disk."
        ) from error
    return checksum(text)


def remove(path: Path) -> None:
    """Delete the file, if it is there."""
    try:
        path.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise UpstreamError(f"{path} cannot be deleted: {error.strerror}", hint="Check the folder.") from error


def _replace(path: Path, content: bytes) -> None:
    # Always of the same name, so that what a killed process left is overwritten by the next one and does not pile up.
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, lists indented, no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    block = "|" if "\n" in text.strip("\n") else None
    style = '"' if _ODD.search(text) else block
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
