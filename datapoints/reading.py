"""Reads YAML by libyaml's events, ten times as fast as `core.yaml_file` reads it, and as strictly.

The settings are one file; of DataPoints there are thousands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never, cast

import yaml
from pydantic import JsonValue
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from core.errors import UserError
from core.yaml_file import MAX_DEPTH, KeyPath, Place, Written, read_text, syntax_error

MAX_BYTES = 256 * 1024
"""A DataPoint is a page or two; a file that is larger is something else."""

_PLAIN_WORD = re.compile(r"[A-Za-z/*(\"'$%#]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""An escape can write what the file itself may not hold, and no database keeps."""
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_WORDS: dict[str, JsonValue] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
}


def read_quickly(path: Path) -> Written:
    """The file's one mapping; raises UserError with file, line and column for whatever a person can get wrong."""
    return parse(read_text(path, MAX_BYTES), path)


def parse(text: str, path: Path) -> Written:
    """The one mapping in a text; `path` is what errors call it."""
    try:
        return _Reader(path, _events(text)).document()
    except yaml.MarkedYAMLError as error:
        raise syntax_error(path, error) from None


def _events(text: str) -> Iterator[Event]:
    """The events of a text; libyaml, written in C, has them where PyYAML was built with it."""
    return yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass
class _Reader:
    """Turns events into plain values, and notes the place of every key."""

    path: Path
    events: Iterator[Event]
    places: dict[KeyPath, Place] = field(default_factory=dict[KeyPath, Place])

    def document(self) -> Written:
        """The only document's mapping; nothing, or nothing but comments, is an empty one."""
        documents = 0
        value: JsonValue = {}
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "another document begins here; write one in each file")
                first = next(self.events)
                value = self.value(first, ()) or {}
                if not isinstance(value, dict):
                    self.refuse(first, "the file must hold `key: value` lines")
        return Written(self.path, cast(dict[str, JsonValue], value), self.places)

    def value(self, event: Event, keys: KeyPath, depth: int = 0) -> JsonValue:
        """The value that begins with the event."""
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, AliasEvent):
            self.refuse(event, "aliases (`*name`) are not supported")
        if depth == MAX_DEPTH:
            self.refuse(event, f"nested deeper than {MAX_DEPTH} levels")
        self.check_tag(event)
        if isinstance(event, MappingStartEvent):
            return self.mapping(keys, depth)
        assert isinstance(event, SequenceStartEvent)
        values: list[JsonValue] = []
        while not isinstance(item := next(self.events), SequenceEndEvent):
            values.append(self.value(item, (*keys, len(values)), depth + 1))
        return values

    def mapping(self, keys: KeyPath, depth: int) -> dict[str, JsonValue]:
        """The mapping, every key once."""
        values: dict[str, JsonValue] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self.refuse(event, "a key must be a word")
            key = self.text(event)
            here = (*keys, key)
            if key in values:
                self.refuse(event, f"the key `{key:.60}` is here twice, first on line {self.places[here].line}")
            self.places[here] = _place(event)
            values[key] = self.value(next(self.events), here, depth + 1)
        return values

    def scalar(self, event: ScalarEvent) -> JsonValue:
        """A word as YAML 1.1 reads it; a date stays text."""
        text = self.text(event)
        if event.tag is not None and event.tag != "tag:yaml.org,2002:str":
            self.check_tag(event)
        if event.style or event.tag:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _PLAIN_WORD.match(text):
            return text
        return int(text) if _INTEGER.fullmatch(text) else self.number(event, text)

    def text(self, event: ScalarEvent) -> str:
        """A text that can be stored."""
        text = str(event.value)
        if found := _UNSTORABLE.search(text):
            self.refuse(event, f"the character U+{ord(found[0]):04X} is not allowed here")
        return text

    def number(self, event: ScalarEvent, text: str) -> JsonValue:
        """What is not plainly a word: PyYAML knows all spellings of numbers."""
        loader = yaml.SafeLoader("")
        tag = cast(str, loader.resolve(yaml.ScalarNode, text, (True, False)))
        if tag not in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
            return text
        try:
            return cast(JsonValue, loader.construct_object(yaml.ScalarNode(tag, text)))
        except (ValueError, OverflowError):
            self.refuse(event, "not a value that YAML knows")

    def check_tag(self, event: Event) -> None:
        """Refuse `!tags`: files hold plain values."""
        tag: object = getattr(event, "tag", None)
        if tag is not None:
            self.refuse(event, f"tags (`{tag!s:.60}`) are not supported")

    def refuse(self, event: Event, what: str) -> Never:
        """Raise the error that points at the event."""
        place = _place(event)
        raise UserError(f"{self.path}:{place.line}:{place.column}: {what}", code="bad_file")


def _place(event: Event) -> Place:
    mark = event.start_mark
    assert mark is not None
    return Place(mark.line + 1, mark.column + 1)
