"""Which registry a resource means, and which token may be sent there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address
from atlas.wire.contract import DEFAULT_PROJECT, RegistryAddress

if TYPE_CHECKING:
    from atlas.reconcile.spec import CloudSpec
    from atlas.reconcile.target import ReadSecret

NAME_A_REGISTRY = (
    "start the operator with --cloud-url (ATLAS_CLOUD_URL; chart: cloud.url or registry.enabled), or name one in "
    "spec.cloud.url and spec.cloud.tokenFrom"
)
"""What to do where a resource needs a registry, and neither it nor the operator has one."""


def registry_address(spec: CloudSpec, own: RegistryAddress, read_secret: ReadSecret) -> RegistryAddress:
    """The registry of ``spec.cloud``, the operator's own where it names none; ``url`` is '' where there is none.

    The operator's own token goes to the operator's own address and nowhere else.

    Raises:
        SpecError: The address is not one, is refused, or comes without a token of its own.
    """
    token = spec.token or (read_secret(spec.token_from).strip() if spec.token_from else "")
    url = spec.url or own.url
    if spec.url and not is_same_address(spec.url, own.url):
        _check_url(spec.url)
        if not token:
            raise SpecError(
                "spec.cloud.url needs spec.cloud.tokenFrom: the operator's own token is sent to its own registry only"
            )
    else:
        token = token or own.token or ""
    return RegistryAddress(url, token or None, spec.project or DEFAULT_PROJECT)


def is_same_address(one: str, other: str) -> bool:
    """Whether two URLs name the same registry; a host's case and a final slash do not matter."""
    return bool(one and other) and _normal(one) == _normal(other)


def _normal(url: str) -> tuple[str, str, int | None, str]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return url, "", None, ""
    return parts.scheme, parts.hostname or "", port, parts.path.rstrip("/")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise SpecError("spec.cloud.url is not an address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SpecError("spec.cloud.url must be an http:// or https:// address with a host")
    if parts.username or parts.password:
        raise SpecError(
            "spec.cloud.url must not hold a user or password: the token belongs into spec.cloud.tokenFrom"
        )
    check_address(parts.hostname)
