"""Credentials that are given by name, as a Secret holds them: for one bucket, instead of all that a machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.buckets.address import Address

AWS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
)
GOOGLE = ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS_JSON", "GOOGLE_CREDENTIALS")
AZURE = (
    "AZURE_STORAGE_ACCOUNT",
    "AZURE_STORAGE_KEY",
    "AZURE_STORAGE_SAS_TOKEN",
    "AZURE_STORAGE_CONNECTION_STRING",
    "AZURE_STORAGEBLOB_CONNECTIONSTRING",
    "AZURE_TENANT_ID",
    "AZURE_CLIENT_ID",
    "AZURE_CLIENT_SECRET",
)
_NAMES = frozenset([*AWS, *GOOGLE, *AZURE])


def checked_names(where: Address, credentials: Mapping[str, str]) -> None:
    """Refuse a name that no store knows: a typo would otherwise be an anonymous access. Other stores' names may be there.

    Raises:
        SpecError: The message has the name and never the value.
    """
    for name in credentials:
        if name not in _NAMES:
            raise SpecError(f'{where}: unknown credential "{name}": known are {", ".join(sorted(_NAMES))}')


def required(where: Address, credentials: Mapping[str, str], *names: str) -> list[str]:
    """The values of all ``names``; raises ``SpecError`` with those that are missing or empty."""
    if missing := [name for name in names if not credentials.get(name)]:
        raise SpecError(f"{where}: the credentials lack {' and '.join(missing)}")
    return [credentials[name] for name in names]


def no_machine_key(where: Address, credentials: Mapping[str, str] | None, *keys: str) -> None:
    """Refuse keys that name credentials of the machine where credentials are given."""
    for key in keys:
        if credentials is not None and where.text(key):
            raise SpecError(
                f'{where}: the key "{key}" names credentials of this machine; here they are given'
            )


def check_endpoint(credentials: Mapping[str, str] | None, url: str) -> None:
    """Refuse link-local and metadata addresses where credentials are given: the address came with them, in a manifest."""
    if credentials is not None:
        check_address(urlsplit(url).hostname or "")
