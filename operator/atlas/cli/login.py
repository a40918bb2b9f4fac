"""``atlas login``: check a token and remember it for the address it was checked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example('atlas login --url http://localhost:8080 --token "$ATLAS_TOKEN"', "to a registry")
    parser.flag("--token", text="a token of 'atlas registry token create' (default: $ATLAS_TOKEN)")
    parser.flag("--url", text="address of the registry (default: $ATLAS_CLOUD_URL)")
    parser.switch(
        "--grant-only", text="accepted for clients that pass it: nothing needs a grant, no token is kept"
    )
    parser.add_argument("organization", nargs="?", default="", help="fail unless the token belongs to it")


def run(arguments: Namespace, context: Context) -> int:
    """Log in."""
    from atlas.client.address import login_url
    from atlas.client.auth import LoginStore, checked_login
    from atlas.client.transport import Transport
    from atlas.wire.contract import RegistryAddress

    store = LoginStore(context.settings.home)
    if arguments.grant_only:
        store.make_folder()  # clients look for it
        return 0
    token = arguments.token or context.settings.token
    if not token:
        raise UsageError('required flag(s) "token" not set')
    url = login_url(arguments.url, context.environ, store.read())
    with Transport(RegistryAddress(url, token)) as transport:
        identity = checked_login(transport)
    if arguments.organization not in {"", identity.org}:
        raise SpecError(f'the token belongs to "{identity.org}", not to "{arguments.organization}"')
    store.store(url, token)
    context.out(f'You are now connected to "{identity.org}" on Atlas Cloud.')
    return 0
