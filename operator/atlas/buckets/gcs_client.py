"""Clients of google-cloud-storage as the keys of a ``gs://`` address ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from atlas.buckets import credentials as given
from atlas.buckets.library import authorities, library
from atlas.errors import SpecError, Unsupported

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.buckets.address import Address

KEYS = ("access_id", "anonymous", "cred_path", "grpc", "universe_domain", "zonal")
"""The keys of gocloud.dev/blob/gcsblob v0.47, and ``cred_path``, which older versions had."""
NOT_SERVED = {"private_key_path": "it is for signed URLs, of which none are made here"}
_SCOPE = "https://www.googleapis.com/auth/devstorage.read_write"
_PROJECT = "none"  # only needed to make buckets; without one the library asks the machine's metadata


def check_keys(address: Address, credentials: Mapping[str, str] | None) -> None:
    """Refuse what is not served, before a client is made.

    Raises:
        SpecError: A key names credentials of the machine, and others are given.
        Unsupported: The address wants gRPC, or signed URLs.
    """
    if address.is_on("grpc", "zonal"):
        raise Unsupported(f"{address}: the keys grpc and zonal are not served: objects are read over HTTPS")
    if address.text("access_id") not in {"", "-"}:
        raise Unsupported(
            f'{address}: the key "access_id" is for signed URLs, of which none are made here; '
            "- alone means nobody"
        )
    address.is_on("anonymous")
    given.no_machine_key(address, credentials, "cred_path")


def client_of(address: Address, credentials: Mapping[str, str] | None) -> Any:
    """A client for ``address``; without given credentials Google's Application Default Credentials are looked for.

    Raises:
        SpecError: The given credentials are none.
        Unsupported: They are of a kind that is not served.
    """
    storage = library("google.cloud.storage", "gcs")
    options: dict[str, Any] = {}
    if universe := address.text("universe_domain"):
        options["universe_domain"] = universe
    client = storage.Client(
        project=_PROJECT,
        credentials=_identity(address, credentials),
        client_options=options or None,
    )
    requests = client._http  # noqa: SLF001 - there is no other way to its sessions
    for session in (requests, requests._auth_request.session):  # noqa: SLF001 - tokens are fetched by one of its own
        session.verify = authorities() or True
        session.max_redirects = 0  # an answer may not lead to an address that the address itself may not name
    requests.hooks["response"].append(_let_go)
    return client


def _let_go(response: Any, **_: object) -> None:
    """Read the body of a refusal, which frees its connection: the library leaves that of a download unread, and asks again."""
    if response.status_code >= 400:  # noqa: PLR2004 - refusals begin here
        _ = response.content


def _identity(address: Address, credentials: Mapping[str, str] | None) -> Any:
    """Credentials of google-auth; None where the library looks for its default, or an emulator needs none."""
    if address.is_on("anonymous") or address.text("access_id") == "-":
        return library("google.auth.credentials", "gcs").AnonymousCredentials()
    if credentials is not None:
        return _given_account(address, credentials)
    if path := address.text("cred_path"):
        account = library("google.oauth2.service_account", "gcs").Credentials
        try:
            return account.from_service_account_file(path, scopes=[_SCOPE])
        except (OSError, ValueError):
            raise SpecError(
                f'{address}: the key "cred_path" is a file with the JSON key of a service account'
            ) from None
    return None


def _given_account(address: Address, credentials: Mapping[str, str]) -> Any:
    """The service account whose JSON key is given.

    It signs its own tokens (https://google.aip.dev/auth/4111), so the ``token_uri`` of the key, which could be any
    address, is never asked. For the same reason other kinds of credentials are refused: they name addresses, files and
    programs.
    """
    given.checked_names(address, credentials)
    name = next((one for one in given.GOOGLE if credentials.get(one)), "")
    if not name:
        raise SpecError(
            f"{address}: the credentials lack {given.GOOGLE[0]}, the JSON key of a service account"
        )
    try:
        content = json.loads(credentials[name])
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise SpecError(f"{address}: {name} is not the JSON key of a service account")
    if content.get("type") != "service_account":
        raise Unsupported(
            f"{address}: {name} is no key of a service account: credentials that are given may be nothing else"
        )
    account = library("google.oauth2.service_account", "gcs").Credentials
    try:
        found = account.from_service_account_info(content, scopes=[_SCOPE])
    except (ValueError, KeyError, TypeError):
        raise SpecError(f"{address}: {name} is not a whole key of a service account") from None
    return found.with_always_use_jwt_access(always_use_jwt_access=True)
