"""Clients of azure-storage-blob as the keys of an ``azblob://`` address ask for, and the variables that the CDK reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atlas.buckets import credentials as given
from atlas.buckets.library import authorities, library
from atlas.buckets.refusals import ATTEMPTS, CONNECT_TIMEOUT_S, READ_TIMEOUT_S
from atlas.errors import SpecError, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.buckets.address import Address

KEYS = ("cdn", "domain", "localemu", "protocol", "storage_account")
"""The keys of gocloud.dev/blob/azureblob v0.47."""
_DOMAIN = "blob.core.windows.net"
_LOCAL = ("127.0.0.1", "localhost")
_CONNECTION_STRINGS = ("AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGEBLOB_CONNECTIONSTRING")
_PROGRAMS = (
    "exclude_developer_cli_credential",
    "exclude_powershell_credential",
    "exclude_visual_studio_code_credential",
    "exclude_shared_token_cache_credential",
)


@dataclass(frozen=True, slots=True)
class Service:
    """The account and the way to it, by keys of the address first, then by variables."""

    account: str
    domain: str
    protocol: str
    is_local: bool
    is_cdn: bool

    @property
    def url(self) -> str:
        """As the CDK makes it: an emulator has the account in the path, a CDN not at all."""
        if self.is_local or self.domain.startswith(_LOCAL):
            return f"{self.protocol}://{self.domain}/{self.account}"
        if self.is_cdn:
            return f"{self.protocol}://{self.domain}"
        return f"{self.protocol}://{self.account}.{self.domain}"


def container_of(address: Address, credentials: Mapping[str, str] | None) -> Any:
    """A client of the container.

    The first of these that is there says who we are, as in the CDK: account and key, a shared access signature, a
    connection string, an identity of Microsoft Entra.
    """
    if credentials is not None:
        given.checked_names(address, credentials)
    named = os.environ if credentials is None else credentials
    blob = library("azure.storage.blob", "azure")
    account, key = named.get("AZURE_STORAGE_ACCOUNT", ""), named.get("AZURE_STORAGE_KEY", "")
    signature = named.get("AZURE_STORAGE_SAS_TOKEN", "")
    connection = next((named[name] for name in _CONNECTION_STRINGS if named.get(name)), "")
    if connection and not signature and not (account and key):
        container = _by_connection_string(blob, address, connection)
        given.check_endpoint(credentials, container.url)
        return container
    service = _service(address, named)
    given.check_endpoint(credentials, service.url)
    credential: Any
    if key and (account or address.text("storage_account")):
        credential = {"account_name": account or service.account, "account_key": key}
    elif signature:
        if credentials is None:
            _keep_at_its_address(address, service, _service(None, named))
        credential = library("azure.core.credentials", "azure").AzureSasCredential(
            signature.removeprefix("?")
        )
    else:
        credential = _identity(address, service, credentials)
    return blob.ContainerClient(service.url, address.bucket, credential=credential, **_limits(blob))


def _by_connection_string(blob: Any, address: Address, connection: str) -> Any:
    try:
        return blob.ContainerClient.from_connection_string(connection, address.bucket, **_limits(blob))
    except ValueError:
        raise SpecError(f"{address}: {_CONNECTION_STRINGS[0]} is no connection string") from None


def _service(address: Address | None, named: Mapping[str, str]) -> Service:
    """What the address says, and the variables where it says nothing; None stands for an address without keys."""
    keys = address.keys if address else {}
    where = str(address) if address else "azblob://"
    account = keys.get("storage_account") or named.get("AZURE_STORAGE_ACCOUNT", "")
    if not account and address:
        raise SpecError(
            f"{where}: whose container? Give the key storage_account, or set AZURE_STORAGE_ACCOUNT"
        )
    protocol = keys.get("protocol") or named.get("AZURE_STORAGE_PROTOCOL") or "https"
    if protocol not in {"http", "https"}:
        raise SpecError(f'{where}: the key "protocol" is http or https')
    domain = keys.get("domain") or named.get("AZURE_STORAGE_DOMAIN") or _DOMAIN
    if (not account.replace("-", "").isalnum() and account) or set(domain) & set("@/?#"):
        raise SpecError(
            f"{where}: an account is letters and digits, a domain has no path: blob.core.windows.net"
        )
    return Service(
        account=account,
        domain=domain,
        protocol=protocol,
        is_local=_is_on(address, "localemu", named.get("AZURE_STORAGE_IS_LOCAL_EMULATOR", "")),
        is_cdn=_is_on(address, "cdn", named.get("AZURE_STORAGE_IS_CDN", "")),
    )


def _is_on(address: Address | None, key: str, variable: str) -> bool:
    if address and key in address.keys:
        return address.is_on(key)
    return variable.lower() in {"1", "t", "true"}


def _keep_at_its_address(address: Address, asked: Service, own: Service) -> None:
    """A signature is sent as it is, so an address may not lead it to a server that it was not made for."""
    if (asked.protocol, asked.domain) != (own.protocol, own.domain):
        raise SpecError(
            f"{address}: AZURE_STORAGE_SAS_TOKEN is sent to {own.domain} alone: set AZURE_STORAGE_DOMAIN and "
            "AZURE_STORAGE_PROTOCOL instead of the keys domain and protocol"
        )


def _identity(address: Address, service: Service, credentials: Mapping[str, str] | None) -> Any:
    if service.protocol != "https":
        raise SpecError(
            f"{address}: there is no AZURE_STORAGE_KEY and no AZURE_STORAGE_SAS_TOKEN, and tokens of an identity go over "
            "https alone"
        )
    return _identity_of_machine() if credentials is None else _identity_of(address, credentials)


def _identity_of_machine() -> Any:
    """Environment, workload identity, managed identity, ``az login``; nothing that opens a browser or an editor."""
    identity = library("azure.identity", "azure")
    return identity.DefaultAzureCredential(
        **dict.fromkeys(_PROGRAMS, True), process_timeout=CONNECT_TIMEOUT_S
    )


def _identity_of(address: Address, credentials: Mapping[str, str]) -> Any:
    names = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
    if not any(credentials.get(name) for name in names):
        raise SpecError(
            f"{address}: the credentials lack AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, {_CONNECTION_STRINGS[0]} or "
            f"{', '.join(names)}"
        )
    tenant, client, secret = given.required(address, credentials, *names)
    try:
        identity = library("azure.identity", "azure")
        return identity.ClientSecretCredential(
            tenant, client, secret, connection_verify=authorities() or True
        )
    except ValueError:
        raise Unauthorized(f"{address}: AZURE_TENANT_ID is no tenant") from None


def _limits(blob: Any) -> dict[str, Any]:
    return {
        "connection_timeout": CONNECT_TIMEOUT_S,
        "connection_verify": authorities() or True,
        "permit_redirects": False,  # an answer may not lead to an address that the address itself may not name
        "read_timeout": READ_TIMEOUT_S,
        "retry_policy": blob.LinearRetry(backoff=0.5, retry_total=ATTEMPTS - 1, random_jitter_range=0.25),
    }
