"""The settings file is changed whole or not at all."""

from pathlib import Path

import pytest

from cli.settings_file import write_settings
from core.errors import UserError
from core.settings import load_settings


def test_a_new_file_holds_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "datachat.yaml"
    write_settings(path, {"model": "openai:gpt-5", "openai_base_url": "http://localhost:11434/v1"})
    assert path.read_text() == "model: openai:gpt-5\nopenai_base_url: http://localhost:11434/v1\n"


def test_other_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "datachat.yaml"
    path.write_text("# ours\nmodel: none # for now\nport: 9000")
    write_settings(path, {"model": "openai:odd # name", "openai_base_url": "http://h/v1"})
    assert path.read_text() == '# ours\nmodel: "openai:odd # name"\nport: 9000\nopenai_base_url: http://h/v1\n'
    assert load_settings(path).model == "openai:odd # name"


def test_what_would_break_the_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "datachat.yaml"
    path.write_text("port: 9000\n")
    with pytest.raises(UserError):
        write_settings(path, {"port": "many"})
    assert path.read_text() == "port: 9000\n"
    assert [each.name for each in tmp_path.iterdir()] == ["datachat.yaml"]
