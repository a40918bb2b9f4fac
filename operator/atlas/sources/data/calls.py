"""What all data sources have in common: attributes that must be there, names in front of messages, late libraries."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from atlas.errors import AtlasError, SpecError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.project.data import ReadSource, SourceCall

NO_BLOCKS: frozenset[str] = frozenset()


def check_names(call: SourceCall, *attributes: str, blocks: frozenset[str] = NO_BLOCKS) -> None:
    """Refuse what a block says beyond these attributes and blocks. Raises ``Unsupported``."""
    call.block.refuse_attributes(frozenset((*attributes, "for_each")))
    call.block.refuse_blocks(blocks)


def required(call: SourceCall, name: str) -> str:
    """The text of an attribute that cannot be left out.

    Raises:
        SpecError: It is missing, null or empty.
    """
    value = call.block.text(name)
    if not value:
        raise SpecError(f'attribute "{name}" is required: set it in the block')
    return value


def named(read: ReadSource) -> ReadSource:
    """``read`` with ``data.TYPE.NAME: `` in front of the messages of its errors."""

    def reading(call: SourceCall) -> object:
        try:
            return read(call)
        except AtlasError as error:
            text = str(error)
            if not text.startswith(f"{call.place.file_name}:"):
                error.args = (f"data.{call.type}.{call.name}: {text}", *error.args[1:])
            raise

    return reading


def library(name: str, extra: str) -> Any:
    """A module of an optional dependency, imported when it is needed.

    Raises:
        SpecError: It is not installed, with the command that installs it.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise SpecError(
            f"the library {name.partition('.')[0]} is not installed: run pip install 'atlas-operator[{extra}]'"
        ) from error


def as_texts(values: Mapping[str, object], what: str) -> dict[str, str | list[str]]:
    """Variables of HCL as ``--var`` gives them.

    Raises:
        SpecError: One is no primitive and no list of them; it is named.
    """
    from atlas.hcl.values import to_text

    texts: dict[str, str | list[str]] = {}
    for name, value in values.items():
        try:
            texts[name] = (
                [to_text(item) for item in value] if isinstance(value, list | tuple) else to_text(value)
            )
        except ValueError as error:
            raise SpecError(
                f"{what}.{name}: expected a string, a number, a bool or a list of them"
            ) from error
    return texts
