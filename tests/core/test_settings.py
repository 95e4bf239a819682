"""Settings come from the environment, the file and the defaults, in this order, and errors name their source."""

import re
from pathlib import Path

import pytest

from core.errors import UserError
from core.settings import Settings, environment_names, load_settings
from core.values import Limits


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and an environment that sets nothing."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        for name in environment_names(field):
            monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(content: str) -> None:
    """Make the settings file."""
    Path("datachat.yaml").write_text(content)


def test_defaults() -> None:
    """Nothing set: no model, no database, everything checkpointed."""
    settings = load_settings()
    assert settings == Settings()
    assert settings.home == Path.home() / ".datachat"
    assert (settings.model, settings.database_url, settings.checkpoints) == (None, None, True)


def test_option_beats_environment_beats_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearer source wins, key by key, also inside `limits`; an empty variable says nothing."""
    write("model: file:m\nport: 1\nhost: file\nlimits: {rows: 1, seconds: 2}\nhome: here\n")
    monkeypatch.setenv("DATACHAT_MODEL", "environment:m")
    monkeypatch.setenv("DATACHAT_PORT", "2")
    monkeypatch.setenv("DATACHAT_HOST", "")
    monkeypatch.setenv("DATACHAT_LIMITS__SECONDS", "3")
    settings = load_settings(overrides={"model": "option:m", "host": None})
    assert (settings.model, settings.port, settings.host) == ("option:m", 2, "file")
    assert settings.limits == Limits(rows=1, seconds=3)
    assert settings.home == Path("here").absolute()
    assert load_settings(home=Path("there")).home == Path("there").absolute()


@pytest.mark.parametrize("none", ["none", "None", " none "])
def test_a_model_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, none: str) -> None:
    """`none` nearer by beats a model further away."""
    write("model: openai:gpt-5\n")
    monkeypatch.setenv("DATACHAT_MODEL", none)
    assert load_settings().model is None


def test_a_key_alone_names_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Having a key somewhere in the environment is no consent to use it."""
    monkeypatch.setenv("LLM_OPENAI_API_KEY", "sk-1")
    settings = load_settings()
    assert settings.openai_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "sk-1"
    assert settings.model is None


def test_an_empty_key_in_the_file_is_unset() -> None:
    """`limits:` with nothing behind it is what people leave when they comment lines out."""
    write("limits:\nmodel:\n")
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        ("\nmodle: x", "datachat.yaml:2:1: no setting is called `modle`", "`model`"),
        ("limits:\n  row: 1", "datachat.yaml:2:3: no setting is called `limits.row`", "`limits.rows`"),
        ("max_clarifications: 2", "datachat.yaml:1:1: no setting is called `max_clar", "`limits.clarifications`"),
        ("qqq: 1", "datachat.yaml:1:1: no setting is called `qqq`", "docs/settings.md"),
        ("limits:\n  rows: many", "datachat.yaml:2:3: `limits.rows` must be a valid integer", ""),
        ("limits:\n  rows: 0", "datachat.yaml:2:3: `limits.rows` must be greater than 0", ""),
        ("limits: {seconds: .inf}", "datachat.yaml:1:10: `limits.seconds` must be less than 1000000000", ""),
        ("limits: 3", "datachat.yaml:1:1: `limits` must hold `key: value` lines", ""),
        ("checkpoints: maybe", "datachat.yaml:1:1: `checkpoints` must be a valid boolean", ""),
        ("port: 70000", "datachat.yaml:1:1: `port` must be less than or equal to 65535", ""),
        ("home: ~nobody-here/x", "datachat.yaml:1:1: `home` no home folder is known", ""),
        ("calendar: {zone: Mars/Base}", "'Mars/Base' is no time zone; write one such as `Europe/Berlin`", ""),
        ("x: " + "y" * 100_000, "datachat.yaml is larger than 100,000 bytes", ""),
    ],
)
def test_a_broken_file(content: str, message: str, hint: str) -> None:
    """File, line, column and key, and what was probably meant."""
    write(content)
    with pytest.raises(UserError, match=re.escape(message)) as caught:
        load_settings()
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DATACHAT_PORT", "x", "environment variable DATACHAT_PORT: `port` must be a valid integer"),
        ("DATACHAT_LIMITS__ROWS", "-1", "environment variable DATACHAT_LIMITS__ROWS: `limits.rows` must be"),
        ("DATACHAT_LIMITS__ROW", "1", "environment variable DATACHAT_LIMITS__ROW: `limits.row` is not a setting"),
        ("DATACHAT_LIMITS", "rows", "environment variable DATACHAT_LIMITS: must be a JSON object"),
        ("DATACHAT_BUDGETS", "rows", "environment variable DATACHAT_BUDGETS: must be a JSON object"),
        ("DATACHAT_BUDGETS__ROWS", "many", "environment variable DATACHAT_BUDGETS__ROWS: `budgets.rows` must be"),
    ],
)
def test_a_broken_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str) -> None:
    """The variable is named, and not the file."""
    write("port: 1\n")
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError, match=re.escape(message)):
        load_settings()


def test_a_broken_option() -> None:
    """The option is named as it is typed."""
    with pytest.raises(UserError, match="option --log-level: `log_level` must be 'debug'"):
        load_settings(overrides={"log_level": "loud"})


def test_a_named_file_must_exist() -> None:
    """`--config` is a promise; the default file is not."""
    with pytest.raises(UserError, match=r"absent\.yaml is not a file"):
        load_settings(Path("absent.yaml"))


def test_secrets_are_told_to_nobody() -> None:
    """Neither the settings nor an error about them shows a secret."""
    write("database_url: postgresql://u:canary@h/d\nopenai_api_key: canary\n")
    assert "canary" not in repr(load_settings()) + str(load_settings()) + load_settings().model_dump_json()
    write("database_url: {password: canary}\nopenai_api_key: [canary]\n")
    with pytest.raises(UserError) as caught:
        load_settings()
    assert "canary" not in caught.value.message + caught.value.hint
