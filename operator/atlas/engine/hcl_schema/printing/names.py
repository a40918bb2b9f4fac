"""Labels and references: when a name needs its schema in front of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from atlas.hcl.quote import is_identifier, quote
from atlas.schema import Kind, key_of

if TYPE_CHECKING:
    from atlas.schema import Key, Realm
    from atlas.schema.objects import Aggregate, Routine, SchemaObject

TYPE_KINDS = (Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE, Kind.RANGE)


class Names:
    """The labels of every object of a realm.

    A label is qualified when its name occurs in two schemas, and then too when the name is that of a qualifier in
    use: ``table.a.b`` must mean one thing. An overloaded routine has its argument types in its label.
    """

    def __init__(self, realm: Realm) -> None:
        self._labels: dict[Key, tuple[str, ...]] = {}
        self._types: dict[tuple[str, str], Key] = {}
        keys = [key_of(item) for item in realm.objects]
        names = {key: item.name for key, item in zip(keys, realm.objects, strict=True)}
        overloaded = Counter((key.kind, key.schema, name) for key, name in names.items())
        for key, name in names.items():
            if overloaded[key.kind, key.schema, name] > 1:
                names[key] = key.name
        for kind in {key.kind for key in keys}:
            self._label([key for key in keys if key.kind is kind], names)
        for key in keys:
            if key.kind in TYPE_KINDS:
                self._types[key.schema, key.name] = key
        self._schemas = {schema.name for schema in realm.schemas}

    def _label(self, keys: list[Key], names: dict[Key, str]) -> None:
        counts = Counter(names[key] for key in keys)
        qualifiers = {key.schema for key in keys if counts[names[key]] > 1}
        for key in keys:
            name = names[key]
            is_ambiguous = key.schema and (counts[name] > 1 or name in qualifiers)
            self._labels[key] = (key.schema, name) if is_ambiguous else (name,)

    def labels(self, item: SchemaObject) -> tuple[str, ...]:
        return self._labels[key_of(item)]

    def knows(self, key: Key) -> bool:
        """Whether the object is printed too."""
        return key in self._labels

    def reference(self, key: Key) -> str:
        """``table.users``; an object that is not printed is written with its schema."""
        return path(key.kind.value, *self._labels.get(key, (key.schema, key.name)))

    def type_reference(self, schema: str, name: str) -> str | None:
        """``enum.status`` for a type that is printed; an unqualified name must be the only one."""
        if schema:
            key = self._types.get((schema, name))
            return self.reference(key) if key else None
        found = [key for key in self._types.values() if key.name == name]
        return self.reference(found[0]) if len(found) == 1 else None

    def schema(self, name: str) -> str:
        return path("schema", name)

    def has_schema(self, name: str) -> bool:
        return name in self._schemas


def is_overloaded(item: Routine | Aggregate, names: Names) -> bool:
    """Whether the label says more than the name, so that the name must be said apart."""
    return names.labels(item)[-1] != item.name


def path(root: str, *names: str) -> str:
    """``root.name``, or ``root["name"]`` for a name that is no identifier."""
    return root + "".join(f".{name}" if is_identifier(name) else f"[{quote(name)}]" for name in names)
