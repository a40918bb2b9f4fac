"""What HCL files say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.schema import Key, Realm


@dataclass(frozen=True, slots=True)
class HclSchema:
    """A realm as it was written, types and expressions in the words of the author.

    Attributes:
        renames: Pairs (current, desired) of the ``renamed_from`` attributes.
        warnings: ``file:line:column: …`` of attributes and blocks that have no meaning here and were left out.
    """

    realm: Realm
    renames: tuple[tuple[Key, Key], ...] = ()
    warnings: tuple[str, ...] = ()
