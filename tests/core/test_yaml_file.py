"""A file that a person wrote is read with places, and refused with places."""

import re
from pathlib import Path
from time import process_time

import pytest

from core.errors import UserError
from core.yaml_file import read_mapping


def written(folder: Path, content: str | bytes) -> Path:
    """The content as a file."""
    path = folder / "written.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_values_and_their_places(tmp_path: Path) -> None:
    """Scalars keep their kind, a date stays text, and each key knows its line and column."""
    read = read_mapping(written(tmp_path, "name: Zoë\ncounts:\n  - 1\n  - {deep: 2.5}\nday: 2024-02-30\nnone: ~\n"))
    assert read.value == {"name": "Zoë", "counts": [1, {"deep": 2.5}], "day": "2024-02-30", "none": None}
    assert read.where(("counts", 1, "deep")).endswith("written.yaml:4:6")
    assert read.where(("counts", "absent")).endswith("written.yaml:2:1")


@pytest.mark.parametrize("content", ["", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file_is_an_empty_mapping(tmp_path: Path, content: str) -> None:
    """Nothing written is nothing set."""
    assert read_mapping(written(tmp_path, content)).value == {}


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ("a: 1\nb: 2\na: 3", "3:1", "the key `a` is here twice, first on line 1"),
        ("a:\n\tb: 1", "2:1", "cannot start any token"),
        ("a: 'open\nb: 1\n", "3:1", "quoted scalar that begins on line 1"),
        ("a: b: c", "1:5", "mapping values are not allowed here"),
        ("- 1\n- 2", "1:1", "the file must hold `key: value` lines"),
        ("just words", "1:1", "the file must hold `key: value` lines"),
        ("? [a]\n: 1", "1:3", "a key must be a word"),
        ("a: &x [1]\nb: *x", "2:4", "aliases"),
        ("a: 1\n---\nb: 2", "2:1", "another document"),
        ("a: !!python/name:os.system x", "1:4", "could not determine a constructor"),
        ("a: 1" + "0" * 9000, "1:4", "not a value that YAML knows"),
        ("a: 1\nb: \0", "2:4", "U+0000"),
        ("ä: 1\nb: \x07", "2:4", "U+0007"),
        ("a: ä\nb: caf\xe9".encode("latin-1"), "1:4", "not UTF-8"),
        ("a: " + "[" * 100_000, "1:23", "nested deeper"),
        ("a: " + "{b: " * 100_000, "1:77", "nested deeper"),
    ],
)
def test_what_is_wrong_and_where(tmp_path: Path, content: str | bytes, place: str, words: str) -> None:
    """Every mistake is told with its file, line and column, at once."""
    start = process_time()
    with pytest.raises(UserError, match=re.escape(words)) as caught:
        read_mapping(written(tmp_path, content))
    assert f"written.yaml:{place}: " in caught.value.message
    assert process_time() - start < 1


def test_tags_run_nothing(tmp_path: Path) -> None:
    """A tag that would call something is left as the plain list below it."""
    assert read_mapping(written(tmp_path, "a: !!python/object/apply:os.abort []")).value == {"a": []}


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """The limit holds before anything is parsed."""
    with pytest.raises(UserError, match="larger than 1,000 bytes"):
        read_mapping(written(tmp_path, "a: " + "x" * 1000), max_bytes=1000)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    """The message holds the path and the reason."""
    with pytest.raises(UserError, match=r"absent\.yaml cannot be read: No such file"):
        read_mapping(tmp_path / "absent.yaml")
