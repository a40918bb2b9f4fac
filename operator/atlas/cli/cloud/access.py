"""Opening the registry that a command was configured with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project_file import filled

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.client.transport import Transport


def opened_registry(arguments: Namespace, context: Context) -> Transport:
    """A connection to the registry, to be used as a context.

    Raises:
        LoginRequired: Nobody is logged in. NB: clients compare the whole of stderr, so nothing is added to it.
    """
    from atlas.client.transport import Transport
    from atlas.wiring import resolve_registry

    _, project = filled(arguments, context)
    cloud = project.cloud if project else None
    return Transport(resolve_registry(cloud, context.environ, context.settings.home))
