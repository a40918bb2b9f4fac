"""Which registry a command speaks to, and as whom: atlas.hcl, then the environment, then ``atlas login``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import LoginRequired

if TYPE_CHECKING:
    from atlas.cli.context import Context
    from atlas.project import Project
    from atlas.wire.contract import RegistryAddress

HOW_TO = (
    "start a registry with 'atlas registry serve --data DIR', make a token with 'atlas registry token create "
    "--data DIR', then 'atlas login --url URL --token TOKEN' (or set ATLAS_CLOUD_URL and ATLAS_TOKEN, or "
    "atlas { cloud { url, token } } in atlas.hcl)"
)


def registry_address(context: Context, project: Project | None) -> RegistryAddress:
    """The address and its token.

    Raises:
        LoginRequired: Nothing names a registry or says who we are; the message says how to start ours.
    """
    from atlas.wiring import resolve_registry

    try:
        return resolve_registry(project.cloud if project else None, context.environ, context.settings.home)
    except LoginRequired as error:
        raise LoginRequired(f"{error}: {HOW_TO}") from error
