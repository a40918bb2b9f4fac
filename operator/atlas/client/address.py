"""Which registry is meant: a pure function of the project file, the environment and the login store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.errors import LoginRequired, SpecError
from atlas.wire.contract import DEFAULT_PROJECT, RegistryAddress

if TYPE_CHECKING:
    from collections.abc import Mapping

URL_VARIABLE = "ATLAS_CLOUD_URL"
TOKEN_VARIABLE = "ATLAS_TOKEN"  # noqa: S105 - the name of a variable

_NO_ADDRESS = (
    "no registry is configured: start one with 'atlas registry serve --data DIR' and set "
    f"{URL_VARIABLE} (or atlas {{ cloud {{ url }} }}, or 'atlas login --url') to its address"
)


@dataclass(frozen=True, slots=True)
class ProjectCloud:
    """``atlas { cloud { … } }`` of a project file; empty is not set."""

    url: str = ""
    token: str = field(default="", repr=False)
    project: str = ""


@dataclass(frozen=True, slots=True)
class StoredLogins:
    """What ``atlas login`` stored: tokens by address, and the address of the last login."""

    current: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)


def resolve_address(
    project: ProjectCloud | None, environ: Mapping[str, str], stored: StoredLogins
) -> RegistryAddress:
    """The registry and the token to use: of the project file, else the environment, else the login store.

    A stored token is used for the address it was stored for and no other.

    Raises:
        LoginRequired: Nothing says who we are.
        SpecError: There is a token and no address; none is built in.
    """
    project = project or ProjectCloud()
    url = normal_url(project.url or environ.get(URL_VARIABLE, "") or stored.current)
    token = project.token or environ.get(TOKEN_VARIABLE, "") or stored.tokens.get(url, "")
    if not token:
        raise LoginRequired("command requires 'atlas login'")
    if not url:
        raise SpecError(_NO_ADDRESS)
    return RegistryAddress(url, token, project.project or DEFAULT_PROJECT)


def login_url(given: str, environ: Mapping[str, str], stored: StoredLogins) -> str:
    """The address that ``atlas login`` means; raises ``SpecError`` where nothing names one."""
    url = normal_url(given or environ.get(URL_VARIABLE, "") or stored.current)
    if not url:
        raise SpecError(_NO_ADDRESS)
    return url


def normal_url(url: str) -> str:
    """One spelling of an address, so that a token is found again."""
    return url.strip().rstrip("/")
