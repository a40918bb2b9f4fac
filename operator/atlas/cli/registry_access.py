"""Which registry a command speaks to, and as whom: atlas.hcl, then the environment, then ``atlas login``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.cli.context import Context
    from atlas.project import Project
    from atlas.wire.contract import RegistryAddress


def registry_address(context: Context, project: Project | None) -> RegistryAddress:
    """The address and its token.

    Raises:
        LoginRequired: Nothing names a registry; the message says how to start ours or name another.
    """
    from atlas.client.address import resolve_address
    from atlas.wiring import stored_login

    return resolve_address(
        project.cloud if project else None, context.environ, stored_login(context.settings)
    )
