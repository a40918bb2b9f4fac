"""The words around a checksum failure, which scripts match on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.errors import ChecksumMismatch


def checksum_help(error: ChecksumMismatch) -> str:
    """What a person reads before the ``Error:`` line; ends with an empty line."""
    place = f"\n\t{error.detail}\n" if error.detail else ""
    return (
        "You have a checksum error in your migration directory.\n"
        f"{place}\n"
        "Please check your migration files and run 'atlas migrate hash' to re-hash the contents\n\n"
    )
