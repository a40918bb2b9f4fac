"""References of a spec to keys of Secrets and ConfigMaps, always in the namespace of the resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from atlas.errors import SpecError
from atlas.reconcile.ports import CONFIG_MAP, SECRET

if TYPE_CHECKING:
    from atlas.reconcile.fields import Fields

_REFERENCES = {
    "secretKeyRef": SECRET,
    "secretRef": SECRET,
    "configMapKeyRef": CONFIG_MAP,
    "configMapRef": CONFIG_MAP,
}


class SecretKey(NamedTuple):
    """One key of a Secret."""

    name: str
    key: str


class ConfigMapKey(NamedTuple):
    """One key of a ConfigMap."""

    name: str
    key: str


def secret_key(fields: Fields, name: str) -> SecretKey | None:
    """The ``secretKeyRef`` below a field.

    Raises:
        SpecError: It lacks a name or a key.
    """
    found = _name_and_key(fields.fields(name), "secretKeyRef")
    return SecretKey(*found) if found else None


def config_map_key(fields: Fields, name: str) -> ConfigMapKey | None:
    """The ``configMapKeyRef`` below a field.

    Raises:
        SpecError: It lacks a name or a key.
    """
    found = _name_and_key(fields.fields(name), "configMapKeyRef")
    return ConfigMapKey(*found) if found else None


def references_of(spec: Mapping[str, object]) -> frozenset[tuple[str, str]]:
    """Kind and name of every Secret and ConfigMap that a spec names anywhere, readable or not."""
    found: set[tuple[str, str]] = set()
    for key, value in spec.items():
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, Mapping):
                continue
            kind, name = _REFERENCES.get(key), item.get("name")
            if kind and isinstance(name, str) and name:
                found.add((kind, name))
            found |= references_of(item)
    return frozenset(found)


def _name_and_key(reference: Fields, kind: str) -> tuple[str, str] | None:
    if not reference.given(kind):
        return None
    key = reference.fields(kind)
    found = key.text("name"), key.text("key")
    if not all(found):
        raise SpecError(f"{key.path} needs a name and a key")
    return found
