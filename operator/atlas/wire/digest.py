"""The identity of content: one digest for a version, made of the names, sizes and hashes of its files."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, NamedTuple, NewType

from atlas.errors import DirectoryError
from atlas.wire.bounded_json import loads

if TYPE_CHECKING:
    from collections.abc import Iterable


Digest = NewType("Digest", str)
"""``sha256:`` and 64 lower-case hexadecimal digits."""

_PREFIX = "sha256:"
_FORM = re.compile(r"sha256:[0-9a-f]{64}")


class FileRecord(NamedTuple):
    """One line of a manifest; ``sha256`` is the bare hexadecimal hash of the file's bytes."""

    name: str
    size: int
    sha256: str


def file_records(entries: Iterable[tuple[str, bytes]]) -> tuple[FileRecord, ...]:
    """The manifest lines of ``entries``, in their order."""
    return tuple(FileRecord(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in entries)


def manifest_bytes(records: Iterable[FileRecord]) -> bytes:
    """The canonical JSON of a version: its SHA-256 is the digest, so ``sha256sum`` alone can verify it."""
    items = [record._asdict() for record in records]
    return json.dumps(items, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse_manifest(data: bytes) -> tuple[FileRecord, ...]:
    """The inverse of ``manifest_bytes``; raises ``DirectoryError`` for anything else."""
    try:
        return tuple(
            FileRecord(str(item["name"]), int(item["size"]), str(item["sha256"])) for item in loads(data)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DirectoryError(f"a manifest cannot be read: {error}") from error


def digest_of_manifest(manifest: bytes) -> Digest:
    """The digest of a version whose ``manifest_bytes`` are given."""
    return Digest(_PREFIX + hashlib.sha256(manifest).hexdigest())


def digest_of(entries: Iterable[tuple[str, bytes]]) -> Digest:
    """The digest of a directory's files in the order given."""
    return digest_of_manifest(manifest_bytes(file_records(entries)))


def is_digest(text: str) -> bool:
    """Whether ``text`` has the form of a ``Digest``."""
    return _FORM.fullmatch(text) is not None


def hex_of(digest: Digest) -> str:
    """The digest without its algorithm, as it stands in object keys."""
    return digest.removeprefix(_PREFIX)
