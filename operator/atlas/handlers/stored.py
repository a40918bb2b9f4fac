"""A Secret or ConfigMap as the API writes it, turned into bytes by key."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from atlas.errors import SpecError
from atlas.reconcile.ports import CONFIG_MAP, SECRET, Stored

if TYPE_CHECKING:
    from collections.abc import Mapping


def stored_of(kind: str, body: Mapping[str, Any]) -> Stored:
    """Text and base64 alike become bytes; ``stringData`` counts where no API server has merged it yet.

    Raises:
        SpecError: A value is not base64; the message never holds it.
    """
    metadata = body.get("metadata") or {}
    data = {name: text.encode() for name, text in (body.get("stringData") or {}).items()}
    encoded = body.get("data") if kind == SECRET else body.get("binaryData")
    data |= {name: _decoded(kind, metadata, name, text) for name, text in (encoded or {}).items()}
    if kind == CONFIG_MAP:
        data |= {name: text.encode() for name, text in (body.get("data") or {}).items()}
    return Stored(
        kind=kind,
        name=str(metadata.get("name", "")),
        uid=str(metadata.get("uid", "")),
        version=str(metadata.get("resourceVersion", "")),
        data=data,
    )


def _decoded(kind: str, metadata: Mapping[str, Any], key: str, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError):
        name = f"{metadata.get('namespace', '')}/{metadata.get('name', '')}"
        raise SpecError(f'{kind.lower()} {name}: the value of key "{key}" is not base64') from None
