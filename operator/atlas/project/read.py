"""Attributes of a block as the types that settings have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from atlas.errors import Unsupported
from atlas.hcl import evaluate
from atlas.hcl.nodes import Reference
from atlas.hcl.positions import error_at
from atlas.hcl.values import kind, to_text

if TYPE_CHECKING:
    from atlas.hcl import Scope
    from atlas.hcl.nodes import Block, Body
    from atlas.hcl.positions import Range

T = TypeVar("T")


class BlockReader:
    """Reads the attributes of one body in one scope; a missing or null attribute is empty."""

    def __init__(self, body: Body, scope: Scope) -> None:
        self._body = body
        self._scope = scope

    @property
    def range(self) -> Range:
        """Where the body stands."""
        return self._body.range

    def place(self, name: str) -> Range:
        """Where an attribute that is there stands."""
        return self._body.attributes[name].range

    def text(self, name: str) -> str:
        value = self.value(name)
        if value is None:
            return ""
        try:
            return to_text(value)
        except ValueError as error:
            raise error_at(self._body.attributes[name].range, f"{name}: {error}") from error

    def converted(self, name: str, convert: Callable[[object], T], *, default: T) -> T:
        """A value in the type that ``convert`` makes of it; ``default`` where it is missing or null."""
        value = self.value(name)
        if value is None:
            return default
        try:
            return convert(value)
        except ValueError as error:
            raise error_at(self._body.attributes[name].range, f"{name}: {error}") from error

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; one string stands for a list of one."""
        value = self.value(name)
        if value is None:
            return ()
        items = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        place = self._body.attributes[name].range
        for item in items:
            if not isinstance(item, str):
                raise error_at(place, f"{name}: a list of strings is required, found {kind(item)}")
        return tuple(items)

    def keyword(self, name: str) -> str:
        """A bare word such as ``LINEAR_SKIP``, or a string, as ``linear-skip``."""
        attribute = self._body.attributes.get(name)
        if attribute is not None and isinstance(attribute.expression, Reference):
            word = attribute.expression.name
        else:
            word = self.text(name)
        return word.lower().replace("_", "-")

    def value(self, name: str) -> object:
        """The value of an attribute, None when it is not there."""
        attribute = self._body.attributes.get(name)
        return None if attribute is None else evaluate(attribute.expression, self._scope)

    def mapping(self, name: str) -> Mapping[str, object]:
        """An object, or a map; empty when it is missing or null."""
        value = self.value(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise error_at(self.place(name), f"{name}: an object is required, found {kind(value)}")
        return dict(value)

    def block(self, block_type: str) -> BlockReader | None:
        """The one block of a type, None when it is not there."""
        blocks = self._body.blocks_of(block_type)
        if len(blocks) > 1:
            raise error_at(
                blocks[1].range, f"there can be one {block_type} block, the first is at {blocks[0].range}"
            )
        return BlockReader(blocks[0].body, self._scope) if blocks else None

    def blocks(self, block_type: str) -> tuple[tuple[Block, BlockReader], ...]:
        """The blocks of a type in their order, each with its reader."""
        return tuple(
            (block, BlockReader(block.body, self._scope)) for block in self._body.blocks_of(block_type)
        )

    def refuse_attributes(self, known: frozenset[str]) -> None:
        """Raise ``Unsupported`` for an attribute that would otherwise be passed over in silence."""
        for name, attribute in self._body.attributes.items():
            if name not in known:
                raise _unsupported(attribute.range, f'attribute "{name}"', known)

    def refuse_blocks(self, known: frozenset[str]) -> None:
        """Raise ``Unsupported`` for a block that would otherwise be passed over in silence."""
        for block in self._body.blocks:
            if block.type not in known:
                raise _unsupported(block.range, f'block "{block.type}"', known)

    def names(self) -> tuple[str, ...]:
        """The attributes that are there."""
        return tuple(self._body.attributes)

    def blocks_other_than(self, known: frozenset[str]) -> tuple[Block, ...]:
        """The blocks of other types, unread."""
        return tuple(block for block in self._body.blocks if block.type not in known)


def _unsupported(place: Range, what: str, known: frozenset[str]) -> Unsupported:
    words = ", ".join(sorted(known))
    return Unsupported(f"{place}: {what} is not supported by this version here: expected one of {words}")
