"""The model of a database as data: what the catalogs of a server say, and the differences between two of them.

Nothing here opens, prints or decides anything. ``realm`` holds the whole, ``table`` and ``objects`` what is in it,
``identity`` the keys that tell objects apart, ``walk`` every object of a realm under its key, ``changes`` the
closed family of differences, ``encode`` a stable hash.
"""

from __future__ import annotations

from atlas.schema.changes import Add, Change, Drop, Modify, Rename
from atlas.schema.encode import fingerprint
from atlas.schema.identity import Key, Kind
from atlas.schema.realm import Realm, Schema, Unmodelled
from atlas.schema.walk import flatten, key_of

__all__ = [
    "Add",
    "Change",
    "Drop",
    "Key",
    "Kind",
    "Modify",
    "Realm",
    "Rename",
    "Schema",
    "Unmodelled",
    "fingerprint",
    "flatten",
    "key_of",
]
