"""What the process was told by its environment: read once at a door, then passed along as a frozen value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas import VERSION
from atlas.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

OPERATOR_VERSION = f"Atlas CLI {VERSION}"
"""Who wrote a revision row and who sends a report."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The variables we honour.

    Attributes:
        cloud_url: Address of the registry, '' when unset. There is no built-in one.
        token: Bearer token for that address and no other.
        home: Directory that holds ``.atlas``.
    """

    cloud_url: str = ""
    token: str = field(default="", repr=False)
    home: str = ""
    no_color: bool = False


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read the variables we honour: ``ATLAS_CLOUD_URL``, ``ATLAS_TOKEN``, ``HOME``, ``NO_COLOR``."""
    return Settings(
        cloud_url=environ.get("ATLAS_CLOUD_URL", ""),
        token=environ.get("ATLAS_TOKEN", ""),
        home=environ.get("HOME", ""),
        no_color=bool(environ.get("NO_COLOR")),
    )
