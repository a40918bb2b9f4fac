"""Reading one level of a manifest: values by name and type, with the path in the message when one is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from atlas.errors import SpecError


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of a manifest; absent and null read as the empty value of the type asked for."""

    values: Mapping[str, object]
    path: str

    def given(self, name: str) -> bool:
        """Whether the field says anything: an absent one, null and an empty value say nothing."""
        return bool(self.values.get(name))

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        return value

    def number(self, name: str) -> int:
        value = self.values.get(name)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(name, "a whole number")
        return value

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def items(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, "a list of texts")
        return tuple(value)

    def each(self, name: str) -> tuple[Fields, ...]:
        """A list of objects."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise self._wrong(name, "a list of objects")
        return tuple(Fields(item, f"{self.path}.{name}[{place}]") for place, item in enumerate(value))

    def fields(self, name: str) -> Fields:
        value = self.values.get(name)
        if value is not None and not isinstance(value, Mapping):
            raise self._wrong(name, "an object")
        return Fields(value or {}, f"{self.path}.{name}")

    def texts(self, name: str) -> dict[str, str] | None:
        """An object whose values are all texts; None when it is absent."""
        value = self.values.get(name)
        if value is None:
            return None
        inner = self.fields(name)
        return {key: inner.text(key) for key in inner.values}

    def _wrong(self, name: str, expected: str) -> SpecError:
        # NB: the value stays out of the message, it may be a password.
        return SpecError(f"{self.path}.{name} must be {expected}")
