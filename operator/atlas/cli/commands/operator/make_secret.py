"""``atlas operator make-secret``: what the chart's hook runs, so that nobody types or sees the token of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from atlas.cli.commands.doors import opened_door

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser

_DOOR = "atlas.handlers.cluster.generated_secret"


class SecretDoor(Protocol):
    """What ``atlas.handlers.cluster.generated_secret`` offers."""

    def make_secret(
        self, flags: Mapping[str, str], name: str, keys: Sequence[str]
    ) -> tuple[str, Sequence[str]]: ...


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas operator make-secret atlas-operator-generated token",
        "a Secret with a token that the registry can be told to admit",
    )
    parser.add_argument("name", help="name of the Secret")
    parser.add_argument("key", nargs="+", help="keys that it must have; one that is there keeps its value")
    parser.flag("--namespace", text="namespace of the Secret; the operator's own when empty")
    parser.flag(
        "--kubeconfig",
        text="kubeconfig of the cluster (default $KUBECONFIG); without one the service account of the pod is used",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Make it, and say which keys are new; never a value."""
    flags = {
        "namespace": arguments.namespace,
        "kubeconfig": arguments.kubeconfig or context.environ.get("KUBECONFIG", ""),
    }
    secret, new = _door().make_secret(flags, arguments.name, arguments.key)
    news = f"has new values for {', '.join(new)}" if new else "has all keys, and nothing was changed"
    context.out(f"Secret {secret} {news}.")
    return 0


def _door() -> SecretDoor:
    return cast("SecretDoor", opened_door(_DOOR, "the operator", "operator"))
