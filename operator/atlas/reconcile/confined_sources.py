"""Data sources as far as a manifest may use them. A type that nobody thought about here is refused.

No programs, no files outside the allowed folders, no link-local or metadata addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote, urlsplit

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

_SECRET: Final = frozenset({"runtimevar", "aws_rds_token", "gcp_cloudsql_token"})
_VARIABLE_STORES: Final = frozenset(
    {"constant", "file", "http", "https", "awsparamstore", "awssecretsmanager", "gcpsecretmanager"}
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a manifest may reach, and where secrets are remembered that were found on the way."""

    rules: TargetRules
    files: ConfigFiles
    secrets: list[str] = field(repr=False)


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
    parts = urlsplit(call.block.text("url"))
    if parts.scheme not in _VARIABLE_STORES:
        raise SpecError(
            f'data.{call.type}.{call.name}: "{parts.scheme}://" is not read by an operator: expected one of '
            f"{', '.join(sorted(_VARIABLE_STORES))}"
        )
    if parts.scheme == "file":
        bounds.files.check(unquote(f"{parts.netloc}{parts.path}"))
    if parts.scheme in ("http", "https"):
        check_address(parts.hostname or "")


def _paths(call: SourceCall, bounds: Bounds) -> None:
    for path in (call.block.text("path"), *call.block.texts("paths")):
        if path:
            bounds.files.check(path.removeprefix("file://"))


_PROGRAMS: Final = ("external", "external_schema")
_CHECKS: Final[Mapping[str, Check]] = {
    "aws_rds_token": _nothing,
    "composite_schema": _nothing,  # its URLs are checked where they are read
    "gcp_cloudsql_token": _nothing,
    "hcl_schema": _paths,
    "remote_dir": _nothing,
    "remote_schema": _nothing,
    "runtimevar": _runtimevar,
    "sql": _sql,
    "template_dir": _paths,
}
