"""Opening the registry that a command was configured with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.registry.access import registry_address

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.client.transport import Transport


def opened_registry(arguments: Namespace, context: Context) -> Transport:
    """A connection to the registry, to be used as a context.

    Raises:
        LoginRequired: Nothing names a registry or says who we are.
    """
    from atlas.client.transport import Transport

    _, project = filled(arguments, context)
    return Transport(registry_address(context, project))
