"""``atlas registry serve``: answer clients and browsers until SIGTERM or ^C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import add_data_flags, data_of, registry_door

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas registry serve --data ./registry", "on this machine, at 127.0.0.1:8080")
    parser.example(
        "atlas registry serve --data /var/lib/atlas --listen 0.0.0.0:8080 --public-url https://atlas.example",
        "for others",
    )
    parser.flag("--listen", text="host:port to listen on (default 127.0.0.1:8080)", default="127.0.0.1:8080")
    add_data_flags(parser)
    parser.flag("--public-url", text="what printed links start with (default: the address it listens on)")
    parser.flag("--tls-cert", text="serve HTTPS with this certificate chain")
    parser.flag("--tls-key", text="and this key")
    parser.switch("--public-pages", text="show pages without a token; the API always needs one")


def run(arguments: Namespace, context: Context) -> int:
    """Serve; the one line printed is the address."""
    import sys

    parser_flags = {
        "listen": arguments.listen,
        "public_url": arguments.public_url,
        "tls_cert": arguments.tls_cert,
        "tls_key": arguments.tls_key,
        "public_pages": "yes" if arguments.public_pages else "",
    }

    def announce(address: str) -> None:
        context.out(f"Atlas Registry listens on {address}")
        sys.stdout.flush()

    registry_door().serve(data_of(arguments), parser_flags, announce)
    return 0
