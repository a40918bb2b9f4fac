"""Which ``env`` block of a project file is meant. The others are never evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported
from atlas.hcl.nodes import Attribution, Reference
from atlas.hcl.positions import error_at

if TYPE_CHECKING:
    from atlas.hcl.nodes import Block, Body


def select_env(body: Body, name: str) -> Block:
    """The block labelled ``name``, else the one without a label whose ``name`` is ``atlas.env``.

    Raises:
        SpecError: There is none, or more than one.
        Unsupported: The block has ``for_each``.
    """
    blocks = body.blocks_of("env")
    for block in blocks:
        if len(block.labels) > 1:
            raise error_at(block.range, "an env block has one label at most")
    found = [block for block in blocks if block.labels == (name,)]
    found = found or [block for block in blocks if not block.labels and _takes_any_name(block)]
    if not found:
        known = ", ".join(sorted(f'"{block.labels[0]}"' for block in blocks if block.labels))
        hint = f": {body.range.file_name} has {known}" if known else ""
        raise SpecError(f'env "{name}" not defined in config file{hint}')
    if len(found) > 1:
        raise SpecError(f'multiple envs found for "{name}": {", ".join(str(block.range) for block in found)}')
    many = found[0].body.attributes.get("for_each")
    if many is not None:
        raise Unsupported(f'{many.range}: for_each of env "{name}" is not supported by this version')
    return found[0]


def _takes_any_name(block: Block) -> bool:
    name = block.body.attributes.get("name")
    if name is None or not isinstance(name.expression, Attribution):
        return False
    root = name.expression.operand
    return name.expression.name == "env" and isinstance(root, Reference) and root.name == "atlas"
