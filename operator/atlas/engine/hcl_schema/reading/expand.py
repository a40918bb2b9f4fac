"""``for_each`` and ``dynamic``: one written block to the blocks that it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.hcl_schema.reading.scope import BlockIterator, Ref
from atlas.hcl import evaluate
from atlas.hcl.positions import error_at
from atlas.hcl.values import SetValue, kind, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.hcl import Scope
    from atlas.hcl.nodes import Attribute, Block, Body
    from atlas.hcl.positions import Range

FOR_EACH = "for_each"
_DYNAMIC = "dynamic"


class Instance(NamedTuple):
    """A block with the scope of its expressions.

    ``repeated`` says that other blocks have its label too, so that its name alone tells it apart.
    """

    type: str
    labels: tuple[str, ...]
    body: Body
    scope: Scope
    range: Range
    repeated: bool = False


def instances(blocks: Iterable[Block], scope: Scope) -> Iterator[Instance]:
    """What the blocks stand for, in order."""
    for block in blocks:
        if block.type == _DYNAMIC:
            yield from _dynamic(block, scope)
        elif FOR_EACH in block.body.attributes:
            for key, value in _elements(block.body.attributes[FOR_EACH], scope):
                inner = scope.with_names({"each": {"key": key, "value": value}})
                yield Instance(block.type, block.labels, block.body, inner, block.range, repeated=True)
        else:
            yield Instance(block.type, block.labels, block.body, scope, block.range)


def _dynamic(block: Block, scope: Scope) -> Iterator[Instance]:
    content = block.body.blocks_of("content")
    collection = block.body.attributes.get(FOR_EACH)
    if len(block.labels) != 1 or len(content) != 1 or collection is None:
        raise error_at(
            block.range, 'a dynamic block has one label, its type, a "for_each" and one "content" block'
        )
    given = block.body.attributes.get("iterator")
    name = block.labels[0] if given is None else _name(given, scope)
    for key, value in _elements(collection, scope):
        inner = scope.with_names({name: BlockIterator(name, key, value)})
        labels = block.body.attributes.get("labels")
        yield Instance(
            block.labels[0],
            () if labels is None else _labels(labels, inner),
            content[0].body,
            inner,
            block.range,
            repeated=True,
        )


def _name(iterator: Attribute, scope: Scope) -> str:
    from atlas.hcl.nodes import Reference

    if isinstance(iterator.expression, Reference):
        return iterator.expression.name
    value = evaluate(iterator.expression, scope)
    if not isinstance(value, str):
        raise error_at(iterator.range, f"iterator: a name is required, found {kind(value)}")
    return value


def _labels(labels: Attribute, scope: Scope) -> tuple[str, ...]:
    value = evaluate(labels.expression, scope)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise error_at(labels.range, f"labels: a list of strings is required, found {kind(value)}")
    try:
        return tuple(map(to_text, value))
    except ValueError as error:
        raise error_at(labels.range, f"labels: {error}") from error


def _elements(attribute: Attribute, scope: Scope) -> Iterator[tuple[object, object]]:
    """Keys and values: a set's elements are their own keys, a list's have their position, an object's its keys."""
    collection = evaluate(attribute.expression, scope)
    if isinstance(collection, Mapping) and not isinstance(collection, Ref):
        yield from sorted(collection.items())
    elif isinstance(collection, SetValue):
        yield from ((value, value) for value in collection)
    elif isinstance(collection, Sequence) and not isinstance(collection, str):
        yield from enumerate(collection)
    else:
        raise error_at(
            attribute.range, f"{FOR_EACH}: a list, set or object is required, found {kind(collection)}"
        )
