"""``status.observed_hash``: one digest of everything a pass was made from, and of no secret's value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.database_url import DatabaseURL
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


def said_by_project(spec: object, target: DatabaseURL) -> str:
    """A spec that a project file completed, as text: what data sources said is in no spec that is written down.

    Fields that may hold a secret are those that a dataclass keeps out of its ``repr``; a URL hides its password.
    """
    return json.dumps([_plain(spec), str(target)], sort_keys=True, default=str)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value) if each.repr}
    match value:
        case Enum():
            return value.value
        case frozenset():
            return sorted(map(str, value))
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
    return value
