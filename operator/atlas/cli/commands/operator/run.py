"""``atlas operator run``, also ``atlas-operator run``: the operator in a cluster, or over a folder of manifests.

The operator is a door beside this one, and doors do not import each other: it is loaded by name when the command
runs, as ``cli.main`` loads the commands themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from atlas.cli.commands.doors import opened_door
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser

_DOOR = "atlas.handlers.door"
_FLAGS = {
    "kubeconfig": (
        "",
        "kubeconfig of the cluster (default $KUBECONFIG); without one the service account of the pod is used",
    ),
    "namespace": ("", "namespaces to serve, separated by commas; all of them when empty"),
    "label-selector": ("", "serve only resources with these labels, in the syntax of kubectl -l"),
    "metrics-bind-address": (":8080", "address of /metrics; 0 serves none"),
    "health-probe-bind-address": (":8081", "address of /healthz and /readyz; 0 serves none"),
    "leader-election-id": ("5220c287.atlasgo.io", "name of the Lease"),
    "leader-election-namespace": ("", "namespace of the Lease; the operator's own when empty"),
    "concurrency": (
        "64",
        "how many resources are worked on at once",
    ),
    "connections-per-server": (
        "8",
        "how many of them at once on one database server, each with one connection; a dev server has as many again",
    ),
    "grace-period": ("25", "seconds that runs under way may take to stop after SIGTERM"),
    "cloud-url": (
        "",
        "address of the registry (default $ATLAS_CLOUD_URL); its token comes from $ATLAS_TOKEN",
    ),
    "namespace-token-secret": (
        "",
        "Secret that, where a namespace has it, holds the token for that address in the place of $ATLAS_TOKEN",
    ),
    "namespace-token-key": ("token", "key of the token in that Secret"),
    "runbook-url": (
        "docs/runbook/",
        "where messages send people: a folder of pages named REASON.md, or a URL with {reason}; nowhere when empty",
    ),
    "log-level": ("", "debug, info, warning or error (default info, with --standalone error)"),
    "standalone": ("", "reconcile the manifests of this folder; no cluster is needed"),
    "status-dir": ("", "with --standalone: where statuses are written; beside the manifests when empty"),
}
_DEV_DRIVERS = ("postgres", "mysql", "mariadb")
_ALLOW_CONFIG = "ALLOW_CUSTOM_CONFIG"
_LEVELS = ("", "debug", "info", "warning", "error")


class OperatorDoor(Protocol):
    """What ``atlas.handlers.door`` offers."""

    def run_in_cluster(
        self,
        flags: Mapping[str, str],
        *,
        lists: Mapping[str, Sequence[str]],
        leader_elect: bool,
        registry_token: str,
        dev_urls: Mapping[str, str],
        allow_custom_config: bool,
    ) -> int: ...

    def run_on_folder(
        self,
        flags: Mapping[str, str],
        *,
        lists: Mapping[str, Sequence[str]],
        once: bool,
        registry_token: str,
        dev_urls: Mapping[str, str],
        allow_custom_config: bool,
    ) -> int: ...


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas operator run", "in a cluster")
    parser.example(
        "atlas operator run --standalone ./manifests --once",
        "without one: bring all of a folder to rest, and end",
    )
    for name, (default, text) in _FLAGS.items():
        parser.flag(f"--{name}", text=f"{text} (default {default})" if default else text, default=default)
    parser.switch("--leader-elect", text="work only while holding the Lease")
    parser.switch(
        "--once", text="with --standalone: one pass, then exit 0 if all resources are ready, else 1"
    )
    parser.repeated(
        "--dev-url",
        text="dev database for AtlasSchemas that name none, as driver=url (default $ATLAS_DEV_URL_POSTGRES, "
        "$ATLAS_DEV_URL_MARIADB, $ATLAS_DEV_URL_MYSQL); may be given several times",
    )
    parser.switch(
        "--namespace-token-required",
        text="lend the operator's own token to no resource: one whose namespace has no token is refused",
    )
    parser.repeated(
        "--namespace-project",
        text="as namespace=project: under which project backups are read with the operator's own credentials for resources "
        "that are not lent its token; without it they are not; may be given several times",
    )
    parser.repeated(
        "--allow-path",
        text="folder below which SQLite files and files of project files may lie; a relative one begins where the operator is started; "
        "may be given several times",
    )
    parser.repeated(
        "--backup",
        text="backup of the operator's registry for resources that name none, read with the operator's own credentials while "
        "the registry cannot be reached (default $ATLAS_BACKUPS, separated by commas); may be given several times",
    )
    parser.repeated(
        "--allow-backup",
        text="backup, or folder above backups, that a resource may name without credentials of its own (default "
        "$ATLAS_ALLOW_BACKUPS, separated by commas); may be given several times",
    )
    parser.switch(
        "--allow-custom-config",
        text="resources may bring project files: spec.config and spec.configFrom (default $ALLOW_CUSTOM_CONFIG); they "
        "are evaluated in the operator, so allow it only where whoever may write resources is trusted with that",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Run the operator.

    Raises:
        UsageError: A flag has a value that makes no sense.
        Unsupported: The libraries of the operator are not installed.
    """
    flags = {name.replace("-", "_"): str(getattr(arguments, name.replace("-", "_"))) for name in _FLAGS}
    _check(flags, once=arguments.once, required=arguments.namespace_token_required)
    flags["cloud_url"] = flags["cloud_url"] or context.settings.cloud_url
    token = context.settings.token
    dev_urls = _dev_urls(arguments.dev_url, context.environ)
    allow_custom_config = arguments.allow_custom_config or _is_on(context.environ.get(_ALLOW_CONFIG, ""))
    lists = {
        "allow_path": arguments.allow_path,
        "backup": arguments.backup or _listed(context.environ.get("ATLAS_BACKUPS", "")),
        "allow_backup": arguments.allow_backup or _listed(context.environ.get("ATLAS_ALLOW_BACKUPS", "")),
        "namespace_project": arguments.namespace_project,
    }
    _check_pairs(lists["namespace_project"])
    flags["namespace_token_required"] = "true" if arguments.namespace_token_required else ""
    if flags["standalone"]:
        return _door().run_on_folder(
            flags,
            lists=lists,
            once=arguments.once,
            registry_token=token,
            dev_urls=dev_urls,
            allow_custom_config=allow_custom_config,
        )
    flags["log_level"] = flags["log_level"] or "info"
    flags["kubeconfig"] = flags["kubeconfig"] or context.environ.get("KUBECONFIG", "")
    flags["prewarm_devdb"] = context.environ.get("PREWARM_DEVDB", "true").lower()
    return _door().run_in_cluster(
        flags,
        lists=lists,
        leader_elect=arguments.leader_elect,
        registry_token=token,
        dev_urls=dev_urls,
        allow_custom_config=allow_custom_config,
    )


def _dev_urls(words: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """Dev databases by driver; a flag wins over its variable, which a Secret can fill."""
    found = {
        driver: text
        for driver in _DEV_DRIVERS
        if (text := environ.get(f"ATLAS_DEV_URL_{driver.upper()}", ""))
    }
    for word in words:
        driver, sign, text = word.partition("=")
        if not sign or driver not in _DEV_DRIVERS:
            raise UsageError(f"--dev-url must be driver=url, with a driver of {', '.join(_DEV_DRIVERS)}")
        found[driver] = text
    return found


def _check_pairs(words: Sequence[str]) -> None:
    for word in words:
        namespace, _, project = word.partition("=")
        if not (namespace and project):
            raise UsageError(f'--namespace-project is "{word}": expected namespace=project')


def _listed(text: str) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _is_on(word: str) -> bool:
    """The words that Go's ``strconv.ParseBool`` takes for true; any other is off, as a wrong one must not open a door."""
    return word.lower() in ("1", "t", "true")


def _check(flags: Mapping[str, str], *, once: bool, required: bool) -> None:
    if not flags["concurrency"].isdigit() or not int(flags["concurrency"]):
        raise UsageError("--concurrency must be a whole number above 0")
    if not flags["connections_per_server"].isdigit() or not int(flags["connections_per_server"]):
        raise UsageError("--connections-per-server must be a whole number above 0")
    if not flags["grace_period"].isdigit():
        raise UsageError("--grace-period must be a whole number of seconds")
    if flags["log_level"] not in _LEVELS:
        raise UsageError("--log-level must be debug, info, warning or error")
    if not flags["namespace_token_key"]:
        raise UsageError("--namespace-token-key must name a key")
    if not flags["namespace_token_secret"] and required:
        raise UsageError("--namespace-token-required needs --namespace-token-secret")
    if once and not flags["standalone"]:
        raise UsageError("--once needs --standalone")


def _door() -> OperatorDoor:
    return cast("OperatorDoor", opened_door(_DOOR, "the operator", "operator"))
