"""Who asks, from the Authorization header: ``Bearer <token>``, or Basic with the token as the password.

Basic is for browsers, which ask for it by themselves.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING

from atlas.errors import Unauthorized
from atlas.server.store.tokens import authenticate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.registry import Principal, Registry


def principal_of(registry: Registry, headers: Mapping[str, str]) -> Principal:
    """The holder of the token in the request; raises ``Unauthorized``."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return authenticate(registry, credentials.strip())
    if scheme.lower() == "basic":
        return authenticate(registry, _password(credentials))
    raise Unauthorized("Unauthorized")


def _password(credentials: str) -> str:
    try:
        return b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        raise Unauthorized("Unauthorized") from None
