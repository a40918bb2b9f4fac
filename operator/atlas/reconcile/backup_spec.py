"""``spec.cloud.backup`` as written, and which of its addresses a resource may name. Nothing is opened here."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

    from atlas.reconcile.fields import Fields
    from atlas.reconcile.ports import BackupRules, TargetRules

_HOST_KEYS: Final = frozenset({"domain", "endpoint", "universe_domain"})
_FREE_KEYS: Final = frozenset({"prefix", "region"})
"""Keys that lead nowhere else: ``prefix`` only further down, and a bucket has one region."""


@dataclass(frozen=True, slots=True)
class BackupSpec:
    """One backup as written; ``secret`` is '' where it brings no credentials.

    Attributes:
        place: Where it is written, for messages.
    """

    url: str = field(repr=False)
    secret: str = ""
    place: str = "spec.cloud.backup"


def read_backups(cloud: Fields) -> tuple[BackupSpec, ...]:
    """``backup`` of ``spec.cloud``.

    Raises:
        SpecError: One has no URL, or credentials without the name of a Secret.
    """
    return tuple(_backup(one) for one in cloud.each("backup"))


def check_backup(spec: BackupSpec, rules: BackupRules, target_rules: TargetRules) -> None:
    """Refuse an address that no resource may name, or not without credentials of its own.

    Raises:
        SpecError: The message says what is allowed.
    """
    parts = _parts(spec)
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name in _HOST_KEYS:
            check_address(_host(spec, value))
    is_own_machine = target_rules.folders is None
    if is_own_machine or spec.secret or _is_allowed(parts, (*rules.default, *rules.allowed)):
        if parts.scheme == "file" and spec.secret:
            raise SpecError(f"{spec.place} is a folder, which takes no credentials: remove credentialsFrom")
        return
    if parts.scheme == "file":
        _check_folder(spec, parts, target_rules)
        return
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    raise SpecError(
        f"{spec.place} ({shown}) would be read with the operator's own credentials, and this operator does not allow that: "
        "give credentialsFrom, or ask for the address to be named by --allow-backup"
    )


def is_chosen(url: str, chosen: Iterable[str]) -> bool:
    """Whether an address is one that the operator was given, or below one: the same bucket with the same keys."""
    return _is_allowed(urlsplit(url), chosen)


def _backup(fields: Fields) -> BackupSpec:
    url = fields.text("url")
    if not url:
        raise SpecError(f"{fields.path}.url is not set: expected the address of a bucket or folder")
    secret = fields.fields("credentialsFrom").fields("secretRef").text("name")
    if fields.given("credentialsFrom") and not secret:
        raise SpecError(f"{fields.path}.credentialsFrom needs secretRef.name")
    return BackupSpec(url, secret, fields.path)


def _parts(spec: BackupSpec) -> SplitResult:
    try:
        parts = urlsplit(spec.url)
    except ValueError:
        parts = urlsplit("")
    if not parts.scheme or ".." in unquote(parts.path).split("/"):
        raise SpecError(f"{spec.place} is no address: expected one like s3://bucket/folder")
    return parts


def _host(spec: BackupSpec, value: str) -> str:
    try:
        return urlsplit(value if "://" in value else f"//{value}").hostname or ""
    except ValueError:
        raise SpecError(f"{spec.place} has an endpoint that is no address") from None


def _is_allowed(parts: SplitResult, allowed: Iterable[str]) -> bool:
    return any(_is_below(parts, urlsplit(one)) for one in allowed)


def _is_below(parts: SplitResult, allowed: SplitResult) -> bool:
    """NB: the keys have to agree, for one of them may send what is signed as the operator to another server."""
    return (
        (parts.scheme, parts.netloc) == (allowed.scheme, allowed.netloc)
        and _folder(parts).startswith(_folder(allowed))
        and _keys(parts) == _keys(allowed)
    )


def _folder(parts: SplitResult) -> str:
    """The path and the key ``prefix`` as one folder that ends with a slash; ``..`` is resolved."""
    prefixes = [value for name, value in parse_qsl(parts.query) if name == "prefix"]
    whole = "/".join([unquote(parts.path), *prefixes])
    return posixpath.normpath(f"/{whole}").lstrip("/") + "/" if whole.strip("/") else ""


def _keys(parts: SplitResult) -> list[tuple[str, str]]:
    found = parse_qsl(parts.query, keep_blank_values=True)
    return sorted((name, value) for name, value in found if name not in _FREE_KEYS)


def _check_folder(spec: BackupSpec, parts: SplitResult, rules: TargetRules) -> None:
    path = posixpath.normpath(unquote(parts.path))
    folders = [posixpath.normpath(folder).rstrip("/") for folder in rules.folders or ()]
    if not any(path == folder or path.startswith(f"{folder}/") for folder in folders):
        allowed = ", ".join(rules.folders or ()) or "none"
        raise SpecError(
            f"{spec.place} (file://{path}) is outside the folders that this operator allows ({allowed}): see --allow-path "
            "and --allow-backup"
        )
