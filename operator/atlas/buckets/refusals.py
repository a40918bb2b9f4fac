"""What an answer of an object store means, for all stores: one table from HTTP status to the tree of errors.

A message names the bucket and the store's own code, never its text: that may repeat a key or a signature.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from atlas.errors import Conflict, Forbidden, NotFound, Rejected, Unauthorized, Unavailable

if TYPE_CHECKING:
    from atlas.buckets.address import Address
    from atlas.errors import RegistryError

CONNECT_TIMEOUT_S = 5
READ_TIMEOUT_S = 30
ATTEMPTS = 2
"""With the timeout above a host that swallows packets is known to be dead after ten seconds."""

_AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.TOO_EARLY}


def refusal(status: int, code: str, where: Address, key: str) -> RegistryError:
    """The error for an answer that is no success; ``key`` is '' where the bucket itself was asked."""
    if status < HTTPStatus.BAD_REQUEST:
        return babble(where)
    if status in _AGAIN or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unavailable(f"{where}: the store is out of order ({code}, HTTP {status})")
    return _no(status, code, where, key)


def _no(status: int, code: str, where: Address, key: str) -> RegistryError:
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return unknown_credentials(where, code)
        case HTTPStatus.FORBIDDEN:
            return _forbidden(where, code, key)
        case HTTPStatus.NOT_FOUND:
            return absent(key) if key else no_bucket(where)
        case HTTPStatus.CONFLICT | HTTPStatus.PRECONDITION_FAILED:
            return changed(key)
    return Rejected(f"{where}: the store refused the request ({code}, HTTP {status})")


def _forbidden(where: Address, code: str, key: str) -> Forbidden:
    what = f'the object "{key}"' if key else "its list of objects"
    return Forbidden(
        f"{where}: the credentials may not touch {what} ({code}): "
        "docs/reference/buckets.md has the least policy that is enough"
    )


def unknown_credentials(where: Address, code: str) -> Unauthorized:
    """Nobody has these credentials, or no longer."""
    return Unauthorized(f"{where}: the store does not know these credentials ({code}): renew or correct them")


def absent(key: str) -> NotFound:
    """There is no such object, in a bucket that is there."""
    return NotFound(f'object "{key}" not found')


def no_bucket(where: Address) -> NotFound:
    """There is no such bucket."""
    return NotFound(f'{where}: bucket "{where.bucket}" not found: make it, or correct the address')


def exists(key: str) -> Conflict:
    """The answer to a put of a new object that is not new."""
    return Conflict(f'"{key}" exists already')


def changed(key: str) -> Conflict:
    """The answer to a put of an object that is not the one it was."""
    return Conflict(f'"{key}" was changed by somebody else')


def unreachable(where: Address, error: BaseException) -> Unavailable:
    """No answer came, or none that is whole."""
    return Unavailable(f"{where}: the store cannot be reached ({type(error).__name__})")


def babble(where: Address) -> Unavailable:
    """What came is no answer of such a store: the page of a proxy, or one that asks for a login."""
    return Unavailable(f"{where}: the answer is none of such a store: look for a proxy on the way")
