"""A bucket of S3, or of a store that speaks as S3 does and honours If-Match and If-None-Match on PutObject.

NB: boto3 repeats a put whose answer got lost. When the first one had arrived, the second is refused: a ``Conflict`` may
tell of one's own earlier put. Who puts what it names, or reads again before it tries again, need not know.
"""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from atlas.buckets.address import address_of
from atlas.buckets.library import Late, library
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
from atlas.buckets.s3_client import KEYS, NOT_SERVED, check_keys, client_of, encryption_of
from atlas.errors import NotFound, SpecError, Unauthorized, Unavailable
from atlas.wire.bucket import OBJECT_LIMIT_BYTES, Stored, checked_key, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.buckets.address import Address
    from atlas.errors import AtlasError

_UNKNOWN = {
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidToken",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
}
"""Codes for credentials that nobody has; S3 says 403 or 400 with them."""
_ELSEWHERE = {
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
    "PermanentRedirect",
    "301",
}
_BUSY = {"ConditionalRequestConflict", "OperationAborted"}
"""Another write of the key is under way, whose outcome is not known yet: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html."""
_SERVER_ERROR = 500
_BUSY_PAUSES_S = (0.05, 0.2, 0.8)
_OFFLINE = (
    "HTTPClientError",  # connections, proxies, TLS, timeouts, truncated bodies
    "ConnectionError",
    "SSLError",
    "ConnectTimeoutError",
    "ProxyConnectionError",
    "IncompleteReadError",
    "ChecksumError",
    "FlexibleChecksumError",  # what came is not what was stored
)


def open_s3(url: str, credentials: Mapping[str, str] | None) -> S3Bucket:
    """The bucket of ``s3://bucket/folder?region=…``; nothing is asked of it yet."""
    address = address_of(url, KEYS, NOT_SERVED)
    check_keys(address, credentials)
    client = Late(address, lambda: client_of(address, credentials))
    with _translated(address, ""):
        if credentials is not None:
            client()
        return S3Bucket(address, client, encryption_of(address))


class S3Bucket:
    """``s3://bucket/folder``. Etags are those of S3, with their quotes; a client of boto3 serves any thread."""

    def __init__(self, address: Address, client: Late, encryption: Mapping[str, str]) -> None:
        self._address = address
        self._client = client
        self._encryption = encryption

    def put_if_absent(self, key: str, data: bytes) -> str:
        etag = self._put(key, data, IfNoneMatch="*")
        if etag is None:
            raise exists(key)
        return etag

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        checked_key(key)
        if not etag:
            raise changed(key)
        try:
            put = self._put(key, data, IfMatch=etag)
        except NotFound as error:
            if error.args == absent(key).args:  # S3 says 404 where there is nothing to match
                raise changed(key) from error
            raise
        if put is None:
            raise changed(key)
        return put

    def get(self, key: str) -> Stored:
        with _translated(self._address, key):
            answer = self._client().get_object(**self._of(key))
            with closing(
                answer["Body"]
            ) as body:  # its own `with` would skip the checks of length and checksum
                data = body.read(OBJECT_LIMIT_BYTES)
                if body.read(1):  # NB: it is the read that finds the end which checks length and checksum
                    raise too_large(key)
                return Stored(data, self._etag(answer))

    def head(self, key: str) -> str:
        with _translated(self._address, key):
            return self._etag(self._client().head_object(**self._of(key)))

    def list(self, prefix: str) -> Iterator[str]:
        whole = self._address.prefix + prefix
        with _translated(self._address, ""):
            pages = (
                self._client()
                .get_paginator("list_objects_v2")
                .paginate(Bucket=self._address.bucket, Prefix=whole)
            )
            keys = [key for page in pages for key in self._keys_of(page)]
        start = len(self._address.prefix)
        return iter(sorted(key[start:] for key in keys if not key.endswith("/")))

    def delete(self, key: str) -> None:
        with _translated(self._address, key):
            self._client().delete_object(**self._of(key))

    def _put(self, key: str, data: bytes, **condition: str) -> str | None:
        """The new etag, None if the condition did not hold."""
        named = self._of(key)
        with _translated(self._address, key):
            for pause in (*_BUSY_PAUSES_S, None):
                try:
                    answer = self._client().put_object(**named, Body=data, **condition, **self._encryption)
                except library("botocore.exceptions", "s3").ClientError as error:
                    if _status(error) == 412:  # noqa: PLR2004 - Precondition Failed
                        return None
                    if pause is None or _code(error) not in _BUSY:
                        raise
                    time.sleep(pause)
                else:
                    return self._etag(answer)
        raise Unavailable(f'{self._address}: "{key}" is being written by others all the time')

    def _keys_of(self, page: Mapping[str, Any]) -> Iterator[str]:
        if "IsTruncated" not in page:  # any XML is an empty page to boto3
            raise babble(self._address)
        return (one["Key"] for one in page.get("Contents", ()))

    def _etag(self, answer: Mapping[str, Any]) -> str:
        if not answer.get("ETag"):
            raise babble(self._address)
        return str(answer["ETag"])

    def _of(self, key: str) -> dict[str, str]:
        return {"Bucket": self._address.bucket, "Key": self._address.object_key(key)}


@contextmanager
def _translated(where: Address, key: str) -> Iterator[None]:
    errors = library("botocore.exceptions", "s3")
    try:
        yield
    except errors.ClientError as error:
        raise _of_answer(where, key, error) from error
    except (errors.BotoCoreError, OSError) as error:
        raise _of_library(where, error) from error
    except library("urllib3.exceptions", "s3").HTTPError as error:
        # A refusal of a get that is cut off: botocore reads its text outside of its own wall.
        raise unreachable(where, error) from error


def _of_answer(where: Address, key: str, error: Any) -> AtlasError:
    code = _code(error)
    if code == "NoSuchBucket":
        return no_bucket(where)
    if code in _UNKNOWN:
        return unknown_credentials(where, code)
    if code in _ELSEWHERE:
        return SpecError(f'{where}: the bucket is in another region: correct the key "region"')
    if code in _BUSY:
        return Unavailable(f'{where}: "{key}" is being written by others all the time ({code})')
    if error.operation_name.startswith("AssumeRole") and _status(error) < _SERVER_ERROR:
        return Unauthorized(f"{where}: the role cannot be taken on ({code}): look at its trust policy")
    return refusal(_status(error), code, where, key)


def _of_library(where: Address, error: BaseException) -> AtlasError:
    """Errors that boto3 raises itself: no answer came, or it had nothing to ask with."""
    names = {one.__name__ for one in type(error).__mro__}
    name = type(error).__name__
    if names & set(_OFFLINE) or isinstance(error, OSError):
        return unreachable(where, error)
    if name == "ResponseParserError":
        return babble(where)
    return _of_session(where, name)


def _of_session(where: Address, name: str) -> AtlasError:
    match name:
        case "NoCredentialsError" | "PartialCredentialsError":
            return Unauthorized(
                f"{where}: no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                "or AWS_PROFILE, or give the machine a role"
            )
        case "CredentialRetrievalError" | "TokenRetrievalError" | "MetadataRetrievalError":
            return Unavailable(f"{where}: the credentials of this machine cannot be fetched ({name})")
        case "ProfileNotFound":
            return SpecError(f"{where}: there is no such profile in ~/.aws/config and ~/.aws/credentials")
        case _ if "Token" in name:  # single sign-on
            return Unauthorized(f"{where}: the session has ended ({name}): run aws sso login")
        case _:
            return SpecError(f"{where}: boto3 cannot ask this bucket ({name}): look at its keys")


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _status(error: Any) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
