"""What a command is given besides its arguments: streams, environment and time, so that tests can hold them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The process as a command sees it."""

    settings: Settings
    environ: Mapping[str, str] = field(repr=False)

    def out(self, text: str = "", end: str = "\n") -> None:
        """Write a line of the answer to stdout."""
        sys.stdout.write(text + end)

    def err(self, text: str) -> None:
        """Write a line about the answer to stderr."""
        sys.stdout.flush()
        sys.stderr.write(text + "\n")
