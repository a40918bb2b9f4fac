"""Data sources of a project file: what one is given, and the states that one may make. Reading them is for adapters.

A source that makes a state (a rendered directory, a schema with its variables, the output of a program) keeps it in
``Memory`` and answers with its ``mem://`` URL, which stands wherever a URL of a state or of a directory may stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from atlas.project.made_states import Made, MadeComposite, MadeDirectory, MadeSchema, content_of
from atlas.project.memory import MEMORY_SCHEME, Memory

if TYPE_CHECKING:
    from atlas.hcl.positions import Range
    from atlas.project.read import BlockReader

__all__ = [
    "MEMORY_SCHEME",
    "Made",
    "MadeComposite",
    "MadeDirectory",
    "MadeSchema",
    "Memory",
    "ReadSource",
    "SourceCall",
    "content_of",
]


@dataclass(frozen=True, slots=True)
class SourceCall:
    """One reference to ``data.TYPE.NAME``: its block, where it stands, and where to keep what it makes."""

    type: str
    name: str
    block: BlockReader
    place: Range
    memory: Memory


ReadSource: TypeAlias = Callable[[SourceCall], object]
"""Reads one data source: a string, or an object of attributes such as ``{"url": …}``.

Raises ``AtlasError``; whoever asked puts the place of the block in front.
"""
