"""Data sources as far as a manifest may use them. A type that nobody thought about here is refused.

No programs, no files outside the allowed folders, no link-local or metadata addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from atlas.engine.database_url import parse_database_url
from atlas.errors import PolicyRefused, SpecError
from atlas.reconcile.addresses import check_address
from atlas.reconcile.target import check_target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.project.data import ReadSource, SourceCall
    from atlas.reconcile.config_ports import ConfigFiles
    from atlas.reconcile.ports import TargetRules

    Check: TypeAlias = Callable[[SourceCall, "Bounds"], None]

_SECRET: Final = frozenset({"runtimevar", "aws_rds_token", "azure_db_token", "gcp_cloudsql_token"})
LONGEST_TIMEOUT_S: Final = 30.0
_WEB: Final = ("http", "https")
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_UNITS_S: Final = {"ms": 0.001, "s": 1.0}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a manifest may reach, and where secrets are remembered that were found on the way."""

    rules: TargetRules
    files: ConfigFiles
    secrets: list[str] = field(repr=False)

    @property
    def is_own_machine(self) -> bool:
        """Whoever writes the manifests has this machine anyway."""
        return self.rules.folders is None


def confined(sources: Mapping[str, ReadSource], bounds: Bounds) -> dict[str, ReadSource]:
    """The same readers behind the checks of a manifest."""
    found: dict[str, ReadSource] = dict.fromkeys(_PROGRAMS, _refuse_program)
    for name, check in _CHECKS.items():
        if name in sources:
            found[name] = _checked(sources[name], check, bounds)
    for name in _SECRET & found.keys():
        found[name] = _remembered(found[name], bounds.secrets)
    return found


def _checked(read: ReadSource, check: Check, bounds: Bounds) -> ReadSource:
    def checked(call: SourceCall) -> object:
        check(call, bounds)
        return read(call)

    return checked


def _remembered(read: ReadSource, secrets: list[str]) -> ReadSource:
    def remembered(call: SourceCall) -> object:
        value = read(call)
        if isinstance(value, str):
            secrets.append(value)
        return value

    return remembered


def _refuse_program(call: SourceCall) -> object:
    raise PolicyRefused(
        f"data.{call.type}.{call.name} runs a program, and an operator runs none, whatever it was started with: pass the "
        "value by spec.vars, or use a data source that reads it"
    )


def _nothing(_call: SourceCall, _bounds: Bounds) -> None:
    """Reads registries and clouds at addresses that the operator chose, or reads nothing."""


def _sql(call: SourceCall, bounds: Bounds) -> None:
    url = parse_database_url(call.block.text("url"))
    bounds.secrets.extend(url.secrets)
    check_target(url, bounds.rules)


def _runtimevar(call: SourceCall, bounds: Bounds) -> None:
    url = _parts(call)
    if url.scheme == "file":
        bounds.files.check(unquote(url.netloc.rpartition("@")[2]) + unquote(url.path))
    if url.scheme in _WEB:
        _refuse_web(call, url.hostname or "", bounds)
    _cloud(call, bounds)
    _check_timeout(call.block.text("timeout"))


def _parts(call: SourceCall) -> SplitResult:
    """NB: cut as the readers cut it, by ``urlsplit``, which drops line breaks and the case of a scheme.

    A check that saw another path or scheme than the reader would be none.
    """
    try:
        return urlsplit(call.block.text("url"))
    except ValueError:
        raise SpecError('"url" does not parse: expected scheme://name') from None


def _refuse_web(call: SourceCall, host: str, bounds: Bounds) -> None:
    """An answer of a web server can be sent elsewhere, in the URL of a database.

    A name may lead to the metadata service of the cloud, also by a redirect, and nothing on our side could tell.
    """
    check_address(host)
    if not bounds.is_own_machine:
        raise PolicyRefused(
            f"data.{call.type}.{call.name} asks a web server, which no resource of a cluster may have the operator do: "
            "pass the value by spec.vars, from a Secret or ConfigMap"
        )


def _cloud(call: SourceCall, bounds: Bounds) -> None:
    """What is signed with the operator's identity goes to the cloud itself."""
    for name, value in parse_qsl(_parts(call).query):
        if name == "timeout":
            _check_timeout(value)
        if name == "endpoint" and not bounds.is_own_machine:
            raise PolicyRefused(
                f"data.{call.type}.{call.name} has an endpoint of its own, and what it asks is signed with the identity "
                "of the operator: leave endpoint out of the URL"
            )


def _check_timeout(text: str) -> None:
    """A store that does not answer holds a thread for so long; a text that is no duration is told by who reads it."""
    found = _DURATION.fullmatch(text)
    if text and (not found or float(found[1]) * _UNITS_S[found[2]] > LONGEST_TIMEOUT_S):
        raise SpecError(f'the timeout is at most {LONGEST_TIMEOUT_S:g}s in an operator, as "10s"')


def _paths(call: SourceCall, bounds: Bounds) -> None:
    for path in (*call.block.texts("path"), *call.block.texts("paths")):
        if path:
            bounds.files.check(path.removeprefix("file://"))


_PROGRAMS: Final = ("external", "external_schema")
_CHECKS: Final[Mapping[str, Check]] = {
    "aws_rds_token": _nothing,
    "azure_db_token": _nothing,
    "cloud_databases": _nothing,
    "composite_schema": _nothing,  # its URLs are checked where they are read
    "blob_dir": _cloud,
    "gcp_cloudsql_token": _nothing,
    "hcl_schema": _paths,
    "remote_dir": _nothing,
    "remote_schema": _nothing,
    "runtimevar": _runtimevar,
    "sql": _sql,
    "template_dir": _paths,
}
