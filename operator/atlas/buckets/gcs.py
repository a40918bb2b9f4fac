"""A bucket of Google Cloud Storage. An etag is the generation of an object: a number that grows with each put.

NB: the library repeats a put whose answer got lost; as with S3, a ``Conflict`` may tell of one's own earlier put.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from atlas.buckets.address import address_of
from atlas.buckets.gcs_client import KEYS, NOT_SERVED, check_keys, client_of
from atlas.buckets.library import Late, library
from atlas.buckets.refusals import (
    CONNECT_TIMEOUT_S,
    READ_TIMEOUT_S,
    absent,
    babble,
    changed,
    exists,
    no_bucket,
    refusal,
    unreachable,
)
from atlas.errors import Conflict, NotFound, SpecError, Unauthorized
from atlas.wire.bucket import OBJECT_LIMIT_BYTES, Stored, checked_key, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.buckets.address import Address
    from atlas.errors import AtlasError

_RETRY_WITHIN_S = 2
"""After this no other attempt begins: an answer of 503 is asked for again, a connect that took five seconds is not."""
_PAGE = 1000
_CONTENT_TYPE = "application/octet-stream"
_NO_BUCKET = "bucket does not exist"


def open_gcs(url: str, credentials: Mapping[str, str] | None) -> GoogleBucket:
    """The bucket of ``gs://bucket/folder``; nothing is asked of it yet."""
    address = address_of(url, KEYS, NOT_SERVED)
    library("google.cloud.storage", "gcs")
    check_keys(address, credentials)
    client = Late(address, lambda: client_of(address, credentials))
    with _translated(address, ""):
        if credentials is not None or address.text("cred_path"):
            client()
        return GoogleBucket(address, client)


class GoogleBucket:
    """``gs://bucket/folder``."""

    def __init__(self, address: Address, client: Late) -> None:
        retry = library("google.cloud.storage.retry", "gcs").DEFAULT_RETRY
        self._address = address
        self._client = client
        self._limits: dict[str, Any] = {
            "timeout": (CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
            "retry": retry.with_delay(initial=1.0, maximum=2.0, multiplier=2.0).with_timeout(_RETRY_WITHIN_S),
        }

    def put_if_absent(self, key: str, data: bytes) -> str:
        try:
            return self._put(key, data, generation=0)
        except Conflict as error:
            raise exists(key) from error

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        checked_key(key)
        if not etag.isdecimal() or int(etag) == 0:
            raise changed(key)
        try:
            return self._put(key, data, generation=int(etag))
        except NotFound as error:
            if error.args == absent(key).args:
                raise changed(key) from error
            raise

    def get(self, key: str) -> Stored:
        with _translated(self._address, key):
            blob = self._blob(key)
            data = _Bounded(key)
            blob.download_to_file(data, **self._limits)
            return Stored(data.getvalue(), self._etag(blob))

    def head(self, key: str) -> str:
        with _translated(self._address, key):
            blob = self._blob(key)
            blob.reload(**self._limits)
            return self._etag(blob)

    def list(self, prefix: str) -> Iterator[str]:
        whole = self._address.prefix + prefix
        with _translated(self._address, ""):
            found = self._client().list_blobs(
                self._address.bucket,
                prefix=whole,
                page_size=_PAGE,
                fields="items(name),nextPageToken",
                **self._limits,
            )
            keys = [blob.name for blob in found]
        start = len(self._address.prefix)
        return iter(sorted(key[start:] for key in keys if not key.endswith("/")))

    def delete(self, key: str) -> None:
        try:
            with _translated(self._address, key):
                self._blob(key).delete(**self._limits)
        except NotFound as error:
            if error.args != absent(key).args:
                raise

    def _put(self, key: str, data: bytes, *, generation: int) -> str:
        with _translated(self._address, key):
            blob = self._blob(key)
            blob.upload_from_string(
                data, content_type=_CONTENT_TYPE, if_generation_match=generation, **self._limits
            )
            return self._etag(blob)

    def _etag(self, blob: Any) -> str:
        if not blob.generation:
            raise babble(self._address)
        return str(blob.generation)

    def _blob(self, key: str) -> Any:
        return self._client().bucket(self._address.bucket).blob(self._address.object_key(key))


class _Bounded(BytesIO):
    """What the library downloads into; it takes no more than an object of the layout may have."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > OBJECT_LIMIT_BYTES:
            raise too_large(self._key)
        return super().write(data)


@contextmanager
def _translated(where: Address, key: str) -> Iterator[None]:
    api = library("google.api_core.exceptions", "gcs")
    auth = library("google.auth.exceptions", "gcs")
    storage = library("google.cloud.storage.exceptions", "gcs")
    requests = library("requests", "gcs")
    try:
        yield
    except storage.InvalidResponse as error:
        error.response.close()
        raise refusal(int(error.response.status_code), "InvalidResponse", where, key) from error
    except api.GoogleAPICallError as error:
        raise _of_answer(where, key, error) from error
    except api.RetryError as error:
        raise _of_retry(where, key, error) from error
    except auth.GoogleAuthError as error:
        raise _of_authority(where, error) from error
    except (requests.RequestException, storage.DataCorruption, OSError) as error:
        raise unreachable(where, error) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:  # JSON of another shape, or none
        raise babble(where) from error


def _of_answer(where: Address, key: str, error: Any) -> AtlasError:
    code = type(error).__name__
    if error.response is not None:
        error.response.close()  # the library leaves the body of a refused download unread
    if _NO_BUCKET in str(error.message):
        return no_bucket(where)
    return refusal(int(error.code or 0), code, where, key)


def _of_retry(where: Address, key: str, error: Any) -> AtlasError:
    cause = error.cause
    if isinstance(cause, library("google.api_core.exceptions", "gcs").GoogleAPICallError):
        return _of_answer(where, key, cause)
    return unreachable(where, cause or error)


def _of_authority(where: Address, error: Any) -> AtlasError:
    """Errors of google-auth: there is nobody to be, or it could not be asked who we are."""
    name = type(error).__name__
    match name:
        case "TransportError":
            return unreachable(where, error)
        case "RefreshError" if error.retryable:
            return unreachable(where, error)
        case "DefaultCredentialsError":
            return Unauthorized(
                f"{where}: no credentials were found: set GOOGLE_APPLICATION_CREDENTIALS, run "
                "gcloud auth application-default login, or give the machine a service account"
            )
        case "InvalidOperation":
            return Unauthorized(f"{where}: the store wants to know who asks, and nobody is named")
        case "RefreshError":
            return Unauthorized(f"{where}: Google does not accept these credentials: renew or correct them")
        case _:
            return SpecError(f"{where}: the credentials cannot be used ({name})")
