"""Which registry a command speaks to, and as whom: atlas.hcl, then the environment, then ``atlas login``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.cli.context import Context
    from atlas.errors import LoginRequired
    from atlas.project import Project
    from atlas.wire.contract import RegistryAddress
    from atlas.wiring import Effort

HOW_TO_LOG_IN = (
    "Start a registry with 'atlas registry serve --data DIR', make a token with\n'atlas registry token create "
    "--data DIR', then run 'atlas login --url URL --token TOKEN'\n(or set ATLAS_CLOUD_URL and ATLAS_TOKEN, or "
    "atlas { cloud { url, token } } in atlas.hcl)."
)
"""What ``LoginRequired`` means for a person. NB: it goes to stdout, clients compare the whole of stderr."""


def registry_address(
    context: Context, project: Project | None, effort: Effort | None = None
) -> RegistryAddress:
    """The address and its token; ``effort`` is what asking for its organization may cost.

    Raises:
        LoginRequired: Nothing names a registry or says who we are, or atlas.hcl names another organization.
    """
    from atlas.wiring import resolve_registry

    cloud = project.cloud if project else None
    address = resolve_registry(cloud, context.environ, context.settings.home)
    if cloud and cloud.org:
        check_organization(address, cloud.org, effort)
    return address


def check_organization(address: RegistryAddress, wanted: str, effort: Effort | None = None) -> None:
    """Ask the registry whose token it is; raises ``LoginRequired`` where it is not that of ``wanted``."""
    from atlas.wiring import Effort, organization_of

    if organization_of(address, effort or Effort.FULL) != wanted:
        raise login_to(wanted)


def login_to(organization: str) -> LoginRequired:
    """The error of a token that is not of the organization that atlas.hcl names, in the words that clients know."""
    from atlas.errors import LoginRequired

    return LoginRequired(
        f"'atlas login' is required for organization {organization} as specified in atlas.hcl"
    )
