"""Names whose values are computed when they are asked for, once: what variables, locals and data sources have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from atlas.hcl.locals import CyclicReference

if TYPE_CHECKING:
    from atlas.hcl.positions import Range


class Entry(NamedTuple):
    """How a value is computed, and where the file says so."""

    place: Range
    compute: Callable[[], object]


class Lazy(Mapping[str, object]):
    """The values by name. Computing one may ask for others, of this mapping too; a circle is an error.

    ``prefix`` is what stands before a name where it is referred to, such as ``local`` or ``data.sql``.
    """

    def __init__(self, prefix: str, entries: Mapping[str, Entry]) -> None:
        self._prefix = prefix
        self._entries = entries
        self._values: dict[str, object] = {}
        self._running: set[str] = set()

    def __getitem__(self, name: str) -> object:
        entry = self._entries[name]
        if name in self._values:
            return self._values[name]
        if name in self._running:
            raise CyclicReference(f'{entry.place}: cyclic reference to "{self._prefix}.{name}"')
        self._running.add(name)
        try:
            self._values[name] = entry.compute()
        finally:
            self._running.discard(name)
        return self._values[name]

    def missing(self, name: str) -> str:
        """What is said of a name that is not there, behind the words that it is not."""
        if self._prefix == "var":
            return (
                f', or a block variable "{name}" {{ }}'
                if self
                else f': expected a block variable "{name}" {{ }}'
            )
        return ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
