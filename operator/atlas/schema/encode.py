"""A hash of a realm that is the same whenever the realm is the same, in every process and version of Python."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema.realm import Realm


def fingerprint(realm: Realm) -> str:
    """``sha256:…`` over schemas and objects; dependencies, and what is not modelled, are left out."""
    digest = hashlib.sha256(f"{realm.dialect}\n".encode())
    for item in (*realm.schemas, *realm.objects):
        digest.update("".join(_encoded(item)).encode(errors="surrogatepass"))
        digest.update(b"\n")
    return f"sha256:{digest.hexdigest()}"


def _encoded(value: object) -> Iterator[str]:
    """Fields that hold their default are left out, so that a new field changes no hash of what lacks it.

    So are counters, which move whenever a row is written.
    """
    if is_dataclass(value):
        yield f"{type(value).__name__}("
        for field in fields(value):
            item = getattr(value, field.name)
            if item != field.default and not field.metadata.get("is_counter"):
                yield f"{field.name}="
                yield from _encoded(item)
                yield ","
        yield ")"
    elif isinstance(value, tuple):
        yield "["
        for item in value:
            yield from _encoded(item)
            yield ","
        yield "]"
    else:
        yield repr(value)
