"""The other doors of the package, which this one does not import: they are loaded by name when a command needs them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from atlas.errors import Unsupported

if TYPE_CHECKING:
    from types import ModuleType


def opened_door(module: str, who: str, extra: str) -> ModuleType:
    """The module of a door; raises ``Unsupported`` where ``who`` needs libraries of ``extra`` that are not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise Unsupported(
            f"{who} needs {error.name}, which is not installed: install atlas-operator[{extra}]"
        ) from error
