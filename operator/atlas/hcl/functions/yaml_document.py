"""The events of one YAML document to its value: mappings have strings for keys, and anchors end before their aliases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from atlas.errors import Unsupported
from atlas.hcl.values import to_text

_MERGE = "<<"


class Document:
    """Reads the value of a stream with one document. Imports of the library are the caller's: they are slow."""

    def __init__(
        self,
        events: Iterator[Any],
        scalar: Callable[[Any], object],
        *,
        key: Callable[[object], str] = to_text,
        merges: bool = True,
    ) -> None:
        self._events = events
        self._scalar = scalar
        self._key = key
        self._merges = merges
        self._anchors: dict[str, object] = {}

    def value(self) -> object:
        """The one value.

        Raises:
            ValueError: There is no document, or more than one, or something that HCL has no value for.
        """
        self._next("StreamStartEvent")
        event = next(self._events)
        if type(event).__name__ != "DocumentStartEvent":
            raise ValueError("there is no document in this YAML")
        value = self._read(next(self._events))
        self._next("DocumentEndEvent")
        if type(next(self._events)).__name__ != "StreamEndEvent":
            raise ValueError("there is more than one document in this YAML: one is expected")
        return value

    def _next(self, name: str) -> None:
        event = next(self._events)
        if type(event).__name__ != name:
            message = f"{name} is expected, found {type(event).__name__}"
            raise ValueError(message)

    def _read(self, event: Any) -> object:
        name = type(event).__name__
        if name == "AliasEvent":
            if event.anchor not in self._anchors:
                message = f'the anchor "{event.anchor}" does not stand in front of its alias'
                raise ValueError(message)
            return self._anchors[event.anchor]
        value: object
        match name:
            case "MappingStartEvent":
                self._check_tag(event, "map")
                value = self._mapping()
            case "SequenceStartEvent":
                self._check_tag(event, "seq")
                value = self._sequence()
            case _:
                value = self._scalar(event)
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _check_tag(self, event: Any, name: str) -> None:
        if event.tag not in {None, "!", f"tag:yaml.org,2002:{name}"}:
            message = f'the tag "{event.tag}" is not known'
            raise ValueError(message)

    def _sequence(self) -> list[object]:
        items: list[object] = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            items.append(self._read(event))
        return items

    def _mapping(self) -> dict[str, object]:
        values: dict[str, object] = {}
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent":
                raise ValueError("a key of a YAML mapping is a string, and this one is not")
            if event.value == _MERGE and event.style is None and event.tag is None:
                if not self._merges:
                    raise Unsupported('the merge key "<<" is not supported here: write the entries out')
                merged = self._read(next(self._events))
                if not isinstance(merged, Mapping):
                    raise ValueError('"<<" takes a mapping')
                values.update(merged)
                continue
            name = self._key(self._scalar(event))
            if name in values and not self._merges:
                message = f'the key "{name}" is there twice'
                raise ValueError(message)
            values[name] = self._read(next(self._events))
        return values


def reason_of(error: Exception) -> str:
    """Why a text is no YAML, and where. NB: its own words show a piece of the text, which may be a password."""
    place, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if place is None or not problem:
        return " ".join(str(error).split())
    return f"line {place.line + 1}, column {place.column + 1}: {problem}"
