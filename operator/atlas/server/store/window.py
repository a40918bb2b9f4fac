"""A window on a list: which page of which size."""

from __future__ import annotations

from typing import NamedTuple


class Window(NamedTuple):
    """``page`` counts from 1."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many entries are before it."""
        return (self.page - 1) * self.size
