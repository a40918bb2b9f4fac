"""A hash of a realm that is the same whenever the realm is the same, in every process and version of Python."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.schema.realm import Realm

_PLAIN = frozenset({str, bool, int, type(None)})


def fingerprint(realm: Realm) -> str:
    """``sha256:…`` over schemas and objects; dependencies, and what is not modelled, are left out."""
    digest = hashlib.sha256(f"{realm.dialect}\n".encode())
    written: dict[type, tuple[tuple[str, object], ...]] = {}
    for item in (*realm.schemas, *realm.objects):
        digest.update(_encoded(item, written).encode(errors="surrogatepass"))
        digest.update(b"\n")
    return f"sha256:{digest.hexdigest()}"


def _encoded(value: object, written: dict[type, tuple[tuple[str, object], ...]]) -> str:
    """Fields that hold their default are left out, so that a new field changes no hash of what lacks it.

    ``written`` are the names and defaults of fields by class, as far as they were looked at.
    """
    if isinstance(value, tuple):
        return f"[{''.join([f'{_encoded(item, written)},' for item in value])}]"
    kind = type(value)
    if kind in _PLAIN or not is_dataclass(value):
        return repr(value)
    if kind not in written:
        written[kind] = _written(kind)
    texts = [
        f"{name}={_encoded(item, written)},"
        for name, default in written[kind]
        if (item := getattr(value, name)) != default
    ]
    return f"{kind.__name__}({''.join(texts)})"


def _written(kind: type) -> tuple[tuple[str, object], ...]:
    """All fields but counters, which move whenever a row is written."""
    return tuple(
        (field.name, field.default) for field in fields(kind) if not field.metadata.get("is_counter")
    )
