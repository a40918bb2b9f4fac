"""Which ``env`` blocks of a project file are meant. The others are never evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.hcl.nodes import Attribution, Reference
from atlas.hcl.positions import error_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.hcl.nodes import Block


def select_envs(blocks: Sequence[Block], name: str) -> tuple[Block, ...]:
    """The blocks labelled ``name``, else those without a label whose ``name`` uses ``atlas.env``.

    Raises:
        SpecError: There is none.
        ParseError: A block has two labels.
    """
    for block in blocks:
        if len(block.labels) > 1:
            raise error_at(block.range, "an env block has one label at most")
    found = tuple(block for block in blocks if block.labels == (name,))
    found = found or tuple(block for block in blocks if not block.labels and _takes_any_name(block))
    if not found:
        raise undefined(name, blocks)
    return found


def undefined(name: str, blocks: Sequence[Block]) -> SpecError:
    """The error of an env that no block gives; it names the file and those that are there."""
    known = ", ".join(sorted({f'"{block.labels[0]}"' for block in blocks if block.labels}))
    files = ", ".join(dict.fromkeys(block.range.file_name for block in blocks if block.labels))
    hint = f"{files} has {known}" if known else f'it has no env block, expected env "{name}" {{ }}'
    return SpecError(f'env "{name}" not defined in config file: {hint}')


def empty(name: str, blocks: Sequence[Block]) -> SpecError:
    """The error of an env whose blocks are there, and mean no target."""
    places = [
        str(block.body.attributes["for_each"].range)
        for block in blocks
        if "for_each" in block.body.attributes
    ]
    if not places or not all(block.labels for block in blocks):
        return undefined(name, blocks)
    return SpecError(
        f'env "{name}" not defined in config file: its for_each at {", ".join(places)} is empty, expected at least '
        "one element"
    )


def _takes_any_name(block: Block) -> bool:
    name = block.body.attributes.get("name")
    return name is not None and any(map(_is_atlas_env, _nodes(name.expression)))


def _is_atlas_env(node: object) -> bool:
    return (
        isinstance(node, Attribution)
        and node.name == "env"
        and isinstance(node.operand, Reference)
        and node.operand.name == "atlas"
    )


def _nodes(node: object) -> Iterator[object]:
    """A node of the syntax tree and all that it is made of."""
    yield node
    if not isinstance(node, str):
        for item in node if isinstance(node, tuple) else _parts(node):
            yield from _nodes(item)


def _parts(node: object) -> Iterator[object]:
    for name in getattr(node, "__match_args__", ()):
        yield getattr(node, name)
