"""``atlas login``: check a token and remember it for the address it was checked at."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.errors import SpecError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.client.auth import LoginStore

_COMPLAINT = "the token for "
"""How the message begins that a token holds what no token has, see ``client.transport``."""


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example('atlas login --url http://localhost:8080 --token "$ATLAS_TOKEN"', "to a registry")
    parser.flag("--token", text="a token of 'atlas registry token create' (default: $ATLAS_TOKEN)")
    parser.flag("--url", text="address of the registry (default: of atlas.hcl, else $ATLAS_CLOUD_URL)")
    parser.switch(
        "--grant-only", text="check the token and keep none: accepted for clients, nothing needs a grant"
    )
    parser.add_argument("organization", nargs="?", default="", help="fail unless the token belongs to it")


def run(arguments: Namespace, context: Context) -> int:
    """Log in; with ``--env`` or ``--config`` to the registry and organization of atlas.hcl."""
    from atlas.cli.project.file import filled
    from atlas.client.address import login_url
    from atlas.client.auth import LoginStore

    arguments, project = filled(arguments, context)
    cloud = project.cloud if project else None
    store = LoginStore(context.settings.home)
    token = arguments.token or context.settings.token
    if arguments.grant_only and not (token and _address_is_known(arguments, context, store)):
        store.make_folder()  # clients look for it
        return 0
    if not token:
        raise UsageError('required flag(s) "token" not set')
    url = login_url(arguments.url or (cloud.url if cloud else ""), context.environ, store.read())
    with _naming_the_flag(arguments):
        organization = _checked(url, token, arguments.organization, cloud.org if cloud else "")
    if arguments.grant_only:
        store.make_folder()
        return 0
    store.store(url, token)
    # The words are those that clients match, wherever the registry is; people are told on the side.
    context.out(f'You are now connected to "{organization}" on Atlas Cloud.')
    context.aside(f"Registry: {url}")
    return 0


def _address_is_known(arguments: Namespace, context: Context, store: LoginStore) -> bool:
    from atlas.client.address import URL_VARIABLE

    return bool(arguments.url or context.environ.get(URL_VARIABLE) or store.read().current)


@contextmanager
def _naming_the_flag(arguments: Namespace) -> Iterator[None]:
    """A token that nobody could send is looked for where it came from: without this, in the environment."""
    try:
        yield
    except SpecError as error:
        if arguments.token and str(error).startswith(_COMPLAINT):
            raise SpecError(f"check --token: {error}") from error
        raise


def _checked(url: str, token: str, asked_for: str, of_project: str) -> str:
    """The organization of a token that the registry knows; raises where another one is wanted."""
    from atlas.cli.registry.access import login_to
    from atlas.client.auth import checked_login
    from atlas.client.transport import Transport
    from atlas.wire.contract import RegistryAddress

    with Transport(RegistryAddress(url, token)) as transport:
        organization = checked_login(transport).org
    if asked_for not in {"", organization}:
        raise SpecError(f'the token belongs to "{organization}", not to "{asked_for}"')
    if of_project not in {"", organization}:
        raise login_to(of_project)
    return organization
