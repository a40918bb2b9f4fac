"""What a project file is as a whole: the texts read together, which blocks may stand in it, and the ``atlas`` block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.errors import Unsupported
from atlas.hcl import Scope, parse
from atlas.hcl.nodes import Body
from atlas.hcl.positions import error_at
from atlas.project.model import CloudSettings
from atlas.project.read import BlockReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.hcl.nodes import Block

_READ: Final = frozenset({"atlas", "data", "diff", "env", "lint", "locals", "test", "variable"})
_NOT_OURS: Final = frozenset({"docker", "script"})
"""Blocks that mean something only where they are referred to, or for commands that are not there."""
_GUARDS: Final = frozenset({"check", "deployment", "hook"})
"""They guard or order a run: one that ignored them would be less than was asked for."""
_OF_ENV: Final = frozenset({"format", "log", "migration", "protected_flows", "schema"})
"""Blocks that an env has, and a file has not."""
_REPEATED: Final = frozenset({"data", "env"})


def read_together(files: Sequence[tuple[str, str]]) -> Body:
    """The blocks of all files, in their order.

    Raises:
        ParseError: A text that is no HCL, or says something outside of a block.
    """
    bodies = [parse(text, name) for name, text in files]
    for body in bodies:
        for attribute in body.attributes.values():
            raise error_at(
                attribute.range,
                f'attribute "{attribute.name}" stands outside of a block: expected it in an env or locals block',
            )
    return Body({}, tuple(block for body in bodies for block in body.blocks), bodies[0].range)


def check_blocks(body: Body, *, runs: bool) -> None:
    """Refuse what would otherwise be passed over in silence; guards only where there is an environment to run on.

    Raises:
        Unsupported: A block of a type that is not served.
        ParseError: ``for_each`` where a block cannot be many.
    """
    for block in body.blocks:
        if block.type in _GUARDS and not runs:
            continue
        if block.type not in _READ | _NOT_OURS:
            raise Unsupported(
                f'{block.range}: block "{block.type}" is not supported by this version: expected {_expected(block)}'
            )
        if "for_each" in block.body.attributes and block.type in _READ - _REPEATED - {"locals"}:
            place = block.body.attributes["for_each"].range
            raise error_at(
                place, f"for_each: expected in an env or data block, there is one {block.type} of a kind"
            )


def _expected(block: Block) -> str:
    return 'it in a block env "NAME" { }' if block.type in _OF_ENV else f"one of {', '.join(sorted(_READ))}"


def read_cloud(body: Body, scope: Scope) -> CloudSettings | None:
    """The ``cloud`` block of the one ``atlas`` block; None when there is none.

    Raises:
        ParseError: A second ``atlas`` block, or one with a label.
        Unsupported: A word that has no meaning here.
    """
    block = _the_one(body.blocks_of("atlas"))
    if block is None:
        return None
    reader = BlockReader(block.body, scope)
    reader.refuse_attributes(frozenset())
    reader.refuse_blocks(frozenset({"cloud"}))
    cloud = reader.block("cloud")
    if cloud is None:
        return None
    cloud.refuse_attributes(frozenset({"org", "project", "token", "url"}))
    cloud.refuse_blocks(frozenset())
    return CloudSettings(
        url=cloud.text("url"), token=cloud.text("token"), project=cloud.text("project"), org=cloud.text("org")
    )


def _the_one(blocks: Sequence[Block]) -> Block | None:
    if len(blocks) > 1:
        raise error_at(blocks[1].range, f"there can be one atlas block, the first is at {blocks[0].range}")
    for block in blocks:
        if block.labels:
            raise error_at(block.range, f'an atlas block has no label, found "{block.labels[0]}"')
        return block
    return None
