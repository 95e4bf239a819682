"""What a person may set: environment first, then `datachat.yaml`, then defaults. Read where the program starts."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, InstanceOf, JsonValue, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)
from typing_extensions import override

from core.errors import UserError
from core.values import Budgets, Calendar, Limits, Value
from core.yaml_file import KeyPath, Written, read_mapping

FILE = "datachat.yaml"
MAX_FILE_BYTES = 100_000
PREFIX = "DATACHAT_"

_SECTIONS: Mapping[str, type[Value]] = {"limits": Limits, "budgets": Budgets, "calendar": Calendar}


class Settings(BaseSettings):
    """Every setting; the field's name is its key in the file."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        populate_by_name=True,
        loc_by_alias=False,
        hide_input_in_errors=True,
        protected_namespaces=(),
    )

    home: Path = Field(
        default=Path("~/.datachat"),
        validate_default=True,
        description="Folder of the embedded PostgreSQL, of keys and caches.",
    )
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL"), description="The database to ask."
    )
    system_database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("SYSTEM_DATABASE_URL"),
        description="PostgreSQL with pgvector for DataChat's own records. Absent: the embedded one.",
    )
    database_credentials_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_CREDENTIALS_KEY"),
        description="Fernet key that encrypts stored connections; several with commas between them, the newest first. "
        "Absent: made once under `home`, mode 0600.",
    )
    model: str | None = Field(
        default=None,
        description="`provider:model`, e.g. `openai:gpt-5`. Absent or `none`: none is used, whatever keys are there.",
    )
    openai_base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_BASE_URL"),
        description="Any server that speaks OpenAI's protocol.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "LLM_OPENAI_API_KEY"),
        description="Key for that server.",
    )
    embeddings: str | None = Field(
        default=None,
        description="`provider:model` for embeddings, e.g. `openai:text-embedding-3-small`. Absent: words and parts of "
        "words are compared, without a model.",
    )
    profile_on_open: bool = Field(
        default=True,
        description="Measure what is asked and was never measured: a small database for two seconds, a server the rest "
        "later.",
    )
    neo4j_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("NEO4J_URL"),
        description="Neo4j that keeps how things hang together; absent: the system database does. Extra `neo4j`.",
    )
    datapoints: Path = Field(default=Path("datapoints"), description="Folder of the project's DataPoints.")
    datapoints_commit: bool = Field(
        default=False, description="Commit to git what is written there, one commit for each decision."
    )
    limits: Limits = Field(default=Limits(), description="What one turn may use; its keys are below.")
    audit: bool = Field(
        default=True, description="Note every statement before and after it runs; what cannot be noted is not run."
    )
    budgets: Budgets = Field(default=Budgets(), description="What users may ask and spend; its keys are below.")
    calendar: Calendar = Field(default=Calendar(), description="How times are meant; its keys are below.")
    checkpoints: bool = Field(
        default=True, description="Checkpoint every step, so that a turn can pause, resume and be shown."
    )
    checkpoint_days: float = Field(
        default=7,
        ge=0,
        le=36_500,
        description="Days until the inner checkpoints of a finished turn go; its last one stays.",
    )
    catalog_seconds: float = Field(
        default=60, ge=0, description="Age in seconds at which a stored catalog is read again."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="What is logged to stderr."
    )
    access: Annotated[InstanceOf[Written] | None, NoDecode] = Field(
        default=None, description="Who may see what, as it is written; only in the file. See docs/security.md."
    )
    host: str = Field(default="127.0.0.1", description="Address that `datachat serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="Port that `datachat serve` listens on.")

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `load_settings` reads the world, a test that builds Settings does not."""
        return (init_settings,)

    @field_validator("home", mode="after")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        try:
            return home.expanduser().absolute()
        except RuntimeError:
            raise ValueError("no home folder is known for this user; set DATACHAT_HOME") from None

    @field_validator("model", "embeddings", mode="after")
    @classmethod
    def _none_is_absent(cls, name: str | None) -> str | None:
        return None if name is None or name.strip().lower() in ("", "none") else name.strip()

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level


def load_settings(
    config: Path | None = None, home: Path | None = None, overrides: Mapping[str, object] | None = None
) -> Settings:
    """All settings; `overrides` (by field name, None means unset) and `home` come from the command line and win.

    `config` must exist when it is named; else `datachat.yaml` of the working directory is read if it is there.
    Raises UserError with file, line, column and key, or with the name of the environment variable.
    """
    written = _written(config)
    chosen = _present({**(overrides or {}), "home": home})
    try:
        return Settings.model_validate(
            _merged(
                InitSettingsSource(Settings, _settings_in(written))(),
                EnvSettingsSource(Settings)(),
                InitSettingsSource(Settings, chosen)(),
            )
        )
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False, include_context=False)
        raise _refusal(details[0], written, chosen) from None
    except SettingsError as error:
        section = next(each for each in _SECTIONS if f'"{each}"' in str(error))
        name = PREFIX + section.upper()
        raise UserError(f"environment variable {name}: must be a JSON object", code="bad_setting") from None


def _settings_in(written: Written) -> dict[str, object]:
    """The file's settings. The policy keeps its places, and is there even when it is empty: then it grants nothing."""
    present = _present(written.value)
    return present | {"access": written} if "access" in written.value else present


def _present(values: Mapping[str, object]) -> dict[str, object]:
    """Without the keys that were left empty."""
    return {key: value for key, value in values.items() if value is not None}


def _merged(*sources: dict[str, object]) -> dict[str, object]:
    """Later sources win, key by key; mappings are merged and not replaced."""
    merged: dict[str, object] = {}
    for source in sources:
        for key, value in source.items():
            earlier = merged.get(key)
            merged[key] = earlier | value if isinstance(earlier, dict) and isinstance(value, dict) else value
    return merged


def environment_names(field: str) -> list[str]:
    """The variables that set a field, the preferred one first."""
    alias = Settings.model_fields[field].validation_alias
    if isinstance(alias, AliasChoices):
        return [str(choice) for choice in alias.choices]
    return [PREFIX + field.upper()]


def _written(config: Path | None) -> Written:
    """The settings file, all of whose keys are known; nothing when there is none."""
    path = config or Path(FILE)
    if config is None and not path.exists():
        return Written(path, {}, {})
    if not path.is_file():
        raise UserError(f"{path} is not a file", hint="Name an existing file with --config.", code="bad_file")
    written = read_mapping(path, max_bytes=MAX_FILE_BYTES)
    for key in _unknown_keys(written.value):
        raise _unknown_key(key, written)
    return written


def _unknown_keys(value: Mapping[str, JsonValue]) -> Iterator[KeyPath]:
    """Keys that no setting has, in the file's order."""
    for key, inner in value.items():
        if key not in Settings.model_fields:
            yield (key,)
        elif key in _SECTIONS and isinstance(inner, dict):
            yield from ((key, each) for each in inner if each not in _SECTIONS[key].model_fields)


def _unknown_key(keys: KeyPath, written: Written) -> UserError:
    name = ".".join(str(key) for key in keys)
    where = written.where(keys)
    inner = (f"{section}.{each}" for section, kind in _SECTIONS.items() for each in kind.model_fields)
    known = [*Settings.model_fields, *inner]
    return UserError(f"{where}: no setting is called `{name}`", hint=_did_you_mean(name, known), code="unknown_setting")


def _did_you_mean(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    bare = {each.rsplit(".", 1)[-1]: each for each in known}
    close = get_close_matches(name.lower(), known, 1) or get_close_matches(name.lower().removeprefix("max_"), bare, 1)
    return f"Did you mean `{bare.get(close[0], close[0])}`?" if close else "docs/settings.md lists every setting."


def _refusal(error: ErrorDetails, written: Written, chosen: Mapping[str, object]) -> UserError:
    """pydantic's error in our words, without the value, which may be a secret."""
    keys = error["loc"]
    name = ".".join(str(key) for key in keys if isinstance(key, str))
    if error["type"] == "extra_forbidden":
        message = "is not a setting"
    elif error["type"] == "model_type":
        message = "must hold `key: value` lines"
    elif error["type"] == "is_instance_of":
        message = "can only be written in the settings file"
    else:
        message = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return UserError(f"{_origin(keys, written, chosen)}: `{name}` {message}", code="bad_setting")


def _origin(keys: KeyPath, written: Written, chosen: Mapping[str, object]) -> str:
    """Which source the value came from: an option, a variable or a place in the file."""
    field = str(keys[0])
    if field in chosen:
        return f"option --{field.replace('_', '-')}"
    if field in Settings.model_fields:
        names = environment_names(field)
        nested = [f"{name}__{'__'.join(map(str, keys[1:]))}".upper() for name in names if keys[1:]]
        for name in os.environ:
            if name.upper() in (*nested, *names) and os.environ[name]:
                return f"environment variable {name}"
    return written.where(keys)
