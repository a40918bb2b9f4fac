"""A bucket of Azure Blob Storage: a container of an account. Etags are those of Azure, with their quotes.

NB: the library repeats a put whose answer got lost; as with S3, a ``Conflict`` may tell of one's own earlier put.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from atlas.buckets.address import address_of
from atlas.buckets.azure_client import KEYS, container_of
from atlas.buckets.library import library, made_of
from atlas.buckets.refusals import (
    absent,
    babble,
    changed,
    exists,
    no_bucket,
    refusal,
    unknown_credentials,
    unreachable,
)
from atlas.errors import Conflict, NotFound, SpecError, Unauthorized, Unavailable
from atlas.wire.bucket import OBJECT_LIMIT_BYTES, Stored, checked_key, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.buckets.address import Address
    from atlas.errors import AtlasError

_PAGE = 1000
_UNKNOWN = {"AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation"}
"""Codes for credentials that nobody has; Azure says 403 or 401 with them."""
_OUT_OF_ORDER = {"ContainerBeingDeleted", "LeaseIdMissing"}
"""409 and 412 that are no condition of ours: the container comes back, the lease of another tool ends."""


def open_azure(url: str, credentials: Mapping[str, str] | None) -> AzureBucket:
    """The container of ``azblob://container/folder?storage_account=…``; nothing is asked of it yet."""
    address = address_of(url, KEYS)
    with made_of(address):
        return AzureBucket(address, container_of(address, credentials))


class AzureBucket:
    """``azblob://container/folder``."""

    def __init__(self, address: Address, container: Any) -> None:
        self._address = address
        self._container = container

    def put_if_absent(self, key: str, data: bytes) -> str:
        try:
            return self._put(key, data, overwrite=False)
        except Conflict as error:
            raise exists(key) from error

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        checked_key(key)
        if not (etag.startswith('"') and etag.endswith('"')):  # Azure calls others malformed
            raise changed(key)
        unmodified = library("azure.core", "azure").MatchConditions.IfNotModified
        try:
            return self._put(key, data, overwrite=True, etag=etag, match_condition=unmodified)
        except NotFound as error:
            if error.args == absent(key).args:
                raise changed(key) from error
            raise

    def get(self, key: str) -> Stored:
        blob = self._blob(key)
        with _translated(self._address, key), _let_go_when_unread() as seen:
            # Further parts are asked for with the etag of the first.
            stream = blob.download_blob(raw_response_hook=seen.append)
            if stream.size > OBJECT_LIMIT_BYTES:
                raise too_large(key)
            return Stored(stream.readall(), self._etag(stream.properties.etag))

    def head(self, key: str) -> str:
        blob = self._blob(key)
        with _translated(self._address, key):
            return self._etag(blob.get_blob_properties().etag)

    def list(self, prefix: str) -> Iterator[str]:
        whole = self._address.prefix + prefix
        with _translated(self._address, ""):
            keys = list(
                self._container.list_blob_names(name_starts_with=whole or None, results_per_page=_PAGE)
            )
        start = len(self._address.prefix)
        return iter(sorted(key[start:] for key in keys if not key.endswith("/")))

    def delete(self, key: str) -> None:
        blob = self._blob(key)
        try:
            with _translated(self._address, key):
                blob.delete_blob(delete_snapshots="include")
        except NotFound as error:
            if error.args != absent(key).args:
                raise

    def _put(self, key: str, data: bytes, **condition: Any) -> str:
        blob = self._blob(key)
        with _translated(self._address, key):
            return self._etag(blob.upload_blob(data, **condition).get("etag"))

    def _etag(self, found: str | None) -> str:
        if not found:
            raise babble(self._address)
        return found

    def _blob(self, key: str) -> Any:
        if "\\" in key:  # Azure reads it as another /
            raise SpecError(f"{key!r} is no object key in Azure: a name may not have a backslash")
        return self._container.get_blob_client(self._address.object_key(key))


@contextmanager
def _let_go_when_unread() -> Iterator[list[Any]]:
    """Close the answers that the library could not read, and would leave open."""
    seen: list[Any] = []
    try:
        yield seen
    except Exception:
        for answer in seen:
            answer.http_response.internal_response.close()
        raise


@contextmanager
def _translated(where: Address, key: str) -> Iterator[None]:
    core = library("azure.core.exceptions", "azure")
    try:
        yield
    except core.ClientAuthenticationError as error:
        raise _of_authority(where, key, error) from error
    except core.HttpResponseError as error:
        raise _of_answer(where, key, error) from error
    except (core.AzureError, OSError) as error:
        raise unreachable(where, error) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:  # XML of another shape, or none
        raise babble(where) from error


def _of_authority(where: Address, key: str, error: Any) -> AtlasError:
    """Errors of azure-identity, which carry no answer of the store, and answers 401 and 403 of the store itself."""
    if getattr(error, "error_code", None):
        return _of_answer(where, key, error)
    if type(error).__name__ == "CredentialUnavailableError" or error.response is None:
        return Unauthorized(
            f"{where}: no credentials were found: set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, run az login, "
            "or give the machine an identity"
        )
    return unknown_credentials(where, type(error).__name__)


def _of_answer(where: Address, key: str, error: Any) -> AtlasError:
    found = getattr(error, "error_code", None)
    code = str(getattr(found, "value", found) or type(error).__name__)
    if code in {"ContainerNotFound", "ContainerDisabled"}:
        return no_bucket(where)
    if code in _UNKNOWN:
        return unknown_credentials(where, code)
    if code in _OUT_OF_ORDER:
        return Unavailable(f"{where}: the store is out of order ({code})")
    if not error.status_code:
        return unreachable(where, error)
    if code in {"InvalidUri", "InvalidResourceName"}:
        return SpecError(f'{where}: "{where.bucket}" cannot be the name of a container')
    return refusal(int(error.status_code), code, where, key)
