"""Reads a YAML file that a person wrote: plain values only, and every key remembers its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Never

import yaml
from pydantic import JsonValue
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from core.errors import UserError

KeyPath = tuple[str | int, ...]
"""The keys and positions that lead to a value, outermost first."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


@dataclass(frozen=True)
class Place:
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Written:
    """A file's mapping, and where each of its keys stands."""

    path: Path
    value: Mapping[str, JsonValue]
    places: Mapping[KeyPath, Place]

    def where(self, keys: KeyPath) -> str:
        """`file:line:column` of the innermost key on the way that is really there."""
        known = next((keys[:length] for length in range(len(keys), 0, -1) if keys[:length] in self.places), ())
        place = self.places.get(known, Place(1, 1))
        return f"{self.path}:{place.line}:{place.column}"


def read_mapping(path: Path, *, max_bytes: int = MAX_BYTES) -> Written:
    """The file's one mapping; raises UserError with file, line and column for whatever a person can get wrong."""
    text = read_text(path, max_bytes)
    loader = _PlainLoader(text)
    builder = _Builder(path, loader)
    try:
        root = loader.get_single_node()
        if isinstance(root, MappingNode):
            value = builder.mapping(root, ())
        elif root is None or (isinstance(root, ScalarNode) and root.tag == "tag:yaml.org,2002:null"):
            value = dict[str, JsonValue]()
        else:
            builder.refuse(root, "the file must hold `key: value` lines")
    except yaml.MarkedYAMLError as error:
        raise syntax_error(path, error) from None
    finally:
        loader.dispose()
    return Written(path, value, builder.places)


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """The file as text without characters that YAML forbids, read no further than the limit."""
    try:
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", code="bad_file") from None
    if len(raw) > max_bytes:
        raise UserError(f"{path} is larger than {max_bytes:,} bytes", code="bad_file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(raw[: error.start].decode("utf-8-sig"))
        hint = "Save the file as UTF-8."
        raise UserError(f"{path}:{place.line}:{place.column}: not UTF-8", hint=hint, code="bad_file") from None
    forbidden = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if forbidden:
        place = _place(text[: forbidden.start()])
        what = f"the character U+{ord(forbidden.group()):04X} is not allowed here"
        raise UserError(f"{path}:{place.line}:{place.column}: {what}", code="bad_file")
    return text


def _place(before: str) -> Place:
    """The place just behind `before`."""
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def syntax_error(path: Path, error: yaml.MarkedYAMLError) -> UserError:
    """What the parser says, with file, line and column."""
    mark = error.problem_mark or error.context_mark
    where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    what = error.problem or "not valid YAML"
    tab = "'\\t'" in what
    hint = "Indent with spaces: YAML allows no tabs." if tab else "Check the indentation and the quotes here."
    if error.context and error.context_mark:
        what = f"{what} {error.context} that begins on line {error.context_mark.line + 1}"
    return UserError(f"{where}: {what}", hint=hint, code="bad_file")


class _PlainLoader(yaml.SafeLoader):
    """Plain YAML: no aliases, which can make a short file endless, and no deep nesting."""

    depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            raise self._refusal("aliases (`*name`) are not supported")
        if self.depth == MAX_DEPTH:
            raise self._refusal(f"nested deeper than {MAX_DEPTH} levels")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _refusal(self, what: str) -> yaml.MarkedYAMLError:
        mark = self.peek_event().start_mark  # pyright: ignore[reportUnknownVariableType]
        return yaml.MarkedYAMLError(problem=what, problem_mark=mark)  # pyright: ignore[reportUnknownArgumentType]


class _Builder:
    """Turns nodes into plain values and notes the place of every key."""

    def __init__(self, path: Path, loader: yaml.SafeLoader) -> None:
        self.path = path
        self.loader = loader
        self.places: dict[KeyPath, Place] = {}

    def mapping(self, node: MappingNode, keys: KeyPath) -> dict[str, JsonValue]:
        """The mapping, every key once."""
        values: dict[str, JsonValue] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.refuse(key_node, "a key must be a word")
            key = str(key_node.value)
            if key in values:
                first = self.places[(*keys, key)].line
                self.refuse(key_node, f"the key `{key}` is here twice, first on line {first}")
            self.places[(*keys, key)] = _mark_place(key_node)
            values[key] = self.value(value_node, (*keys, key))
        return values

    def value(self, node: Node, keys: KeyPath) -> JsonValue:
        """The node's plain value."""
        if isinstance(node, MappingNode):
            return self.mapping(node, keys)
        if isinstance(node, SequenceNode):
            return [self.value(each, (*keys, place)) for place, each in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:timestamp":
            return str(node.value)
        try:
            value: object = self.loader.construct_object(node)
        except (ValueError, OverflowError):
            self.refuse(node, "not a value that YAML knows")
        return value if value is None or isinstance(value, str | int | float | bool) else str(node.value)

    def refuse(self, node: Node, what: str) -> Never:
        """Raise the error that points at the node."""
        place = _mark_place(node)
        raise UserError(f"{self.path}:{place.line}:{place.column}: {what}", code="bad_file")


def _mark_place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
