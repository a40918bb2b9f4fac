"""A realm to HCL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.schema_ports import TypeNames
    from atlas.schema import Realm


def print_schema(realm: Realm, types: TypeNames) -> str:
    """The one text of ``realm``, with a final newline; '' for an empty realm."""
    raise NotImplementedError


def schema_hash(realm: Realm, types: TypeNames) -> str:
    """Standard base64 of the SHA-256 of ``print_schema``."""
    import base64
    import hashlib

    return base64.b64encode(hashlib.sha256(print_schema(realm, types).encode()).digest()).decode()
