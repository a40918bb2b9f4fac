"""Which objects depend on which Secrets and ConfigMaps, and on which state of them the last pass was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.handlers.keys import Key, Ref


class Dependents:
    """A map in both directions; entries go with the last dependent. Belongs to one event loop."""

    def __init__(self) -> None:
        self._used: dict[Key, dict[Ref, str]] = {}
        self._by_ref: dict[Ref, set[Key]] = {}

    def note(self, key: Key, versions: Mapping[Ref, str]) -> None:
        """``key`` depends on exactly these now; a version is '' where the object was missing."""
        for ref in self._used.get(key, {}).keys() - versions.keys():
            self._drop(ref, key)
        for ref in versions:
            self._by_ref.setdefault(ref, set()).add(key)
        if versions:
            self._used[key] = dict(versions)
        else:
            self._used.pop(key, None)

    def forget(self, key: Key) -> None:
        """``key`` is gone."""
        self.note(key, {})

    def outdated(self, ref: Ref, version: str) -> tuple[Key, ...]:
        """The dependents whose last pass saw another version of this object than the current one."""
        return tuple(key for key in self._by_ref.get(ref, ()) if self._used[key].get(ref) != version)

    def refs(self, kind: str, namespace: str) -> tuple[Ref, ...]:
        """All objects of a kind that somebody depends on; '' means all namespaces."""
        return tuple(ref for ref in self._by_ref if ref.kind == kind and namespace in ("", ref.namespace))

    def all_refs(self) -> tuple[Ref, ...]:
        """All objects that somebody depends on."""
        return tuple(self._by_ref)

    def _drop(self, ref: Ref, key: Key) -> None:
        keys = self._by_ref.get(ref, set())
        keys.discard(key)
        if not keys:
            self._by_ref.pop(ref, None)
