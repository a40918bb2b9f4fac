"""Column types in the notation of HCL schemas: see ``engine.schema_ports.TypeNames``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class SqliteTypeNames:
    """The types that this dialect has names for."""

    def to_hcl(self, type_text: str) -> str | None:
        raise NotImplementedError

    def from_hcl(self, name: str, arguments: Sequence[int | float | str]) -> str:
        raise NotImplementedError
