"""DataPoints in files: one `datapoint:` mapping each, read strictly, every error with its place."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import cast, get_args

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from core.errors import UserError
from core.yaml_file import KeyPath, Written, read_text
from datapoints.fact import Fact
from datapoints.findings import Finding, Severity, did_you_mean
from datapoints.kinds import kind_of
from datapoints.reading import MAX_BYTES, parse, read_quickly

HEAD = "datapoint"
WORKSPACE = "workspace_datapoint"
SUFFIXES = (".yaml", ".yml")

_PLACE = re.compile(r"^(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?P<message>.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Filed:
    """A DataPoint and the file that says it."""

    datapoint: Fact
    path: Path
    checksum: str
    """Of the file's text."""
    managed: bool = False
    """Whether it was generated; a user's file of the same id wins."""

    def finding(self, severity: Severity, rule: str, message: str, *, keys: KeyPath = (), hint: str = "") -> Finding:
        """What is found at `keys` of the DataPoint; the file is read again for the place, which is rarely asked for."""
        try:
            written = read_quickly(self.path)
        except UserError:
            written = Written(self.path, {}, {})
        where = written.where((WORKSPACE if WORKSPACE in written.value else HEAD, *keys))
        return _finding(f"{where}: {message}", severity=severity, rule=rule, hint=hint, id=self.datapoint.id)


@dataclass(frozen=True, slots=True)
class Folder:
    """All that could be read below a folder, one DataPoint per id, and what was wrong."""

    filed: tuple[Filed, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def datapoints(self) -> tuple[Fact, ...]:
        """The DataPoints."""
        return tuple(each.datapoint for each in self.filed)


Known = Callable[[str], Fact | None]
"""Finds what a text of this checksum said when it was read before."""


def read_file(path: Path, *, managed: bool = False, known: Known | None = None) -> Filed | list[Finding]:
    """The file's DataPoint, or everything that is wrong with it."""
    try:
        if not path.is_file():
            raise UserError(f"{path} is not a file", code="bad_file")
        text = read_text(path, MAX_BYTES)
        earlier = known(checksum(text)) if known else None
        if earlier:
            return Filed(earlier, path, checksum(text), managed)
        written = parse(text, path)
        head, body = _body(written)
        model = _model(head, body, written)
        try:
            datapoint = model.model_validate(body)
        except ValidationError as error:
            return sorted(_wrong(error, model, head, body, written), key=lambda each: (each.line, each.column))
    except UserError as error:
        return [_finding(error.message, severity="error", rule=error.code, hint=error.hint)]
    return Filed(datapoint, path, checksum(text), managed)


def read_folder(root: Path, *, known: Known | None = None) -> Folder:
    """Everything below a folder; what cannot be read is said, and the rest is there all the same."""
    read = (read_file(path, managed=_is_managed(path, root), known=known) for path in paths(root))
    return _without_duplicates(read)


def paths(root: Path) -> Iterator[Path]:
    """The YAML files below a folder in a fixed order, hidden ones left out; a file is itself."""
    if root.is_file():
        yield root
        return
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(folder, each) for each in sorted(files) if each.endswith(SUFFIXES) and each[0] != ".")


def checksum(text: str) -> str:
    """A hash of a file's text."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def one(path: Path) -> Fact:
    """The file's DataPoint; raises UserError with the first thing that is wrong."""
    read = read_file(path)
    if isinstance(read, Filed):
        return read.datapoint
    raise UserError(f"{read[0].where}: {read[0].message}", hint=read[0].hint, code=read[0].rule)


def _is_managed(path: Path, root: Path) -> bool:
    return path.relative_to(root).parts[:1] == ("managed",) or root.name == "managed"


def _without_duplicates(read: Iterable[Filed | list[Finding]]) -> Folder:
    """One DataPoint per id: the user's before a managed one, and then the first."""
    kept: dict[str, Filed] = {}
    findings: list[Finding] = []
    for each in read:
        if isinstance(each, list):
            findings += each
            continue
        earlier = kept.get(each.datapoint.id)
        if earlier is None:
            kept[each.datapoint.id] = each
            continue
        winner = each if earlier.managed and not each.managed else earlier
        loser = earlier if winner is each else each
        kept[each.datapoint.id] = winner
        if winner.managed == loser.managed:
            message = f"the id `{each.datapoint.id}` is used twice, first in {winner.path}"
            findings.append(loser.finding("error", "duplicate_id", message, keys=("id",)))
        else:
            message = f"`{each.datapoint.id}` is overruled by the user's {winner.path}"
            findings.append(loser.finding("warning", "overruled", message, keys=("id",)))
    return Folder(tuple(kept.values()), tuple(findings))


def _body(written: Written) -> tuple[str, dict[str, JsonValue]]:
    """The mapping below the one key that a file has."""
    for key in written.value:
        if key not in (HEAD, WORKSPACE):
            hint = did_you_mean(key, (HEAD, WORKSPACE)) or f"Write everything below `{HEAD}:`."
            raise UserError(f"{written.where((key,))}: unknown key `{key:.60}`", hint=hint, code="unknown_key")
    if len(written.value) != 1:
        raise UserError(f"{written.path}:1:1: a file holds one `{HEAD}:` mapping", code="bad_file")
    head, body = next(iter(written.value.items()))
    if not isinstance(body, dict):
        raise UserError(f"{written.where((head,))}: `{head}` must hold `key: value` lines", code="bad_file")
    return head, _workspace(body) if head == WORKSPACE else body


def _workspace(body: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """A file's own DataPoint is called by its path."""
    path = str(body.get("file_path", ""))
    slug = re.sub(r"[^A-Za-z0-9_.\-]+", "-", path).strip("-._") or "file"
    return {"kind": "workspace", "id": slug[-200:], "name": path[:300] or slug, **body}


def _model(head: str, body: Mapping[str, JsonValue], written: Written) -> type[Fact]:
    key = "kind" if "kind" in body else "type"
    if key not in body:
        raise UserError(f"{written.where((head,))}: `kind` is missing", hint=kind_hint(), code="missing")
    try:
        return kind_of(body[key])
    except UserError as error:
        raise UserError(f"{written.where((head, key))}: {error.message}", hint=error.hint, code=error.code) from None


def kind_hint() -> str:
    """Which kinds there are."""
    from datapoints.kinds import kinds

    return f"Kinds are: {', '.join(kinds())}."


def _wrong(
    error: ValidationError, model: type[Fact], head: str, body: Mapping[str, JsonValue], written: Written
) -> Iterator[Finding]:
    """pydantic's errors in our words, each with its place."""
    name = str(body.get("id", ""))
    for each in error.errors(include_url=False, include_input=False):
        keys = _keys(each, body)
        rule, message, hint = _words(each, model, keys)
        where = written.where((head, *keys))
        yield _finding(f"{where}: {message}", severity="error", rule=rule, hint=hint, id=name)


def _keys(error: ErrorDetails, body: Mapping[str, JsonValue]) -> KeyPath:
    """The way to the wrong value that really is in the file: pydantic also names members of unions."""
    keys: list[str | int] = []
    here: JsonValue = cast(JsonValue, body)
    for key in error["loc"]:
        if isinstance(here, dict) and (key in here or error["type"] == "missing"):
            keys.append(key)
            here = here.get(str(key))
        elif isinstance(here, list) and isinstance(key, int) and key < len(here):
            keys.append(key)
            here = here[key]
    return tuple(keys)


def _words(error: ErrorDetails, model: type[Fact], keys: KeyPath) -> tuple[str, str, str]:
    """Rule, message and hint."""
    name = ".".join(str(key) for key in keys)
    match error["type"]:
        case "extra_forbidden":
            return "unknown_key", f"unknown key `{keys[-1]!s:.60}`", did_you_mean(str(keys[-1]), _fields(model, keys))
        case "missing":
            return "missing", f"`{name}` is missing", ""
        case "string_pattern_mismatch":
            hint = "Use letters, digits, dots, dashes and underscores; begin with a letter or digit."
            return "wrong_value", f"`{name}` cannot be an id", hint
        case _:
            said = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
            return "wrong_value", f"`{name}`: {said}" if name else said, ""


def _fields(model: type[BaseModel], keys: KeyPath) -> Sequence[str]:
    """The keys that may stand beside the last of `keys`."""
    for key in keys[:-1]:
        field = model.model_fields.get(str(key))
        models = [] if field is None else list(_models(field.annotation))
        if models:
            model = models[0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _models(each)


def _finding(text: str, *, severity: str, rule: str, hint: str = "", id: str = "") -> Finding:
    """A finding from a text that begins with its place."""
    found = _PLACE.match(text)
    told = found.groupdict() if found else {"path": text.partition(" ")[0], "message": text}
    return Finding.model_validate({"severity": severity, "rule": rule, "hint": hint, "id": id, **told})
