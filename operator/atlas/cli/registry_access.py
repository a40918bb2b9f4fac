"""Which registry a command speaks to, and as whom: atlas.hcl, then the environment, then ``atlas login``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.cli.context import Context
    from atlas.project import Project
    from atlas.wire.contract import RegistryAddress

HOW_TO_LOG_IN = (
    "Start a registry with 'atlas registry serve --data DIR', make a token with\n'atlas registry token create "
    "--data DIR', then run 'atlas login --url URL --token TOKEN'\n(or set ATLAS_CLOUD_URL and ATLAS_TOKEN, or "
    "atlas { cloud { url, token } } in atlas.hcl)."
)
"""What ``LoginRequired`` means for a person. NB: it goes to stdout, clients compare the whole of stderr."""


def registry_address(context: Context, project: Project | None) -> RegistryAddress:
    """The address and its token.

    Raises:
        LoginRequired: Nothing names a registry or says who we are.
    """
    from atlas.wiring import resolve_registry

    return resolve_registry(project.cloud if project else None, context.environ, context.settings.home)
