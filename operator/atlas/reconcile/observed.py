"""``status.observed_hash``: one digest of everything a pass was made from, and of no secret's value."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.reconcile.ports import Stored


def observed_hash(spec: Mapping[str, object], directory_sum: str, references: Iterable[Stored]) -> str:
    """Hexadecimal sha256 of the spec, the directory's sum, and which state of which objects was read.

    An object read twice counts once, and the order of reading does not matter.
    """
    states = sorted({(stored.kind, stored.name, stored.uid, stored.version) for stored in references})
    text = json.dumps(
        [spec, directory_sum, states], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
