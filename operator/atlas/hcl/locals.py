"""``locals`` blocks: each value is evaluated when it is asked for, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from atlas.errors import ParseError
from atlas.hcl.evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.hcl.nodes import Attribute, Block
    from atlas.hcl.values import Scope


class CyclicReference(ParseError):  # noqa: N818  named by what it says, as all errors are
    """Values that need each other: wrong however it is looked at, so that ``try`` does not pass over it."""


class Locals(Mapping[str, object]):
    """The values by name. ``scope`` may hold this mapping itself: locals know each other."""

    def __init__(self, blocks: Sequence[Block], scope: Scope) -> None:
        self._attributes: dict[str, Attribute] = {}
        self._scope = scope
        self._values: dict[str, object] = {}
        self._running: set[str] = set()
        for block in blocks:
            self._attributes.update(block.body.attributes)

    def __getitem__(self, name: str) -> object:
        attribute = self._attributes[name]
        if name in self._values:
            return self._values[name]
        if name in self._running:
            raise CyclicReference(f'{attribute.range}: cyclic reference to "local.{name}"')
        self._running.add(name)
        try:
            self._values[name] = evaluate(attribute.expression, self._scope)
        finally:
            self._running.discard(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._attributes)

    def __len__(self) -> int:
        return len(self._attributes)
